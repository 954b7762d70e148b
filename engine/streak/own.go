package streak

import (
	"context"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// look is where a member stands now, without writing anything.
func (s *Service) look(ctx context.Context, q db.Querier, st *streak, memberID string) (view, error) {
	z, err := s.zones(ctx, q, st, []string{memberID})
	if err != nil {
		return view{}, err
	}
	seats, err := s.selectSeats(ctx, q, st.CommunityID, st.ID, []string{memberID})
	if err != nil {
		return view{}, err
	}
	now, zone := s.k.Now(), z.of(memberID)
	if seats[memberID] == nil {
		return st.view(st.now().begin(zone, now), zone, now), nil
	}
	return st.view(seats[memberID].state, zone, now), nil
}

// standing is a view for replies, with the week.
func (s *Service) standing(ctx context.Context, q db.Querier, st *streak, who member.Ref, v view) (api.StreakStanding, error) {
	from, to := v.week()
	logs, err := selectDays(ctx, q, st.CommunityID, st.ID, who.ID, from.Format(time.DateOnly), v.reach(to).Format(time.DateOnly))
	if err != nil {
		return api.StreakStanding{}, err
	}
	out := shown(st, who, v)
	out.Week = v.days(from, to, logs)
	return out, nil
}

// shown is a view for replies, without the week.
func shown(st *streak, who member.Ref, v view) api.StreakStanding {
	r := v.r
	return api.StreakStanding{
		UserID: who.ID, Username: who.Username, StreakID: st.ID, Name: st.Name, Description: *st.Description, Timeframe: *r.Timeframe,
		Operator: r.Action.Operator, State: v.status(), Current: v.Current, Longest: v.Longest,
		Freezes: v.Freezes, MaxFreezes: r.Freezes.Max, FreezePrice: r.Freezes.Price, Progress: v.progress(), EndsAt: v.endsAt(),
		LostCount: v.Lost, RepairUntil: v.repairUntil(), RepairPrice: r.Repair.Price, Week: []api.StreakDay{}, NextMilestone: v.nextMilestone(), Reward: *r.Reward,
	}
}

// Own is where a member stands in every streak.
func (s *Service) Own(ctx context.Context, communityID string, who member.Ref) ([]api.StreakStanding, error) {
	read := s.k.DB().Read()
	list, err := selectStreaks(ctx, read, communityID)
	out := make([]api.StreakStanding, 0, len(list))
	for _, st := range list {
		v, err := s.look(ctx, read, st, who.ID)
		if err != nil {
			return nil, err
		}
		one, err := s.standing(ctx, read, st, who, v)
		if err != nil {
			return nil, err
		}
		out = append(out, one)
	}
	return out, err
}

// Stand is where a member stands in one streak. Errors: NotFound.
func (s *Service) Stand(ctx context.Context, communityID, id string, who member.Ref) (api.StreakStanding, error) {
	read := s.k.DB().Read()
	st, err := one(ctx, read, communityID, id)
	if err != nil {
		return api.StreakStanding{}, err
	}
	v, err := s.look(ctx, read, st, who.ID)
	if err != nil {
		return api.StreakStanding{}, err
	}
	return s.standing(ctx, read, st, who, v)
}

// maxDays is how long a calendar may be.
const maxDays = 400

// Days is a member's calendar of a streak; the month that holds today when no
// dates are named. Errors: NotFound, Invalid on from or to.
func (s *Service) Days(ctx context.Context, communityID, id string, who member.Ref, from, to string) ([]api.StreakDay, error) {
	read := s.k.DB().Read()
	st, err := one(ctx, read, communityID, id)
	if err != nil {
		return nil, err
	}
	v, err := s.look(ctx, read, st, who.ID)
	if err != nil {
		return nil, err
	}
	first, last, err := span(from, to, v.today)
	if err != nil {
		return nil, err
	}
	logs, err := selectDays(ctx, read, communityID, id, who.ID, first.Format(time.DateOnly), v.reach(last).Format(time.DateOnly))
	return v.days(first, last, logs), err
}

func span(from, to string, today time.Time) (first, last time.Time, err error) {
	first = time.Date(today.Year(), today.Month(), 1, 0, 0, 0, 0, time.UTC)
	if from != "" {
		if first, err = time.Parse(time.DateOnly, from); err != nil {
			return first, last, api.InvalidField("from", "must be a date as YYYY-MM-DD")
		}
	}
	last = first.AddDate(0, 1, -1)
	if to != "" {
		if last, err = time.Parse(time.DateOnly, to); err != nil {
			return first, last, api.InvalidField("to", "must be a date as YYYY-MM-DD")
		}
	}
	if last.Before(first) || daysBetween(first, last) >= maxDays {
		return first, last, api.InvalidField("to", "must be from the first day to 400 days later")
	}
	return first, last, nil
}

// Members lists who takes part in a streak, the longest first. Errors: NotFound.
func (s *Service) Members(ctx context.Context, communityID, id string, p rest.Paging) (rest.Page[api.StreakStanding], error) {
	read := s.k.DB().Read()
	st, err := one(ctx, read, communityID, id)
	if err != nil {
		return rest.Page[api.StreakStanding]{}, err
	}
	seats, total, err := selectLongest(ctx, read, communityID, id, p.Limit, p.Offset())
	if err != nil {
		return rest.Page[api.StreakStanding]{}, err
	}
	ids := make([]string, len(seats))
	for i, sit := range seats {
		ids[i] = sit.memberID
	}
	z, err := s.zones(ctx, read, st, ids)
	if err != nil {
		return rest.Page[api.StreakStanding]{}, err
	}
	out := make([]api.StreakStanding, 0, len(seats))
	for _, sit := range seats {
		who, err := s.members.Resolve(ctx, communityID, sit.memberID)
		if err != nil {
			return rest.Page[api.StreakStanding]{}, err
		}
		out = append(out, shown(st, who, st.view(sit.state, z.of(sit.memberID), s.k.Now())))
	}
	return rest.PageOf(p, out, total), nil
}

// Stats fills in where a member stands in the streaks.
func (s *Service) Stats(ctx context.Context, communityID string, who member.Ref, into *api.MiniGameStats) error {
	list, err := s.Own(ctx, communityID, who)
	into.Streaks = make([]api.MiniGameStreak, len(list))
	for i, st := range list {
		into.Streaks[i] = api.MiniGameStreak{StreakID: st.StreakID, Name: st.Name, Current: st.Current, Longest: st.Longest, CompletedToday: st.State == api.StreakDone}
		if st.NextMilestone != nil {
			into.Streaks[i].NextReward = st.NextMilestone
		}
	}
	return err
}

// Export is what the noun holds about a member.
func (s *Service) Export(ctx context.Context, communityID string, who member.Ref) (any, error) {
	list, err := s.Own(ctx, communityID, who)
	if err != nil {
		return nil, err
	}
	w := &db.Where{}
	w.And("l.community_id = ?", communityID)
	w.And("l.member_id = ?", who.ID)
	logs, _, err := selectLogs(ctx, s.k.DB().Read(), w, 10_000, 0)
	return map[string]any{"streaks": list, "logs": logs}, err
}
