package e2e_test

import (
	"bytes"
	"image"
	"image/color"
	"image/png"
	"testing"

	"github.com/playwright-community/playwright-go"

	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testBadges makes a badge as the team does, has the member apply with a
// picture, approves it, and finds it beside the member's name.
func testBadges(t *testing.T, s site) {
	const title = "Night watch"
	team := s.as(t, s.Admin, link.BadgeNew, browser.Options{})
	team.Label("Name").Fill(title)
	team.Label("Proof is needed").SetChecked(true)
	choose(t, team.Find("#lightImage"), "badge.png")
	team.WantEval(`!document.getElementById("preview-light").hidden`)
	team.Find("#badge").Role("button", "Save").Click()
	team.Find("h1").WantContains(title)
	team.WantEval(`document.getElementById("preview-light").naturalWidth === 64`)

	member := s.as(t, s.Member, link.MeBadges, browser.Options{Width: browser.Phone})
	line := member.Find(".badge-list li").With(title)
	line.Role("button", "Apply").Click()
	dialog := member.Find("dialog[open]")
	dialog.Find("[name=note]").Fill("I kept watch.")
	dialog.Find("[name=proof]").WantAttribute("required", "")
	choose(t, dialog.Find("[name=proof]"), "proof.png")
	member.WantAccessible()
	dialog.Role("button", "Apply").Click()
	line.WantContains("Waiting for an answer")

	team.Open(s.URL + link.Applications)
	wish := team.Find(".wish").With(title)
	wish.WantContains("I kept watch.")
	team.WantEval(`[...document.querySelectorAll(".wish .proofs img")].every((i) => i.complete && i.naturalWidth > 0)`)
	wish.Role("button", "Refuse").Click()
	team.Find("dialog[open] textarea").Fill("Which night?")
	team.Find("dialog[open]").Role("button", "Refuse").Click()
	wish.WantCount(0)
	member.Reload()
	line.WantContains("Which night?")
	line.Role("button", "Apply again").Click()
	choose(t, dialog.Find("[name=proof]"), "proof.png")
	dialog.Role("button", "Apply").Click()
	line.WantContains("Waiting for an answer")
	team.Reload()
	wish.Role("button", "Approve").Click()
	wish.WantCount(0)

	member.Reload()
	for i := range member.Find(".badge-pick").Count() {
		member.Find(".badge-pick input").Nth(i).SetChecked(false)
	}
	member.Find(".badge-pick").With(title).Find("input").SetChecked(true)
	member.Role("button", "Show these").Click()
	member.Find(".badge-pick:has(:checked)").WantContains(title)
	member.Open(s.URL + link.Home)
	member.Find("h1 .emblems").WantAttribute("aria-label", "Badges: "+title)
	member.Open(s.URL + link.Rank(s.LeaderboardSlug))
	member.Find(".lb-me .emblems, .lb-mine .emblems").WantAttribute("aria-label", "Badges: "+title)

	team.Open(s.URL + link.Member(s.Member.ID))
	team.Find("#badges").Role("button", "Take "+title+" away").Click()
	team.Find("dialog[open]").Role("button", "Take it away").Click()
	team.Find("#badges").With(title).WantCount(0)
}

// choose puts a small picture into a file field.
func choose(t *testing.T, field *browser.Element, name string) {
	t.Helper()
	m := image.NewNRGBA(image.Rect(0, 0, 64, 64))
	for i := range 64 {
		m.Set(i, i, color.NRGBA{20, 90, 200, 255})
	}
	var out bytes.Buffer
	if err := png.Encode(&out, m); err != nil {
		t.Fatal(err)
	}
	if err := field.Raw.SetInputFiles([]playwright.InputFile{{Name: name, MimeType: "image/png", Buffer: out.Bytes()}}); err != nil {
		t.Fatal(err)
	}
}
