package store

import (
	"regexp"
	"strings"
	"time"
	"unicode/utf8"

	"laurel/api"
)

const (
	maxInstructions = 10_000
	maxVoucher      = 512
)

// change is a checked patch; nil parts stay.
type change struct {
	instructions *string
	voucher      *api.Voucher
}

// checkPatch trims and checks what an order is to tell. Errors: Invalid with
// the field.
func checkPatch(in api.PurchasePatch) (change, error) {
	var c change
	if in.RedemptionInstructions == nil && in.VoucherCode == nil && in.VoucherExpiryDate == nil {
		return c, api.InvalidField("redemptionInstructions", "or voucherCode with voucherExpiryDate is required")
	}
	if in.RedemptionInstructions != nil {
		text, err := trimmed("redemptionInstructions", *in.RedemptionInstructions, maxInstructions)
		if err != nil {
			return c, err
		}
		c.instructions = &text
	}
	if in.VoucherCode == nil && in.VoucherExpiryDate == nil {
		return c, nil
	}
	voucher, err := checkVoucher(in.VoucherCode, in.VoucherExpiryDate)
	c.voucher = &voucher
	return c, err
}

func checkVoucher(code, expiry *string) (api.Voucher, error) {
	switch {
	case code == nil:
		return api.Voucher{}, api.InvalidField("voucherCode", "is required together with voucherExpiryDate")
	case expiry == nil:
		return api.Voucher{}, api.InvalidField("voucherExpiryDate", "is required together with voucherCode")
	}
	text, err := trimmed("voucherCode", *code, maxVoucher)
	if err == nil && !isDay(*expiry) {
		err = api.InvalidField("voucherExpiryDate", "must be a real date as DD/MM/YYYY")
	}
	return api.Voucher{Code: text, ExpiryDate: *expiry}, err
}

func trimmed(field, text string, most int) (string, error) {
	text = strings.TrimSpace(text)
	switch n := utf8.RuneCountInString(text); {
	case n == 0:
		return "", api.InvalidField(field, "must not be empty")
	case n > most:
		return "", api.InvalidField(field, "is too long")
	case strings.ContainsRune(text, 0):
		return "", api.InvalidField(field, "holds characters that cannot be kept")
	}
	return text, nil
}

var dayForm = regexp.MustCompile(`^\d{2}/\d{2}/\d{4}$`)

func isDay(text string) bool {
	_, err := time.Parse("02/01/2006", text)
	return err == nil && dayForm.MatchString(text)
}
