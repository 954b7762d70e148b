package ledger

import (
	"context"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// unitOrder is the order in which the units of one row are listed; an entry's
// id begins with the unit's place in it.
func unitOrder() []api.Unit { return []api.Unit{api.UnitXP, api.UnitCoins, api.UnitPremium} }

// logQuery is what a page of a member's ledger is asked for by.
type logQuery struct {
	memberID string
	unit     api.Unit // empty for all
	action   string   // empty for all
	from, to time.Time
	before   position // the last entry of the page before; zero for the first page
	limit    int
}

// position is an entry in the list: newest first, units in their order.
type position struct {
	seq  int64
	unit int
}

// id is the entry's ObjectId; the first unit's is the id of the award.
func (p position) id() string { return strconv.Itoa(p.unit) + api.SeqID(p.seq)[1:] }

func positionOf(cursor string) (position, error) {
	bad := api.InvalidField("cursor", "must be a nextCursor that this list gave")
	if cursor == "" {
		return position{}, nil
	}
	if !api.IsID(cursor) {
		return position{}, bad
	}
	seq, err := strconv.ParseInt(cursor[1:], 16, 64)
	unit := int(cursor[0] - '0')
	if err != nil || seq < 1 || unit >= len(unitOrder()) {
		return position{}, bad
	}
	return position{seq, unit}, nil
}

type logsInput struct {
	Body api.LedgerQuery
}

func (s *Service) logs(ctx context.Context, in *logsInput) (api.LedgerPage, error) {
	c := rest.CallerOf(ctx)
	q, err := queryOf(in.Body)
	if err != nil {
		return api.LedgerPage{}, err
	}
	who, err := s.members.Resolve(ctx, c.CommunityID, in.Body.Identifier)
	if err != nil {
		return api.LedgerPage{}, err
	}
	q.memberID = who.ID
	return s.logPage(ctx, c.CommunityID, q)
}

func queryOf(in api.LedgerQuery) (q logQuery, err error) {
	q = logQuery{unit: in.Unit, action: strings.TrimSpace(in.Action), limit: in.Limit}
	if q.limit == 0 {
		q.limit = 20
	}
	for _, edge := range []struct {
		field, text string
		into        *time.Time
	}{{"from", in.From, &q.from}, {"to", in.To, &q.to}} {
		if edge.text == "" {
			continue
		}
		if *edge.into, err = api.ParseTime(edge.text); err != nil {
			return q, api.InvalidField(edge.field, "must be an RFC 3339 time or a date")
		}
	}
	if !q.from.IsZero() && !q.to.IsZero() && !q.from.Before(q.to) {
		return q, api.InvalidField("to", "must be after from")
	}
	q.before, err = positionOf(in.Cursor)
	return q, err
}

type ownLedgerInput struct {
	Unit   string `query:"unit" enum:"xp,coins,premium" doc:"All units when missing"`
	Cursor string `query:"cursor"`
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"20"`
}

func (s *Service) ownLedger(ctx context.Context, in *ownLedgerInput) (api.LedgerPage, error) {
	c := rest.CallerOf(ctx)
	before, err := positionOf(in.Cursor)
	if err != nil {
		return api.LedgerPage{}, err
	}
	return s.logPage(ctx, c.CommunityID, logQuery{memberID: c.MemberID, unit: api.Unit(in.Unit), before: before, limit: in.Limit})
}

// logPage lists the changes of units, newest first. It reads one row more than
// it needs, to know whether another page follows.
func (s *Service) logPage(ctx context.Context, communityID string, q logQuery) (api.LedgerPage, error) {
	rows, err := selectLog(ctx, s.k.DB().Read(), communityID, q)
	if err != nil {
		return api.LedgerPage{}, err
	}
	page := api.LedgerPage{Entries: []api.LedgerEntry{}}
	for _, r := range rows {
		for unit, e := range r.split() {
			switch {
			case e.Delta == 0 || (q.unit != "" && e.Unit != q.unit):
			case r.Seq == q.before.seq && unit <= q.before.unit:
			case len(page.Entries) == q.limit:
				page.NextCursor = page.Entries[q.limit-1].ID
				return page, nil
			default:
				page.Entries = append(page.Entries, e)
			}
		}
	}
	return page, nil
}

// split is the row as one entry per unit, in the order of units.
func (r *row) split() [3]api.LedgerEntry {
	deltas, after := [3]int64{r.XP, r.Coins, r.Premium}, [3]int64{r.XPAfter, r.CoinsAfter, r.PremiumAfter}
	var out [3]api.LedgerEntry
	for i, unit := range unitOrder() {
		out[i] = api.LedgerEntry{
			ID: position{r.Seq, i}.id(), UserID: r.MemberID, Unit: unit, Delta: deltas[i], BalanceAfter: after[i], Action: r.Action,
			Reason: r.reason, Source: r.source, Reference: r.reference, CreatedAt: api.At(r.CreatedAt),
		}
	}
	return out
}

// conditions are the WHERE of a page, with its arguments.
func (q logQuery) conditions(communityID string) (string, []any) {
	args := []any{communityID, q.memberID}
	where := `community_id = $1 AND member_id = $2`
	add := func(condition string, arg any) {
		args = append(args, arg)
		where += " AND " + condition + "$" + strconv.Itoa(len(args))
	}
	if q.before.seq > 0 {
		add("seq <= ", q.before.seq)
	}
	if q.action != "" {
		add("action = ", q.action)
	}
	if !q.from.IsZero() {
		add("created_at >= ", db.Micros(q.from))
	}
	if !q.to.IsZero() {
		add("created_at < ", db.Micros(q.to))
	}
	switch q.unit {
	case api.UnitXP:
		where += " AND xp <> 0"
	case api.UnitCoins:
		where += " AND coins <> 0"
	case api.UnitPremium:
		where += " AND premium <> 0"
	default:
		where += " AND (xp <> 0 OR coins <> 0 OR premium <> 0)"
	}
	return where, args
}

// Export is the whole ledger of a member, newest first, for its own export.
func (s *Service) Export(ctx context.Context, communityID string, who member.Ref) (any, error) {
	out := []api.LedgerEntry{}
	for q := (logQuery{memberID: who.ID, limit: 1000}); ; {
		page, err := s.logPage(ctx, communityID, q)
		if err != nil {
			return nil, err
		}
		out = append(out, page.Entries...)
		if page.NextCursor == "" {
			return out, nil
		}
		if q.before, err = positionOf(page.NextCursor); err != nil {
			return nil, err
		}
	}
}
