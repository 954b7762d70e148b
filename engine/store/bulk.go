package store

import (
	"bytes"
	"context"
	"encoding/csv"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"mime"
	"mime/multipart"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/db"
)

// maxBulk is how many products one call may make or change.
const maxBulk = 500

// row is one product of a bulk change, and where it stands in the request.
type row struct {
	at string // "products[3]", or "line 5"
	in api.BulkProduct
}

// Bulk makes products, or changes those that rows name, all or none. Errors:
// Invalid with a field for every bad row.
func (s *Service) Bulk(ctx context.Context, communityID string, rows []row, change bool) (api.BulkResult, error) {
	if len(rows) == 0 || len(rows) > maxBulk {
		return api.BulkResult{}, api.InvalidField("products", "must hold 1 to 500 products")
	}
	var ids []string
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		ids = nil
		var bad []api.FieldError
		for _, r := range rows {
			ref := r.in.ID
			if change && ref == "" {
				ref = r.in.Name
			}
			if !change {
				ref = ""
			}
			p, err := s.save(ctx, tx, communityID, ref, r.in.ProductInput)
			var e *api.Error
			switch {
			case err == nil:
				ids = append(ids, p.ID)
			case errors.As(err, &e):
				bad = append(bad, faults(r.at, e)...)
			default:
				return err
			}
		}
		if len(bad) > 0 {
			return api.NewError(api.Invalid, "bulk_invalid", fmt.Sprintf("%d of %d products are not in order; nothing was changed.", len(bad), len(rows)), bad...)
		}
		return nil
	})
	out := api.BulkResult{Products: []api.Product{}}
	if err != nil {
		return out, err
	}
	if out.Created = len(ids); change {
		out.Created, out.Updated = 0, len(ids)
	}
	for _, id := range ids {
		p, err := s.Product(ctx, communityID, id)
		if err != nil {
			return out, err
		}
		out.Products = append(out.Products, p)
	}
	return out, nil
}

// faults says what is wrong with a row.
func faults(at string, e *api.Error) []api.FieldError {
	if len(e.Fields) == 0 {
		return []api.FieldError{{Field: at, Message: e.Message}}
	}
	var out []api.FieldError
	for _, f := range e.Fields {
		out = append(out, api.FieldError{Field: at + "." + f.Field, Message: f.Message})
	}
	return out
}

// readBulk reads a JSON array, or a CSV in the part "file" of a form. Errors:
// Invalid.
func readBulk(contentType string, body []byte) ([]row, error) {
	media, params, _ := mime.ParseMediaType(contentType)
	if media == "multipart/form-data" {
		part, err := filePart(body, params["boundary"])
		if err != nil {
			return nil, err
		}
		return readCSV(part)
	}
	if media == "text/csv" {
		return readCSV(body)
	}
	var list []api.BulkProduct
	dec := json.NewDecoder(bytes.NewReader(body))
	if err := dec.Decode(&list); err != nil {
		return nil, malformed(err)
	}
	out := make([]row, len(list))
	for i, p := range list {
		out[i] = row{fmt.Sprintf("products[%d]", i), p}
	}
	return out, nil
}

// malformed says what keeps a body from being products.
func malformed(err error) error {
	var kind *json.UnmarshalTypeError
	if errors.As(err, &kind) && kind.Field != "" {
		what := map[string]string{"int64": "a whole number", "int": "a whole number", "bool": "true or false", "string": "text"}[kind.Type.String()]
		if what == "" {
			what = "of another form"
		}
		return api.InvalidField("products."+strings.ReplaceAll(kind.Field, "ProductInput.", ""), "must be "+what)
	}
	return api.NewError(api.Invalid, "body_malformed", "The body must be a JSON array of products, or a form with a CSV in its part file.")
}

func filePart(body []byte, boundary string) ([]byte, error) {
	r := multipart.NewReader(bytes.NewReader(body), boundary)
	for {
		part, err := r.NextPart()
		if err != nil {
			return nil, api.InvalidField("file", "is required: a CSV in the part file")
		}
		if part.FormName() == "file" {
			return io.ReadAll(part)
		}
	}
}

// readCSV reads a table whose first line names the columns. A line with a name
// or a product's id begins a product; one without adds an audience to it.
func readCSV(text []byte) ([]row, error) {
	r := csv.NewReader(bytes.NewReader(bytes.TrimPrefix(text, []byte("\xef\xbb\xbf"))))
	r.FieldsPerRecord = -1
	head, err := r.Read()
	if err != nil {
		return nil, api.InvalidField("file", "must be a CSV with a line of column names")
	}
	for _, name := range head {
		if _, known := columns[column(name)]; !known {
			return nil, api.InvalidField("file", fmt.Sprintf("has a column %q, which is none of ours", name))
		}
	}
	var out []row
	for {
		cells, err := r.Read()
		if errors.Is(err, io.EOF) {
			return out, nil
		}
		if err != nil {
			return nil, api.InvalidField("file", "is no CSV: "+err.Error())
		}
		line, _ := r.FieldPos(0)
		if out, err = addLine(out, head, cells, line); err != nil {
			return nil, err
		}
	}
}

func column(name string) string { return strings.ToLower(strings.TrimSpace(name)) }

// addLine takes one line of the table.
func addLine(out []row, head, cells []string, line int) ([]row, error) {
	values := map[string]string{}
	for i, name := range head {
		if i < len(cells) && strings.TrimSpace(cells[i]) != "" {
			values[column(name)] = strings.TrimSpace(cells[i])
		}
	}
	at := fmt.Sprintf("line %d", line)
	switch {
	case len(values) == 0:
		return out, nil
	case values["name"] != "" || values["product id"] != "":
		out = append(out, row{at: at})
	case len(out) == 0:
		return nil, api.InvalidField(at, "must begin with a product's name or id")
	case values["price"]+values["category name"]+values["vouchers"] != "":
		return nil, api.InvalidField(at, "adds an audience: price, category and vouchers stay empty")
	}
	p := &out[len(out)-1].in
	var entry api.PermissionEntry
	for name, value := range values {
		if err := columns[name](p, &entry, value); err != nil {
			return nil, api.InvalidField(at+"."+name, err.Error())
		}
	}
	if named(entry) {
		if p.Permission == nil {
			p.Permission = &api.ProductPermission{IsEnabled: true}
		}
		p.Permission.Entries = append(p.Permission.Entries, entry)
	}
	return out, nil
}

func named(e api.PermissionEntry) bool {
	return e.Type != "" || len(e.Roles)+len(e.Tags)+len(e.Users)+len(e.Combination) > 0
}

// cell puts one cell into a product or into the line's audience.
type cell func(p *api.BulkProduct, e *api.PermissionEntry, value string) error

// columns are the names that a table's first line may hold.
var columns = map[string]cell{
	"product id":                    func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error { p.ID = v; return nil },
	"name":                          func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error { p.Name = v; return nil },
	"description":                   text(func(p *api.BulkProduct) **string { return &p.Description }),
	"image":                         text(func(p *api.BulkProduct) **string { return &p.Image }),
	"price":                         whole(func(p *api.BulkProduct) **int64 { return &p.Price }),
	"type":                          func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error { p.Type = v; return nil },
	"stock":                         whole(func(p *api.BulkProduct) **int64 { return &p.Stocks }),
	"category name":                 text(func(p *api.BulkProduct) **string { return &p.CategoryID }),
	"discount enabled":              yes(func(p *api.BulkProduct) **bool { return &p.IsDiscountEnabled }),
	"discount price":                whole(func(p *api.BulkProduct) **int64 { return &p.DiscountPrice }),
	"discount start date":           text(func(p *api.BulkProduct) **string { return &p.DiscountStart }),
	"discount end date":             text(func(p *api.BulkProduct) **string { return &p.DiscountEnd }),
	"user information enabled":      info(func(u *api.UserInformation) *bool { return &u.IsEnabled }),
	"collect name":                  info(func(u *api.UserInformation) *bool { return &u.CollectName }),
	"collect phone":                 info(func(u *api.UserInformation) *bool { return &u.CollectPhone }),
	"collect address":               info(func(u *api.UserInformation) *bool { return &u.CollectAddress }),
	"prioritize expiring vouchers":  yes(func(p *api.BulkProduct) **bool { return &p.ExpiringFirst }),
	"display remaining quantity":    yes(func(p *api.BulkProduct) **bool { return &p.ShowRemaining }),
	"archived":                      yes(func(p *api.BulkProduct) **bool { return &p.IsArchived }),
	"redemption instructions":       text(func(p *api.BulkProduct) **string { return &p.Instructions }),
	"purchase status override name": text(func(p *api.BulkProduct) **string { return &p.StatusName }),
	"vouchers":                      func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error { p.Vouchers = list(v); return nil },
	"voucher expire date":           func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error { p.VoucherExpireDate = v; return nil },
	"product access enabled":        accessOn,
	"expiring highlight enabled":    highlight(func(h *api.ExpiringHighlight, v string) (err error) { h.IsEnabled, err = truth(v); return err }),
	"expiring highlight duration":   highlight(func(h *api.ExpiringHighlight, v string) (err error) { h.Duration, err = strconv.Atoi(v); return err }),
	"expiring highlight timeframe":  highlight(func(h *api.ExpiringHighlight, v string) error { h.Timeframe = v; return nil }),
	"permission enabled":            entry(func(e *api.PermissionEntry, v string) error { on, err := truth(v); e.IsEnabled = &on; return err }),
	"permission type":               entry(func(e *api.PermissionEntry, v string) error { e.Type = v; return nil }),
	"roles":                         entry(func(e *api.PermissionEntry, v string) error { e.Roles = list(v); return nil }),
	"tags":                          entry(func(e *api.PermissionEntry, v string) error { e.Tags = list(v); return nil }),
	"users":                         entry(func(e *api.PermissionEntry, v string) error { e.Users = list(v); return nil }),
	"combination type":              entry(combinationType),
	"combination values":            entry(combine),
	"special price": special(func(s *api.SpecialPrice, v string) (err error) {
		s.Price, err = strconv.ParseInt(v, 10, 64)
		return err
	}),
	"special price enabled":  special(func(s *api.SpecialPrice, v string) (err error) { s.IsEnabled, err = truth(v); return err }),
	"purchase limit enabled": limit(func(l *api.PurchaseLimit, v string) (err error) { l.IsEnabled, err = truth(v); return err }),
	"purchase limit quantity": limit(func(l *api.PurchaseLimit, v string) (err error) {
		l.Quantity, err = strconv.ParseInt(v, 10, 64)
		return err
	}),
	"purchase limit interval count": limit(func(l *api.PurchaseLimit, v string) (err error) { l.IntervalCount, err = strconv.Atoi(v); return err }),
	"purchase limit interval unit":  limit(func(l *api.PurchaseLimit, v string) error { l.IntervalUnit = v; return nil }),
	"access level":                  entry(func(e *api.PermissionEntry, v string) error { e.AccessLevel = v; return nil }),
	"exclusive tag enabled":         entry(func(e *api.PermissionEntry, v string) (err error) { e.IsExclusive, err = truth(v); return err }),
}

func text(at func(*api.BulkProduct) **string) cell {
	return func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error { *at(p) = &v; return nil }
}

func whole(at func(*api.BulkProduct) **int64) cell {
	return func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error {
		n, err := strconv.ParseInt(v, 10, 64)
		if err != nil {
			return errors.New("must be a whole number")
		}
		*at(p) = &n
		return nil
	}
}

func yes(at func(*api.BulkProduct) **bool) cell {
	return func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error {
		on, err := truth(v)
		*at(p) = &on
		return err
	}
}

func truth(v string) (bool, error) {
	switch strings.ToLower(v) {
	case "true", "yes", "1":
		return true, nil
	case "false", "no", "0":
		return false, nil
	}
	return false, errors.New("must be true or false")
}

func info(at func(*api.UserInformation) *bool) cell {
	return func(p *api.BulkProduct, _ *api.PermissionEntry, v string) (err error) {
		if p.UserInformation == nil {
			p.UserInformation = &api.UserInformation{}
		}
		*at(p.UserInformation), err = truth(v)
		return err
	}
}

func highlight(set func(*api.ExpiringHighlight, string) error) cell {
	return func(p *api.BulkProduct, _ *api.PermissionEntry, v string) error {
		if p.Highlight == nil {
			p.Highlight = &api.ExpiringHighlight{Duration: 7, Timeframe: "days"}
		}
		return set(p.Highlight, v)
	}
}

func accessOn(p *api.BulkProduct, _ *api.PermissionEntry, v string) error {
	on, err := truth(v)
	if p.Permission == nil {
		p.Permission = &api.ProductPermission{}
	}
	p.Permission.IsEnabled = on
	return err
}

func entry(set func(*api.PermissionEntry, string) error) cell {
	return func(_ *api.BulkProduct, e *api.PermissionEntry, v string) error { return set(e, v) }
}

func combinationType(e *api.PermissionEntry, v string) error {
	if len(e.Combination) == 0 {
		e.Combination = []api.CombinationGroup{{}}
	}
	e.Combination[0].Type = v
	return nil
}

// combine gives the values of the combination; its type may stand in a column
// before or behind.
func combine(e *api.PermissionEntry, v string) error {
	if len(e.Combination) == 0 {
		e.Combination = append(e.Combination, api.CombinationGroup{})
	}
	e.Combination[0].Values = list(v)
	return nil
}

func special(set func(*api.SpecialPrice, string) error) cell {
	return entry(func(e *api.PermissionEntry, v string) error {
		if e.SpecialPrice == nil {
			e.SpecialPrice = &api.SpecialPrice{}
		}
		return set(e.SpecialPrice, v)
	})
}

func limit(set func(*api.PurchaseLimit, string) error) cell {
	return entry(func(e *api.PermissionEntry, v string) error {
		if e.PurchaseLimit == nil {
			e.PurchaseLimit = &api.PurchaseLimit{}
		}
		return set(e.PurchaseLimit, v)
	})
}

func list(v string) []string {
	var out []string
	for part := range strings.SplitSeq(v, ",") {
		if part = strings.TrimSpace(part); part != "" {
			out = append(out, part)
		}
	}
	return out
}
