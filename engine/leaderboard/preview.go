package leaderboard

import (
	"context"

	"laurel/api"
)

// previewRows is how many rows a preview shows.
const previewRows = 10

// preview shows what the top of a draft would be; nothing is kept. While a
// form is being filled in, what is missing has its usual value.
func (s *Service) preview(ctx context.Context, in *createInput) (api.Standings, error) {
	b, err := s.draft(ctx, s.complete(in.Body))
	if err != nil {
		return api.Standings{}, err
	}
	h, err := s.home(ctx, b.CommunityID)
	if err != nil {
		return api.Standings{}, err
	}
	l := newLive(h, specOf(b))
	t, err := l.sketch(ctx)
	if err != nil {
		return api.Standings{}, err
	}
	v := &view{sp: l.spec.Load()}
	v.open(l, t, s.k.Now())
	v.page(0, previewRows)
	return l.dress(ctx, v)
}

// complete gives a draft what a board must have.
func (s *Service) complete(in api.LeaderboardInput) api.LeaderboardInput {
	name, enabled, start := "Preview", true, api.At(s.k.Now().AddDate(-1, 0, 0))
	columns := []api.Column{{Column: "user", Visible: true}}
	if in.Name == nil || *in.Name == "" {
		in.Name = &name
	}
	if in.IsEnabled == nil && in.Enabled == nil {
		in.IsEnabled = &enabled
	}
	if in.DisplayedColumns == nil && in.DisplayedFields == nil {
		in.DisplayedColumns = &columns
	}
	if in.StartDate == nil && (in.Duration == nil || in.Duration.Start == nil) {
		in.StartDate = &start
	}
	return in
}

// sketch builds the first allowed present period of a board that is not kept.
func (l *live) sketch(ctx context.Context) (*track, error) {
	sp := l.spec.Load()
	if err := l.attach(ctx, sp); err != nil {
		return nil, err
	}
	q := l.h.s.k.DB().Read()
	upTo, err := lastSeq(ctx, q, l.h.id)
	if err != nil {
		return nil, err
	}
	t := newTrack(sp.calendar.At(sp.board.TimeFilters[0], sp.present(l.h.s.k.Now())), sp.options())
	from, to := sp.clip(t.span)
	cells := map[uint32]cell{}
	err = eachGain(ctx, q, l.h.id, sp.metric, 0, upTo, from, to, func(g gain) {
		c, known := cells[g.member]
		cells[g.member] = sp.metric.after(c, known, g)
	})
	if err != nil {
		return nil, err
	}
	return t, t.fill(cells, func(no uint32) bool { return l.ranked(sp, no) })
}
