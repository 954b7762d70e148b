package store

import (
	"testing"
)

const table = `Name,Price,Category Name,Vouchers,Voucher Expire Date,Product Access Enabled,Permission Type,Roles,Special Price,Special Price Enabled,Purchase Limit Enabled,Purchase Limit Quantity,Purchase Limit Interval Count,Purchase Limit Interval Unit
Hoodie,120,Merchandise,,,true,role,"VIP, Gold",80,true,true,1,1,months
,,,,,,everyone,,,,,,,
Coffee,10,,"A,B",31/12/2030,,,,,,,,,
`

func TestTablesBeginProductsAndAddAudiences(t *testing.T) {
	rows, err := readBulk("text/csv", []byte(table))
	if err != nil || len(rows) != 2 {
		t.Fatalf("%d products, %v", len(rows), err)
	}
	p := rows[0].in
	if p.Name != "Hoodie" || *p.Price != 120 || *p.CategoryID != "Merchandise" || !p.Permission.IsEnabled || len(p.Permission.Entries) != 2 {
		t.Fatalf("first product %+v", p)
	}
	e := p.Permission.Entries[0]
	if len(e.Roles) != 2 || e.SpecialPrice.Price != 80 || e.PurchaseLimit.IntervalUnit != "months" || p.Permission.Entries[1].Type != "everyone" {
		t.Errorf("audiences %+v", p.Permission.Entries)
	}
	if c := rows[1].in; len(c.Vouchers) != 2 || c.VoucherExpireDate != "31/12/2030" || rows[1].at != "line 4" {
		t.Errorf("second product %+v at %s", c, rows[1].at)
	}
}

func TestBadTablesSayWhere(t *testing.T) {
	for name, text := range map[string]string{
		"unknown column":  "Name,Colour\nx,red\n",
		"no product yet":  "Name,Roles\n,VIP\n",
		"price below":     "Name,Price,Roles\nx,1,\n,2,VIP\n",
		"no number":       "Name,Price\nx,cheap\n",
		"neither yes/no":  "Name,Archived\nx,maybe\n",
		"nothing at all":  "",
		"unclosed quotes": "Name,Price\n\"x,1\n",
	} {
		if rows, err := readBulk("text/csv", []byte(text)); err == nil {
			t.Errorf("%s: read %v", name, rows)
		}
	}
}

func TestBadBodiesSayWhatTheyLack(t *testing.T) {
	for body, want := range map[string]string{
		`[{"name":"x","price":"7"}]`:    "products.price must be a whole number.",
		`[{"name":"x","price":1.5}]`:    "products.price must be a whole number.",
		`{"name":"x"}`:                  "The body must be a JSON array of products, or a form with a CSV in its part file.",
		`[{"name":7,"price":1}]`:        "products.name must be text.",
		`[{"name":"x","isArchived":2}]`: "products.isArchived must be true or false.",
	} {
		if _, err := readBulk("application/json", []byte(body)); err == nil || err.Error() != want {
			t.Errorf("%s: %v, want %s", body, err, want)
		}
	}
}
