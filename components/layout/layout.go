// Package layout holds the documents that pages are put into: the admin portal,
// the member area, the sign-in pages, the public page, the bare document of a
// widget's frame and the foreign page that embeds one.
package layout

import "laurel/components/ui"

// Theme is what a reader chose; the zero value follows the system.
type Theme string

// The themes.
const (
	System Theme = ""
	Light  Theme = "light"
	Dark   Theme = "dark"
)

// Doc is what every document has.
type Doc struct {
	Title       string // of the page; the community's name is added
	Community   string // the community's name
	Description string // for search engines and link previews, optional
	Lang        string // BCP 47; "en" when empty
	RTL         bool   // the language runs from right to left
	Theme       Theme
	Path        string // this page with its query, to come back to
	Flash       []ui.ToastProps
	Script      string // a built file beside the layout's own, for pages that do more
}

func (d Doc) lang() string {
	if d.Lang == "" {
		return "en"
	}
	return d.Lang
}

func (d Doc) dir() string {
	if d.RTL {
		return "rtl"
	}
	return "ltr"
}

func (d Doc) title() string {
	switch {
	case d.Title == "" && d.Community == "":
		return "Laurel"
	case d.Title == "":
		return d.Community
	case d.Community == "":
		return d.Title + " · Laurel"
	}
	return d.Title + " · " + d.Community
}

// Person is who is signed in.
type Person struct {
	Name  string
	Role  string // "Owner", "Admin", "Member"
	Image string
}

// Place is an entry of the navigation.
type Place string

// The places of the portal and of the member area.
const (
	PlaceHome      Place = "home"
	PlaceMembers   Place = "members"
	PlaceFields    Place = "user-fields"
	PlaceBoards    Place = "leaderboards"
	PlaceRules     Place = "rules"
	PlaceBadges    Place = "badges"
	PlaceWidgets   Place = "widgets"
	PlacePurchases Place = "purchases"
	PlaceKeys      Place = "api-keys"
	PlaceAccess    Place = "access-keys"
	PlaceStreaks   Place = "streaks"
	PlaceStore     Place = "store"
	PlaceWheel     Place = "wheel"
	PlaceReferrals Place = "referrals"
	PlaceJoining   Place = "joining"
	PlaceModerate  Place = "moderation"
	PlaceAudit     Place = "audit"
	PlaceMail      Place = "mail"
	PlaceSettings  Place = "settings"
	PlaceRanks     Place = "ranks"
	PlaceTalk      Place = "channels"
	PlaceMe        Place = "me"

	PlaceRoles    Place = "roles"
	PlaceChannels Place = "channels"
	PlaceRequests Place = "access-requests"
)
