package ui

import "regexp"

// ConfirmProps is a dialog that asks before something is done for good.
type ConfirmProps struct {
	ID     string
	Title  string
	Text   string
	Action string // where the form posts
	Submit string // the button's words; "Delete" when empty
	Typed  string // the reader must type this to go on; empty asks nothing
	Hidden []Pair
	Error  string // why the last try was refused
	Open   bool
	Mild   bool // not destructive: the button is primary, not red
}

func (p ConfirmProps) pattern() string { return regexp.QuoteMeta(p.Typed) }

func (p ConfirmProps) submit() ButtonProps {
	b := ButtonProps{Label: p.Submit, Kind: ButtonDanger}
	if b.Label == "" {
		b.Label = "Delete"
	}
	if p.Mild {
		b.Kind = ButtonPrimary
	}
	return b
}
