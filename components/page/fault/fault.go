// Package fault holds the pages that say why there is no other page.
package fault

import "laurel/components/layout"

// Props is one refusal. Words depend on Status: 403, 404, 429, 503, else 500.
type Props struct {
	layout.AuthProps
	Status    int
	Message   string // a sentence that is safe to show, optional
	Grants    string // 403: who can grant it, e.g. "an owner of Northwind Traders"
	RequestID string
	Back      string // where the way back leads; "/" when empty
}

func (p Props) title() string {
	switch p.Status {
	case 403:
		return "You may not see this"
	case 404:
		return "There is no such page"
	case 405:
		return "That does not work here"
	case 429:
		return "A little slower, please"
	case 503:
		return "Back in a moment"
	}
	return "Something went wrong on our side"
}

func (p Props) text() string {
	if p.Message != "" {
		return p.Message
	}
	switch p.Status {
	case 403:
		return "Your role does not include it."
	case 404:
		return "It may have been deleted, or the address has a slip in it."
	case 429:
		return "There were too many requests. Wait a few seconds and try again."
	case 503:
		return "The service is starting or busy. Please try again shortly."
	}
	return "It is noted. Trying again may help; nothing you saved is lost."
}

func (p Props) back() string {
	if p.Back == "" {
		return "/"
	}
	return p.Back
}
