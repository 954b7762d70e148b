package e2e_test

import (
	"testing"
	"time"

	"laurel/api"
	"laurel/components/link"
	"laurel/portaltest/browser"
)

// longAgo is before everything that the demo's members did.
var longAgo = time.Date(2020, 1, 1, 0, 0, 0, 0, time.UTC)

// newBoard makes a board of the test's own, ranked by XP of all time.
func (s site) newBoard(t *testing.T, name string) api.Leaderboard {
	t.Helper()
	board, err := s.api.Leaderboards().Create(t.Context(), api.LeaderboardInput{
		Name: &name, RankingField: ptr(api.RankXP), IsEnabled: ptr(true), HasNoEndDate: ptr(true), StartDate: ptr(api.At(longAgo)),
		AllowedTimeFilters: &[]api.Period{api.PeriodAllTime, api.PeriodWeekly},
		DisplayedColumns:   &[]api.Column{{Column: "user", Visible: true}, {Column: "xps", Visible: true, Order: 1}},
	})
	if err != nil {
		t.Fatal(err)
	}
	return board
}

// boardEditor is the form of a board with its preview.
type boardEditor struct{ *browser.Page }

func (p boardEditor) name() *browser.Element     { return p.Label("Name") }
func (p boardEditor) rankedBy() *browser.Element { return p.Label("Ranked by") }
func (p boardEditor) unit() *browser.Element     { return p.Find("#preview thead th").Nth(3) }
func (p boardEditor) first() *browser.Element    { return p.Find("#preview tbody tr").Nth(0) }
func (p boardEditor) save()                      { p.Find(".form-foot .btn-primary").Click() }

func testBoardEditor(t *testing.T, s site) {
	board := s.newBoard(t, "Editor's board")
	p := boardEditor{s.as(t, s.Admin, link.BoardDo(board.ID, "edit"), browser.Options{})}
	p.unit().WantContains("XP")
	leader := p.first().Text()
	p.rankedBy().Select(api.RankMessages)
	p.unit().WantContains("essages")
	if got := p.first().Text(); got == leader {
		t.Errorf("the preview by messages still shows %q first", got)
	}
	if kept, err := s.api.Leaderboards().Get(t.Context(), board.ID); err != nil || kept.RankBy != api.RankXP {
		t.Errorf("a preview changed the board: ranked by %q (%v)", kept.RankBy, err)
	}
	p.name().Fill("")
	p.save()
	if got := p.Eval(`document.querySelector("[name=name]").validity.valueMissing`); got != true {
		t.Error("a board without a name is sent")
	}
	p.name().Fill("Talkers' board")
	p.save()
	p.WantURL("**" + link.Board(board.ID))
	p.Find("h1").WantContains("Talkers' board")
	kept, err := s.api.Leaderboards().Get(t.Context(), board.ID)
	if err != nil || kept.Name != "Talkers' board" || kept.RankBy != api.RankMessages {
		t.Errorf("saved: got %q by %q (%v)", kept.Name, kept.RankBy, err)
	}
}

func (p boardEditor) delete(typed string) {
	p.Find(".form-foot").Role("button", "Delete leaderboard").Click()
	dialog := p.Find("dialog[open]")
	dialog.Find("[name=confirm]").Fill(typed)
	dialog.Role("button", "Delete leaderboard").Click()
}

func testBoardDeletion(t *testing.T, s site) {
	board := s.newBoard(t, "Short-lived board")
	p := boardEditor{s.as(t, s.Admin, link.BoardDo(board.ID, "edit"), browser.Options{})}
	p.Eval(`document.querySelectorAll("dialog form").forEach((f) => { f.noValidate = true })`) // the server's word counts
	p.delete("another name")
	p.WantURLPart(link.Board(board.ID) + "/delete")
	if _, err := s.api.Leaderboards().Get(t.Context(), board.ID); err != nil {
		t.Fatalf("a board is deleted by a wrong name: %v", err)
	}
	p.Open(s.URL + link.BoardDo(board.ID, "edit"))
	p.delete(board.Name)
	p.WantURL("**" + link.Leaderboards)
	if _, err := s.api.Leaderboards().Get(t.Context(), board.ID); !api.IsKind(err, api.NotFound) {
		t.Errorf("after the deletion: got %v, want not found", err)
	}
	p.Find("main table").With(board.Name).WantCount(0)
}
