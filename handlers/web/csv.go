package web

import (
	"encoding/csv"
	"net/http"
	"strconv"
	"strings"

	"github.com/labstack/echo/v4"
)

// CSV is a table being downloaded.
type CSV struct{ w *csv.Writer }

// Export answers with a table. The first rows should be at hand before it is
// called, since afterwards nothing can become an error page any more: a failure
// of rows cuts the download off, so that nobody takes half a table for a whole.
func (v *Visit) Export(file string, head []string, rows func(out CSV) error) error {
	if err := v.saveSession(); err != nil {
		return err
	}
	h := v.c.Response().Header()
	h.Set(echo.HeaderContentType, "text/csv; charset=utf-8")
	h.Set(echo.HeaderContentDisposition, `attachment; filename="`+fileName(file)+`.csv"`)
	v.c.Response().WriteHeader(http.StatusOK)
	out := CSV{csv.NewWriter(v.c.Response())}
	out.Row(toAny(head)...)
	err := rows(out)
	out.w.Flush()
	if err != nil {
		v.log(err)
		panic(http.ErrAbortHandler)
	}
	return nil
}

// Row writes one row of texts and whole numbers.
func (c CSV) Row(cells ...any) {
	row := make([]string, len(cells))
	for i, cell := range cells {
		switch value := cell.(type) {
		case int64:
			row[i] = strconv.FormatInt(value, 10)
		case int:
			row[i] = strconv.Itoa(value)
		case string:
			row[i] = harmless(value)
		}
	}
	_ = c.w.Write(row) // a reader who has gone is seen at the end
}

// harmless keeps spreadsheets from reading a text as a formula.
func harmless(text string) string {
	if text != "" && strings.ContainsRune("=+-@\t\r\n", rune(text[0])) {
		return "'" + text
	}
	return text
}

// fileName keeps a name to letters that every file system takes.
func fileName(name string) string {
	return strings.Map(func(r rune) rune {
		if r == '-' || r == '_' || (r >= '0' && r <= '9') || (r >= 'a' && r <= 'z') || (r >= 'A' && r <= 'Z') {
			return r
		}
		return '-'
	}, name)
}

func toAny(texts []string) []any {
	out := make([]any, len(texts))
	for i, t := range texts {
		out[i] = t
	}
	return out
}
