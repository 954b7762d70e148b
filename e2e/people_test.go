package e2e_test

import (
	"encoding/csv"
	"os"
	"strings"
	"testing"

	"github.com/playwright-community/playwright-go"

	"laurel/api"
	"laurel/components/link"
	"laurel/portaltest/browser"
)

// testMembersList builds a filter line by line, keeps it as a segment, tags
// those whom it finds, downloads them and finds a deleted member again.
func testMembersList(t *testing.T, s site) {
	name, tag := "Spaniards seen lately", "spaniards"
	if s.remote {
		name, tag = "Spaniards, remote", "spaniards-remote"
	}
	p := s.as(t, s.Owner, link.Members, browser.Options{})
	p.Find(".builder summary").Click()
	p.Find("#c-0").Select("country")
	p.Find("#v-0").Select("Spain")
	p.Find("#c-1").Select("xp")
	p.Find("#v-1").Fill("100")
	p.Press("Enter")
	p.WantURLPart("v=Spain")
	found := p.Find(".list tbody tr").Count()
	if found == 0 {
		t.Fatal("the filter finds nobody")
	}
	p.Role("button", "Save as segment").Click()
	p.Find("#save-segment-name").Fill(name)
	p.Press("Enter")
	p.WantURLPart("segment=")
	p.Find(".tabs [aria-current=page]").WantContains(name)
	p.Find("#v-0").WantValue("Spain")
	p.Find("[data-check-all]").SetChecked(true)
	p.Find(".bulk-count").WantContains("chosen")
	p.Find(".bulk").Role("button", "Tags").Click()
	p.Find("#bulk-add").Fill(tag)
	p.Find("#bulk-tags").Role("button", "Change tags").Click()
	p.Find("#toasts").WantContains("The tags of")
	p.WantURLPart("segment=")
	s.exported(t, p, tag)
	s.deletedAndBack(t, p, tag)
}

// exported downloads the members with the tag and looks into the file.
func (s site) exported(t *testing.T, p *browser.Page, tag string) {
	t.Helper()
	p.Open(s.URL + link.Members + "?c=tags&o=is&v=" + tag + "&col=tags&col=phone")
	found := p.Find(".list tbody tr").Count()
	p.Role("button", "Export CSV").Click()
	file, err := p.Raw.ExpectDownload(func() error { return p.Find("#export-menu").Role("link", "As shown").Raw.Click() })
	if err != nil {
		t.Fatal(err)
	}
	rows := s.downloaded(t, file)
	if len(rows) != found+1 || rows[0][7] != "Phone" {
		t.Fatalf("got %d rows under %v, want %d members", len(rows), rows[0], found)
	}
	for _, row := range rows[1:] {
		if !strings.Contains(row[6], tag) || (row[7] != "" && row[7] != "***") {
			t.Errorf("a row that does not belong, or a private value: %v", row)
		}
	}
}

func (s site) downloaded(t *testing.T, file playwright.Download) [][]string {
	t.Helper()
	path := t.TempDir() + "/members.csv"
	if err := file.SaveAs(path); err != nil {
		t.Fatal(err)
	}
	rows, err := csv.NewReader(strings.NewReader(readFile(t, path))).ReadAll()
	if err != nil {
		t.Fatal(err)
	}
	return rows
}

// deletedAndBack deletes the first member with the tag and restores him.
func (s site) deletedAndBack(t *testing.T, p *browser.Page, tag string) {
	t.Helper()
	p.Find("tbody .is-check input").Nth(0).SetChecked(true)
	who := p.Find(".list tbody .person-name").Nth(0).Text()
	p.Find(".bulk").Role("button", "Delete").Click()
	p.Find("#bulk-delete").Role("button", "Delete members").Click()
	p.Find("#toasts").WantContains("1 member deleted")
	p.Open(s.URL + link.Members + "?status=deleted&c=tags&o=is&v=" + tag)
	p.Find(".list tbody .person-name").WantText(who)
	p.Find("tbody .is-check input").SetChecked(true)
	p.Find(".bulk").Role("button", "Restore").Click()
	p.Find("#toasts").WantContains("restored")
}

// testFieldsPage makes a field, which the list then filters by, and deletes it.
func testFieldsPage(t *testing.T, s site) {
	name := "Shirt size"
	if s.remote {
		name = "Shoe size"
	}
	p := s.as(t, s.Owner, link.UserFields, browser.Options{})
	p.Role("button", "New field").Click()
	p.Find("#create-name").Fill(name)
	p.Find("#create-options").WantHidden()
	p.Find("#create-type").Select("select")
	p.Find("#create-options").Fill("S\nM\nL")
	p.Find("#create-defaultValue").Fill("XL")
	p.Find("#create").Role("button", "Save field").Click()
	p.Find("#create-defaultValue-error").WantContains("one of S, M, L")
	p.Find("#create-defaultValue").Fill("M")
	p.Find("#create").Role("button", "Save field").Click()
	p.Find("#toasts").WantContains(name)
	row := p.Find(".list tbody tr").With(name)
	row.WantContains("3 choices")
	row.Role("button", "Actions on "+name).Click()
	p.Find("[popover]:popover-open").Role("button", "Delete").Click()
	p.Find("dialog[open] [name=confirm]").Fill(name)
	p.Press("Enter")
	p.Find("#toasts").WantContains("is deleted")
	p.Find(".list tbody tr").With(name).WantCount(0)
}

func readFile(t *testing.T, path string) string {
	t.Helper()
	raw, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(raw)
}

// testMemberPage changes what the community keeps about somebody: values of
// fields, tags and the picture, each first refused.
func testMemberPage(t *testing.T, s site) {
	name := "edited"
	if s.remote {
		name = "edited-remote"
	}
	u, err := s.api.Users().Create(t.Context(), api.NewUser{Username: name, Email: name + "@example.com", DisplayName: "Nadia " + name})
	if err != nil {
		t.Fatal(err)
	}
	p := s.as(t, s.Owner, link.Member(u.ID), browser.Options{})
	p.Find("#fields").Role("button", "Edit values").Click()
	edit := p.Find("#fields-edit")
	edit.Label("Country (optional)").Select("Spain")
	edit.Label("Phone (optional)").Fill("+34 600 000 001")
	edit.Role("button", "Save values").Click()
	p.Find("#toasts").WantContains("values are saved")
	p.Find("#fields").WantContains("Spain")
	p.Find("#changes").WantContains("Spain")
	p.Find("#fields .private summary").Click()
	p.Find("#fields .private").WantContains("+34 600 000 001")

	p.Role("button", "Add tags").Click()
	p.Find("#tags-typed").Fill("early, " + strings.Repeat("x", 200))
	p.Find("#tags-edit").Role("button", "Save tags").Click()
	p.Find("#tags-edit").WantContains("characters")
	p.Find("#tags-typed").Fill("early")
	p.Find("#tags-edit").Role("button", "Save tags").Click()
	p.Find(".profile-tags").WantContains("early")

	p.Role("button", "Change the picture").Click()
	file := p.Find("#picture-edit-file")
	if err := file.Raw.SetInputFiles([]playwright.InputFile{{Name: "notes.png", MimeType: "image/png", Buffer: []byte("no picture")}}); err != nil {
		t.Fatal(err)
	}
	p.Find("#picture-edit").Role("button", "Upload").Click()
	p.Find("#picture-edit-file-error").WantVisible()
	p.WantAccessible()
	choose(t, p.Find("#picture-edit-file"), "face.png")
	p.Find("#picture-edit").Role("button", "Upload").Click()
	p.Find("#toasts").WantContains("is changed")
	p.Find(".face-edit img").WantVisible()
	p.Role("button", "Send the link").Click()
	p.Find("#toasts").WantContains("on its way")
}
