package me

import (
	"laurel/components/layout"
	"laurel/components/ui"
)

// PurchasesProps is the page of the member's orders, the newest first.
type PurchasesProps struct {
	layout.MemberProps
	Rows []Purchase
}

// Purchase is one order as its buyer reads it.
type Purchase struct {
	ID           string
	Order        string // ORD…
	Product      string // "3 × Mug"
	Paid         string // "40 coins"
	State        ui.BadgeProps
	Instructions string
	Code         string // of the voucher; empty when there is none
	Ends         string // "31 Dec 2026"
	At           ui.Moment
}

func (p Purchase) hint() string {
	if p.Ends == "" {
		return ""
	}
	return "Ends on " + p.Ends + "."
}
