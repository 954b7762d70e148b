package streak

import (
	"context"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const base = "/v1/streaks"
	op := func(method, path, id, summary, message string) rest.Op {
		return rest.Op{Method: method, Path: base + path, ID: id, Tag: "Streaks", Permission: api.PermStreaks, Summary: summary, Message: message}
	}
	rest.IntegrationList(s.k, op("GET", "", "list-streaks", "The community's streaks", "Read streaks success."), s.list)
	rest.Integration(s.k, op("POST", "", "create-streak", "Create a streak", "Create streak success."), s.create)
	rest.Integration(s.k, op("GET", "/{id}", "get-streak", "One streak", "Read streak success."), s.get)
	rest.Integration(s.k, op("PUT", "/{id}", "update-streak", "Change a streak; what is left out stays", "Update streak success."), s.update)
	rest.Integration(s.k, op("DELETE", "/{id}", "delete-streak", "Delete a streak with all that members have in it", "Delete streak success."), s.remove)
	rest.IntegrationList(s.k, op("GET", "/logs", "list-streak-logs", "What became of periods, newest first", "Read streak logs success."), s.logs)
	rest.IntegrationList(s.k, op("GET", "/{id}/users", "list-streak-members", "Who takes part, the longest streak first", "Read streak members success."), s.takers)
	rest.Integration(s.k, op("GET", "/{id}/users/{userId}", "get-streak-member", "Where a member stands in a streak", "Read streak member success."), s.stand)
	rest.Integration(s.k, op("GET", "/{id}/users/{userId}/days", "get-streak-member-days", "A member's calendar", "Read streak days success."), s.days)
	rest.Integration(s.k, op("PUT", "/{id}/users/{userId}", "update-streak-member", "Give or take days off, or repair a broken streak", "Update streak member success."), s.edit)
	own := func(method, path, id, summary, message string) rest.Op {
		return rest.Op{Method: method, Path: "/v1/me/streaks" + path, ID: id, Tag: "Me", Access: rest.ForPersons, Permission: api.PermPlay, Summary: summary, Message: message}
	}
	rest.Integration(s.k, own("GET", "", "list-own-streaks", "Where the caller stands in every streak", "Read streaks success."), s.own)
	rest.Integration(s.k, own("GET", "/{id}/days", "get-own-streak-days", "One's own calendar", "Read streak days success."), s.ownDays)
	rest.Integration(s.k, own("POST", "/{id}/freezes", "buy-streak-freeze", "Buy a day off for coins", "Buy day off success."), s.buy)
	rest.Integration(s.k, own("POST", "/{id}/repair", "repair-own-streak", "Bring a broken streak back for coins", "Repair streak success."), s.repair)
}

// InStreak names a streak in a path.
type InStreak struct {
	ID string `path:"id" maxLength:"24"`
}

func (s *Service) list(ctx context.Context, in *rest.Paging) (rest.Page[api.Streak], error) {
	all, err := s.List(ctx, rest.CallerOf(ctx).CommunityID)
	from := min(in.Offset(), len(all))
	return rest.PageOf(*in, all[from:min(from+in.Limit, len(all))], len(all)), err
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.StreakSettings }) (api.Streak, error) {
	return s.Create(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

func (s *Service) get(ctx context.Context, in *InStreak) (api.Streak, error) {
	return s.Get(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

func (s *Service) update(ctx context.Context, in *struct {
	InStreak
	Body api.StreakSettings
}) (api.Streak, error) {
	return s.Update(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body)
}

func (s *Service) remove(ctx context.Context, in *InStreak) (struct{}, error) {
	return struct{}{}, s.Delete(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

type logsQuery struct {
	rest.Paging
	UserID   string `query:"userId" maxLength:"254" doc:"Id, number, username or email"`
	Email    string `query:"email" maxLength:"254"`
	StreakID string `query:"streakId" maxLength:"24"`
	Status   string `query:"status" enum:"completed,missed,frozen,repaired"`
	From     string `query:"from" doc:"Date, YYYY-MM-DD"`
	To       string `query:"to" doc:"Date, included"`
}

func (s *Service) logs(ctx context.Context, in *logsQuery) (rest.Page[api.StreakLog], error) {
	cid := rest.CallerOf(ctx).CommunityID
	w := &db.Where{}
	w.And("l.community_id = ?", cid)
	for _, user := range []string{in.UserID, in.Email} {
		if user == "" {
			continue
		}
		who, err := s.members.Resolve(ctx, cid, user)
		if err != nil {
			return rest.Page[api.StreakLog]{}, err
		}
		w.And("l.member_id = ?", who.ID)
	}
	for _, f := range []struct{ condition, value string }{{"l.streak_id = ?", in.StreakID}, {"l.status = ?", in.Status}} {
		if f.value != "" {
			w.And(f.condition, f.value)
		}
	}
	for _, f := range []struct{ field, condition, value string }{{"from", "l.day >= ?", in.From}, {"to", "l.day <= ?", in.To}} {
		if f.value == "" {
			continue
		}
		if _, err := time.Parse(time.DateOnly, f.value); err != nil {
			return rest.Page[api.StreakLog]{}, api.InvalidField(f.field, "must be a date as YYYY-MM-DD")
		}
		w.And(f.condition, f.value)
	}
	list, n, err := selectLogs(ctx, s.k.DB().Read(), w, in.Limit, in.Offset())
	return rest.PageOf(in.Paging, list, n), err
}

func (s *Service) takers(ctx context.Context, in *struct {
	InStreak
	rest.Paging
}) (rest.Page[api.StreakStanding], error) {
	return s.Members(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Paging)
}

// OfMember names a streak and a member in a path.
type OfMember struct {
	InStreak
	UserID string `path:"userId" maxLength:"254"`
}

func (s *Service) stand(ctx context.Context, in *OfMember) (api.StreakStanding, error) {
	cid := rest.CallerOf(ctx).CommunityID
	who, err := s.living(ctx, cid, in.UserID)
	if err != nil {
		return api.StreakStanding{}, err
	}
	return s.Stand(ctx, cid, in.ID, who)
}

// DaysSpan names the days of a calendar.
type DaysSpan struct {
	From string `query:"from" doc:"Date; the first of this month when missing"`
	To   string `query:"to" doc:"Date, included; a month after from when missing, 400 days at most"`
}

func (s *Service) days(ctx context.Context, in *struct {
	OfMember
	DaysSpan
}) ([]api.StreakDay, error) {
	cid := rest.CallerOf(ctx).CommunityID
	who, err := s.living(ctx, cid, in.UserID)
	if err != nil {
		return nil, err
	}
	return s.Days(ctx, cid, in.ID, who, in.From, in.To)
}

func (s *Service) edit(ctx context.Context, in *struct {
	OfMember
	Body api.StreakEdit
}) (api.StreakStanding, error) {
	return s.Edit(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.UserID, in.Body)
}

// caller is the member who asks.
func (s *Service) caller(ctx context.Context) (string, member.Ref, error) {
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, c.CommunityID, c.MemberID)
	return c.CommunityID, who, err
}

func (s *Service) own(ctx context.Context, _ *struct{}) ([]api.StreakStanding, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return nil, err
	}
	return s.Own(ctx, cid, who)
}

func (s *Service) ownDays(ctx context.Context, in *struct {
	InStreak
	DaysSpan
}) ([]api.StreakDay, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return nil, err
	}
	return s.Days(ctx, cid, in.ID, who, in.From, in.To)
}

type purchase struct {
	InStreak
	Body api.StreakPurchase
}

func (s *Service) buy(ctx context.Context, in *purchase) (api.StreakStanding, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.StreakStanding{}, err
	}
	return s.BuyFreeze(ctx, cid, in.ID, who, in.Body)
}

func (s *Service) repair(ctx context.Context, in *purchase) (api.StreakStanding, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.StreakStanding{}, err
	}
	return s.Repair(ctx, cid, in.ID, who, in.Body)
}
