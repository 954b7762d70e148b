// Package streak keeps habits: what is to be done in every period, how long
// members have kept it up, and what that brings them. Days are those of a
// zone, through clock changes and journeys; what time alone changes is worked
// out whenever somebody looks.
package streak

import (
	"context"
	"encoding/json"
	"time"

	"laurel/api"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Service is the streak noun. Make it with New, set the hooks, call Routes; it
// is safe for concurrent use afterwards.
type Service struct {
	k           *rest.Kit
	communities *community.Service
	members     *member.Service
	ledger      *ledger.Service
	sql         *db.Sets

	// GiveBadge notes that a member earned a badge, and tells what that pays.
	GiveBadge func(ctx context.Context, tx *db.Tx, communityID, badgeID string, who member.Ref) ([]ledger.Posting, error)
	// BadgeGiven is called once it is durable.
	BadgeGiven func(communityID string, who member.Ref)
	// HasBadge returns NotFound unless the community has the badge.
	HasBadge func(ctx context.Context, communityID, badgeID string) error
	// Notify and NotifyAll tell members what happened, within the transaction. May be nil.
	Notify    func(ctx context.Context, tx *db.Tx, communityID, memberID string, n api.Notification) error
	NotifyAll func(ctx context.Context, tx *db.Tx, communityID string, memberIDs []string, n api.Notification) error
	// GiveSpins adds spins of the wheel.
	GiveSpins func(ctx context.Context, tx *db.Tx, communityID, memberID string, n int64) error
}

// New makes the service.
func New(k *rest.Kit, communities *community.Service, members *member.Service, l *ledger.Service) *Service {
	return &Service{k: k, communities: communities, members: members, ledger: l, sql: db.NewSets(k.DB().Dialect())}
}

// maxStreaks is how many streaks a community can have.
const maxStreaks = 50

// streak is a streak with all versions of its rules, the newest last.
type streak struct {
	api.Streak
	versions []*rules
}

func (st *streak) now() *rules { return st.versions[len(st.versions)-1] }

var (
	errStreak    = api.NewError(api.NotFound, "streak_not_found", "There is no streak of that id.")
	errUser      = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that id, name or address.")
	errMeanwhile = api.NewError(api.Conflict, "changed_meanwhile", "Somebody else has changed the streak meanwhile. Load it again.")
	errTooMany   = api.NewError(api.Conflict, "too_many_streaks", "A community can have 50 streaks. Delete one first.")
)

// one finds a streak. Errors: NotFound streak_not_found.
func one(ctx context.Context, q db.Querier, communityID, id string) (*streak, error) {
	list, err := selectStreaks(ctx, q, communityID)
	for _, st := range list {
		if st.ID == id {
			return st, err
		}
	}
	if err == nil {
		err = errStreak
	}
	return nil, err
}

// List is the community's streaks in their order.
func (s *Service) List(ctx context.Context, communityID string) ([]api.Streak, error) {
	list, err := selectStreaks(ctx, s.k.DB().Read(), communityID)
	out := make([]api.Streak, len(list))
	for i, st := range list {
		out[i] = st.Streak
	}
	return out, err
}

// Get is one streak. Errors: NotFound.
func (s *Service) Get(ctx context.Context, communityID, id string) (api.Streak, error) {
	st, err := one(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.Streak{}, err
	}
	return st.Streak, nil
}

// Create makes a streak. Errors: Invalid with the field, Conflict
// too_many_streaks.
func (s *Service) Create(ctx context.Context, communityID string, in api.StreakSettings) (api.Streak, error) {
	in, err := s.complete(ctx, communityID, in, s.defaults(ctx, communityID))
	if err != nil {
		return api.Streak{}, err
	}
	now := s.k.Now()
	st := &streak{Streak: api.Streak{ID: api.NewIDAt(now), CommunityID: communityID, StreakSettings: in, V: 1, CreatedAt: api.At(now), UpdatedAt: api.At(now)}}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if list, err := selectStreaks(ctx, tx, communityID); err != nil || len(list) >= maxStreaks {
			return orElse(err, errTooMany)
		}
		if err := insertStreak(ctx, tx, st); err != nil {
			return err
		}
		return s.audit(ctx, tx, "streak.create", communityID, nil, &st.Streak)
	})
	if err != nil {
		return api.Streak{}, err
	}
	return s.Get(ctx, communityID, st.ID)
}

func orElse(err, other error) error {
	if err != nil {
		return err
	}
	return other
}

// complete fills in what settings leave out and checks them. The result shares
// nothing with in and old.
func (s *Service) complete(ctx context.Context, communityID string, in, old api.StreakSettings) (out api.StreakSettings, err error) {
	text, err := json.Marshal(over(in, old))
	if err == nil {
		err = json.Unmarshal(text, &out)
	}
	if out.Milestones == nil {
		out.Milestones = []api.StreakMilestone{}
	}
	if err != nil {
		return out, err
	}
	return out, s.check(ctx, communityID, &out)
}

// Update changes a streak: members keep what they have, judged by the old
// rules up to now. Errors: NotFound, Invalid with the field, Conflict.
func (s *Service) Update(ctx context.Context, communityID, id string, in api.StreakSettings) (api.Streak, error) {
	st, err := one(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.Streak{}, err
	}
	before := st.Streak
	if st.StreakSettings, err = s.complete(ctx, communityID, in, before.StreakSettings); err != nil {
		return api.Streak{}, err
	}
	st.V, st.UpdatedAt = st.V+1, api.At(s.k.Now())
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := lock(ctx, tx, communityID); err != nil {
			return err
		}
		if err := updateStreak(ctx, tx, st); err != nil {
			return err
		}
		if *st.IsEnabled && !*before.IsEnabled {
			if err := rollAll(ctx, tx, communityID, id); err != nil {
				return err
			}
		}
		return s.audit(ctx, tx, "streak.update", communityID, &before, &st.Streak)
	})
	return st.Streak, err
}

// Delete takes a streak away with all that members have in it. Errors: NotFound.
func (s *Service) Delete(ctx context.Context, communityID, id string) error {
	st, err := one(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return err
	}
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := lock(ctx, tx, communityID); err != nil {
			return err
		}
		if _, err := one(ctx, tx, communityID, id); err != nil {
			return err
		}
		if err := deleteStreak(ctx, tx, communityID, id); err != nil {
			return err
		}
		return s.audit(ctx, tx, "streak.delete", communityID, &st.Streak, nil)
	})
}

func (s *Service) audit(ctx context.Context, tx *db.Tx, action, communityID string, before, after *api.Streak) error {
	c := rest.Change{Action: action, TargetType: "streak"}
	if before != nil {
		c.TargetID, c.TargetName, c.Before = before.ID, before.Name, before
	}
	if after != nil {
		c.TargetID, c.TargetName, c.After = after.ID, after.Name, after
	}
	return s.k.Audit(ctx, tx, communityID, c)
}

// Purge deletes the rows of deleted streaks, some at a time.
func (s *Service) Purge(ctx context.Context) error {
	for ctx.Err() == nil {
		communityID, id, err := selectTrash(ctx, s.k.DB().Read())
		if err != nil || id == "" {
			return err
		}
		err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error { return purgeSome(ctx, tx, communityID, id, 500) })
		if err != nil {
			return err
		}
	}
	return ctx.Err()
}

// zones tells in which zone members live a streak.
type zones struct {
	shared *time.Location
	own    map[string]*time.Location
}

func (z zones) of(memberID string) *time.Location {
	if own := z.own[memberID]; own != nil {
		return own
	}
	return z.shared
}

func (s *Service) zones(ctx context.Context, q db.Querier, st *streak, memberIDs []string) (z zones, err error) {
	z.shared = zoneOf(st.Timezone, s.communities.Zone(ctx, st.CommunityID))
	if *st.MemberTimezone {
		z.own, err = s.selectZones(ctx, q, st.CommunityID, memberIDs)
	}
	return z, err
}
