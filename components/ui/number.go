package ui

import (
	"strconv"
	"strings"
)

// Number writes a whole number with a comma between thousands and a true minus
// sign: -12345 is "−12,345".
func Number(n int64) string {
	digits := strconv.FormatInt(n, 10)
	sign := ""
	if n < 0 {
		sign, digits = "−", digits[1:]
	}
	var b strings.Builder
	b.WriteString(sign)
	for i, r := range digits {
		if i > 0 && (len(digits)-i)%3 == 0 {
			b.WriteByte(',')
		}
		b.WriteRune(r)
	}
	return b.String()
}

// Signed is Number with a plus sign before gains; zero has no sign.
func Signed(n int64) string {
	if n > 0 {
		return "+" + Number(n)
	}
	return Number(n)
}

// Count writes a number with its noun: "1 key", "3 keys". The plural is given
// because English has no rule for it.
func Count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return Number(n) + " " + many
}
