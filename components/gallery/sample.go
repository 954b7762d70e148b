package gallery

import (
	"strings"

	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/ui"
)

// Texts that break naive pages.
const (
	hostile = `"><script>alert(1)</script><img src=x onerror=alert(2)>`
	arabic  = "ليلى الزهراني"
)

func longest() string { return strings.Repeat("Donaudampfschifffahrtsgesellschaft ", 3) }

func ago(text string) ui.Moment {
	return ui.Moment{Text: text, Exact: "Mon 23 Nov 2026, 14:05:09 WET", ISO: "2026-11-23T14:05:09.000Z"}
}

func doc(title string) layout.Doc {
	return layout.Doc{Title: title, Community: "Northwind Traders", Path: "/here"}
}

func portal(title string, active layout.Place) layout.PortalProps {
	return layout.PortalProps{
		Doc: doc(title), Active: active, Note: "laurel · 2,000 members", Mails: 3,
		Person: layout.Person{Name: "Ana Oliveira", Role: "Owner"},
	}
}

func area(title string, active layout.Place) layout.MemberProps {
	return layout.MemberProps{Doc: doc(title), Active: active, Person: layout.Person{Name: "Priya Bhatt", Role: "Member"}}
}

func auth(title string) layout.AuthProps { return layout.AuthProps{Doc: doc(title)} }

func public(title string) layout.PublicProps {
	return layout.PublicProps{Doc: doc(title), URI: "northwind"}
}

func choices(labels ...string) []form.Option {
	list := make([]form.Option, len(labels))
	for i, l := range labels {
		list[i] = form.Option{Value: strings.ToLower(strings.ReplaceAll(l, " ", "-")), Label: l, Chosen: i == 0}
	}
	return list
}

// names come from many languages, as in the demo.
func names() []string {
	return []string{
		"Sofía Reyes", "Mei Okafor", "Tomasz Jankowski", "Aïcha N’Diaye", "田中 良", "Lars Møller",
		arabic, "Nguyễn Thị Hương", "Олена Коваленко", "Kwame Boateng", "Ingrid Þórsdóttir", "Arjun Iyer",
	}
}

func id(n int) string {
	return "65f0c0ffee65f0c0ffee" + string("0123456789"[n/10%10]) + string("0123456789"[n%10]) + "aa"
}

func score(n int) int64 { return int64(19877 - n*n*61 - n*733) }
