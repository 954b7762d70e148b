package streak

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
)

// rollAtOnce is how many members one transaction rolls over.
const rollAtOnce = 1000

// Roll writes down what time alone has changed: days off that were used and
// streaks that broke. Readers do not wait for it, they work it out themselves.
func (s *Service) Roll(ctx context.Context) error {
	for ctx.Err() == nil {
		due, err := selectDue(ctx, s.k.DB().Read(), s.k.Now(), rollAtOnce)
		if err != nil {
			return err
		}
		for _, part := range byStreak(due) {
			if err := s.roll(ctx, part); err != nil {
				return err
			}
		}
		if len(due) < rollAtOnce {
			return nil
		}
	}
	return ctx.Err()
}

// byStreak parts a list by streak.
func byStreak(due []dueSeat) [][]dueSeat {
	at := map[[2]string]int{}
	var out [][]dueSeat
	for _, d := range due {
		key := [2]string{d.communityID, d.streakID}
		i, ok := at[key]
		if !ok {
			i = len(out)
			at[key], out = i, append(out, nil)
		}
		out[i] = append(out[i], d)
	}
	return out
}

// roll brings some members of one streak to the present.
func (s *Service) roll(ctx context.Context, due []dueSeat) error {
	ids := make([]string, len(due))
	for i, d := range due {
		ids[i] = d.memberID
	}
	return s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := lock(ctx, tx, due[0].communityID); err != nil {
			return err
		}
		st, err := one(ctx, tx, due[0].communityID, due[0].streakID)
		if err != nil {
			return s.drop(ctx, tx, due, err)
		}
		w, err := s.open(ctx, tx, st, ids)
		if err != nil {
			return err
		}
		for _, sit := range w.seats {
			w.advance(sit, s.k.Now())
			w.note(sit, nil, true) // its deadline is another, or none
		}
		if err := s.tellBreaks(ctx, tx, w); err != nil {
			return err
		}
		return w.store(ctx, s.k.Now())
	})
}

// worthTelling is how long a streak must have been for its end to be told.
const worthTelling = 3

// tellBreaks tells whose streak has just broken.
func (s *Service) tellBreaks(ctx context.Context, tx *db.Tx, w *work) error {
	if s.Notify == nil {
		return nil
	}
	for _, d := range w.done {
		if d.status != api.StreakMissed || d.count < worthTelling || d.day < s.k.Now().Add(-2*lately).Format(time.DateOnly) {
			continue
		}
		n := api.Notification{Kind: api.NoticeStreak, Title: fmt.Sprintf("%s broke after %d", w.st.Name, d.count), Link: "/streaks"}
		if w.st.now().Repair.Hours > 0 {
			n.Text = "It can still be saved."
		}
		if err := s.Notify(ctx, tx, w.st.CommunityID, d.memberID, n); err != nil {
			return err
		}
	}
	return nil
}

// Warn tells members whose streak ends soon, each once for a deadline.
func (s *Service) Warn(ctx context.Context) error {
	if s.NotifyAll == nil {
		return nil
	}
	all, err := s.communities.All(ctx)
	for _, c := range all {
		list, readErr := selectStreaks(ctx, s.k.DB().Read(), c.ID)
		if readErr != nil {
			return readErr
		}
		for _, st := range list {
			for more := *st.IsEnabled && *st.RiskHours > 0; more && err == nil && ctx.Err() == nil; {
				more, err = s.warn(ctx, st)
			}
		}
	}
	return err
}

// warn tells some members of one streak.
func (s *Service) warn(ctx context.Context, st *streak) (more bool, err error) {
	now := s.k.Now()
	soon := now.Add(time.Duration(*st.RiskHours) * time.Hour)
	if some, err := anyRisk(ctx, s.k.DB().Read(), st, now, soon); err != nil || !some {
		return false, err
	}
	n := api.Notification{Kind: api.NoticeStreak, Title: st.Name + " ends soon", Text: "Do it today and keep your streak.", Link: "/streaks"}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		ids, err := tellRisk(ctx, tx, st, now, soon, rollAtOnce)
		if more = len(ids) == rollAtOnce; err != nil || len(ids) == 0 {
			return err
		}
		return s.NotifyAll(ctx, tx, st.CommunityID, ids, n)
	})
	return more, err
}

// drop lets the seats of a streak that is gone rest; Purge takes them.
func (s *Service) drop(ctx context.Context, tx *db.Tx, due []dueSeat, why error) error {
	if why != errStreak { //nolint:errorlint // the very one
		return why
	}
	_, err := tx.Exec(ctx, `UPDATE streak_members SET due_at = 0 WHERE community_id = $1 AND streak_id = $2`, due[0].communityID, due[0].streakID)
	return err
}
