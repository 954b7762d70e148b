// Package member holds the portal's handlers of members: the list with its
// filter, saved segments, acts on many and download, and one member's page.
package member

import (
	"net/http"
	"net/url"

	"golang.org/x/sync/errgroup"

	"laurel/api"
	"laurel/apiclient"
	"laurel/components/form"
	"laurel/components/layout"
	"laurel/components/link"
	page "laurel/components/page/member"
	"laurel/components/ui"
	"laurel/handlers/place"
	"laurel/handlers/web"
)

// List is the page of all members.
func List(v *web.Visit) error { return list(v, http.StatusOK, nil) }

// list renders the page; change may put a refused form into it.
func list(v *web.Visit, status int, change func(p *page.ListProps)) error {
	w, err := viewOf(v)
	if err != nil {
		return err
	}
	if v.Query("part") == "builder" {
		return v.Page(page.Builder(builder(w, false)))
	}
	q, err := w.query()
	if err != nil {
		return err
	}
	users, err := v.API.Users().List(v.Ctx(), v.Community.ID, q)
	if api.IsKind(err, api.Invalid) && w.at != "" { // a place in a list that is sorted otherwise now
		q.Cursor = ""
		users, err = v.API.Users().List(v.Ctx(), v.Community.ID, q)
	}
	if err != nil {
		return err
	}
	p := listProps(v, w, users)
	if p.Rows, err = rows(v, w, users.Items); err != nil {
		return err
	}
	if change != nil {
		change(&p)
	}
	return v.Render(status, page.List(p))
}

func listProps(v *web.Visit, w view, users apiclient.Page[api.User]) page.ListProps {
	p := page.ListProps{
		PortalProps: v.Portal("Members", layout.PlaceMembers), Search: w.search, Statuses: web.Choices(statuses(), w.status), Sort: w.sort,
		Builder: builder(w, true), Tabs: tabs(w), Segment: segmentOf(w), Choice: w.choice(), Columns: w.heads(), IsFiltered: w.isFiltered(),
		IsForeign: w.foreign != nil, Total: int64(users.Total), Limit: w.limit, Query: w.state(), Bulk: bulkOf(w, int64(users.Total)),
		CSV: address(link.MembersCSV, w.state(), nil), HasPrivate: w.hasPrivate(),
	}
	p.Steps = ui.StepsProps{
		Start: users.Start, Shown: len(users.Items), Total: int64(users.Total), Noun: "members", Path: link.Members, Query: w.state(), Size: w.limit,
		Prev: users.Prev, Next: users.Next,
	}
	p.Name.Href, p.Name.Dir = w.sortHref("displayName")
	p.Name.Label = "Member"
	return p
}

// builder is the filter's lines; judged says whether what is unfinished is
// marked, as it is once the form was sent.
func builder(w view, judged bool) page.BuilderProps {
	p := page.BuilderProps{New: page.Condition{At: len(w.conditions), Columns: columnOptions(w.known, ""), IsNew: true}}
	for i, c := range w.conditions {
		col, _ := w.known.column(c.column)
		row := c.row(w.known, col, i)
		row.Remove = w.without(i)
		if !judged {
			row.Error = ""
		}
		p.Conditions = append(p.Conditions, row)
	}
	return p
}

func statuses() []ui.Pair {
	return []ui.Pair{{Value: "Everybody"}, {Name: onlyActive, Value: "Without dummies"}, {Name: onlyDummies, Value: "Dummies"}, {Name: onlyDeleted, Value: "Deleted"}}
}

// tabs lead to everybody, to the segments and to the deleted.
func tabs(w view) []ui.Tab {
	out := []ui.Tab{{Label: "Everybody", Href: link.Members, Current: w.segment == nil && w.status != onlyDeleted}}
	for _, s := range w.known.segments {
		t := ui.Tab{Label: s.Name, Href: link.Members + "?" + url.Values{"segment": {s.ID}}.Encode(), Current: w.segment != nil && w.segment.ID == s.ID}
		if s.Count != nil {
			t.Count = ui.Number(int64(*s.Count))
		}
		out = append(out, t)
	}
	return append(out, ui.Tab{Label: "Deleted", Href: link.Members + "?status=" + onlyDeleted, Current: w.segment == nil && w.status == onlyDeleted})
}

func (w view) hasPrivate() bool {
	for _, name := range w.columns {
		if c, _ := w.known.shownColumn(name); c.isPrivate {
			return true
		}
	}
	return false
}

// rows are the members with the cells of the chosen columns.
func rows(v *web.Visit, w view, users []api.User) ([]page.Row, error) {
	out := make([]page.Row, len(users))
	group := errgroup.Group{}
	group.SetLimit(8)
	boards, err := boardsFor(v, w)
	if err != nil {
		return nil, err
	}
	for i, u := range users {
		out[i] = page.Row{ID: u.ID, Name: web.Name(u), Username: u.Username, Email: u.Email, Image: u.Avatar, Deleted: u.IsDeleted, Dummy: u.IsDummy}
		out[i].Cells = make([]page.Cell, len(w.columns))
		for k, name := range w.columns {
			c, _ := w.known.shownColumn(name)
			cell := &out[i].Cells[k]
			switch *cell = c.cell(v, u); {
			case name == "rank" && len(boards) > 0 && !u.IsDeleted:
				group.Go(func() error { return rankCell(v, boards, u, cell) })
			case name == "roles":
				group.Go(func() error { return rolesCell(v, u, cell) })
			}
		}
	}
	return out, group.Wait()
}

func boardsFor(v *web.Visit, w view) ([]api.Leaderboard, error) {
	for _, name := range w.columns {
		if name == "rank" {
			return place.Boards(v, 1)
		}
	}
	return nil, nil
}

// rankCell is the rank on the community's first board.
func rankCell(v *web.Visit, boards []api.Leaderboard, u api.User, into *page.Cell) error {
	at, err := place.On(v, boards, u.ID)
	if err == nil && at[0].Own.Rank > 0 {
		*into = page.Cell{Number: int64(at[0].Own.Rank), IsNumber: true}
	}
	return err
}

func rolesCell(v *web.Visit, u api.User, into *page.Cell) error {
	roles, err := v.API.Roles().Of(v.Ctx(), u.ID)
	for _, r := range roles {
		if !r.IsDefault {
			into.Tags = append(into.Tags, r.Title)
		}
	}
	return err
}

func bulkOf(w view, total int64) page.BulkProps {
	b := page.BulkProps{
		Action: address(link.MembersBulk, w.state(), w.place), Total: total, Tags: w.known.tagNames(), IsDeleted: w.status == onlyDeleted,
		IsForAll: w.status != onlyDeleted,
	}
	for _, r := range w.known.roles {
		b.Roles = append(b.Roles, form.Option{Value: r.ID, Label: r.Title})
	}
	return b
}
