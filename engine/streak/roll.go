package streak

import (
	"context"

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
		return w.store(ctx, s.k.Now())
	})
}

// drop lets the seats of a streak that is gone rest; Purge takes them.
func (s *Service) drop(ctx context.Context, tx *db.Tx, due []dueSeat, why error) error {
	if why != errStreak { //nolint:errorlint // the very one
		return why
	}
	_, err := tx.Exec(ctx, `UPDATE streak_members SET due_at = 0 WHERE community_id = $1 AND streak_id = $2`, due[0].communityID, due[0].streakID)
	return err
}
