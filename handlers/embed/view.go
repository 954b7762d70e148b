package embed

import (
	"cmp"
	"math"
	"slices"
	"strings"
	"time"

	"laurel/api"
	"laurel/components/layout"
	"laurel/components/widget"
	"laurel/handlers/label"
)

// defaultRows is how many rows a widget shows that does not say.
const defaultRows = 10

func rowsOf(w api.Widget) int {
	if w.Options.Rows > 0 {
		return min(w.Options.Rows, 100)
	}
	return defaultRows
}

// view is a widget in one variant, before anything of the board is read.
type view struct {
	info    api.PublicWidget
	variant variant
	now     time.Time
}

// text is the words in the language asked for, the widget's, the reader's or
// the community's, in this order.
func (v view) text() widget.Text {
	return widget.NewText(v.variant.locale, v.info.Widget.Options.Locale, v.variant.lang, v.info.Community.Language)
}

func (v view) theme() layout.Theme {
	theme := cmp.Or(v.variant.theme, v.info.Widget.Options.Theme)
	if theme == "auto" {
		return layout.System
	}
	return layout.Theme(theme)
}

func (v view) size() widget.Size {
	if v.variant.compact == "1" || (v.variant.compact == "" && v.info.Widget.Options.Compact) {
		return widget.Compact
	}
	return widget.Full
}

// period is the one that is shown: asked for, else the widget's, if the board
// has it; empty leaves the choice to the board.
func (v view) period() api.Period {
	for _, p := range []api.Period{v.variant.period, v.info.Widget.Options.Period} {
		if p != "" && slices.Contains(v.info.Board.TimeFilters, p) {
			return p
		}
	}
	return ""
}

// props is the board as the component shows it.
func (v view) props(s api.Standings) widget.LeaderboardProps {
	board, text := v.info.Board, v.text()
	p := widget.LeaderboardProps{
		Text: text, Size: v.size(), Title: board.Name, Unit: unit(text, board.RankBy), Periods: v.tabs(s.Period), Columns: columns(board),
		Members: int64(s.Total), Closed: s.Closed, Updated: v.moment(s.AsOf), Ties: board.TieRule == api.TieFirst || board.TieRule == "",
		Refresh: v.variant.query(s.Period),
	}
	if end := v.end(s); !end.IsZero() {
		p.Ends = max(end.Sub(v.now), 0)
		p.Closed = p.Closed || !v.now.Before(end)
	}
	p.Live = !p.Closed
	if b := v.info.Widget.Options.Button; b.Enabled {
		p.Button = widget.Button{Label: b.Text, Href: b.Link}
	}
	v.fill(&p, s)
	return p
}

// fill adds the rows; the first three stand apart, for the podium.
func (v view) fill(p *widget.LeaderboardProps, s api.Standings) {
	for i, e := range s.Entries {
		row := v.row(e, s.Period)
		if e.IsMe || (s.Me != nil && s.Me.User.ID == e.User.ID) {
			if i > 0 {
				row.ToNext, row.Next = next(e, s.Entries[i-1])
			}
			mine := row
			p.Me = &mine
		}
		if len(p.Top) < 3 {
			p.Top = append(p.Top, row)
		} else {
			p.Rows = append(p.Rows, row)
		}
	}
	if s.Me != nil && s.Me.Rank > 0 && p.Me == nil {
		mine := v.row(*s.Me, s.Period)
		p.Me = &mine
	}
}

// next is how many points are missing to the rank above, and which that is.
func next(e, above api.Entry) (points, rank int64) {
	if above.Rank >= e.Rank {
		return 0, 0
	}
	return above.Score - e.Score + 1, int64(above.Rank)
}

func (v view) row(e api.Entry, period api.Period) widget.Row {
	r := widget.Row{
		Key: e.User.ID, Rank: int64(e.Rank), Name: label.Entry(e), Image: picture(e.User.Avatar), Tier: e.Tier, Level: e.Level,
		Score: e.Score, XP: e.XP, Coins: e.Coins,
	}
	r.Move, r.Entered = label.Move(e, period)
	for _, c := range v.info.Board.DisplayedColumns {
		if text, ok := e.Fields[fieldKey(c.Column)]; ok {
			r.Values = append(r.Values, widget.Value{Name: c.Column, Text: text})
		}
	}
	return r
}

// picture keeps the images that the frame's policy lets through: our own.
func picture(address string) string {
	if strings.HasPrefix(address, "/") && !strings.HasPrefix(address, "//") {
		return address
	}
	return ""
}

func fieldKey(column string) string { return strings.TrimPrefix(column, api.RankFieldStart) }

// columns are the board's visible columns in their order.
func columns(b api.Leaderboard) []widget.Column {
	list := slices.Clone(b.DisplayedColumns)
	slices.SortStableFunc(list, func(x, y api.Column) int { return cmp.Compare(x.Order, y.Order) })
	var out []widget.Column
	for _, c := range list {
		if !c.Visible {
			continue
		}
		column := widget.Column{Name: c.Column}
		if strings.HasPrefix(c.Column, api.RankFieldStart) {
			column.Label = fieldKey(c.Column)
		}
		out = append(out, column)
	}
	return out
}

// unit is what scores count, where there is a word for it in the language.
func unit(t widget.Text, rankBy string) string {
	switch {
	case rankBy == api.RankXP || rankBy == "":
		return "XP"
	case rankBy == api.RankCoins:
		return t.Column("currencies")
	case label.IsField(rankBy) || t.Lang() == "en":
		return label.Unit(rankBy, nil)
	}
	return ""
}

func (v view) tabs(current api.Period) []widget.Period {
	tabs := make([]widget.Period, 0, len(v.info.Board.TimeFilters))
	for _, p := range v.info.Board.TimeFilters {
		tabs = append(tabs, widget.Period{Name: string(p), Href: v.variant.query(p), Current: p == current})
	}
	return tabs
}

// moment is when the standings were read, on the board's clock.
func (v view) moment(at api.Time) widget.Moment {
	if at.IsZero() {
		return widget.Moment{}
	}
	return widget.Moment{ISO: at.UTC().Format(time.RFC3339), Text: at.In(v.zone()).Format("15:04")}
}

func (v view) zone() *time.Location {
	for _, name := range []string{v.info.Board.Duration.Zone, v.info.Community.Timezone} {
		if zone, err := time.LoadLocation(name); name != "" && err == nil {
			return zone
		}
	}
	return time.UTC
}

// end is when the period or the board ends, whichever is first; zero: never.
func (v view) end(s api.Standings) time.Time {
	var end time.Time
	if s.To != nil {
		end = s.To.Time
	}
	d := v.info.Board.Duration
	if d.End != nil && !d.NoEndDate && !d.End.IsZero() && (end.IsZero() || d.End.Before(end)) {
		end = d.End.Time
	}
	return end
}

// holds is how long a page says the truth if nothing moves: until its period
// ends, or until the time left is a smaller number of days, hours or minutes.
func (v view) holds(s api.Standings) time.Duration {
	left := v.end(s).Sub(v.now)
	if v.end(s).IsZero() || left <= 0 {
		return math.MaxInt64
	}
	for _, step := range []time.Duration{24 * time.Hour, time.Hour} {
		if left > step {
			return max(left%step, time.Second)
		}
	}
	return max(min(left%time.Minute, left), time.Second)
}
