package ledger

import (
	"context"
	"fmt"

	"laurel/engine/db"
)

// CountDays fills the table of days for ledgers that were begun before it
// existed. It is called before acts are taken; what it did stays done, so an
// interrupted count goes on at the next start.
func (s *Service) CountDays(ctx context.Context) error {
	ids, err := selectUncounted(ctx, s.k.DB().Read())
	if err != nil {
		return fmt.Errorf("count days: %w", err)
	}
	for _, id := range ids {
		if err := s.countDaysOf(ctx, id); err != nil {
			return fmt.Errorf("count days of %s: %w", id, err)
		}
	}
	return nil
}

func (s *Service) countDaysOf(ctx context.Context, communityID string) error {
	cache := dayCache{zone: s.communities.Zone(ctx, communityID)}
	day := func(micros int64) string { return cache.of(db.FromMicros(micros)) }
	for after := ""; ; {
		var ids []string
		err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			var today map[string]string
			var err error
			if ids, today, err = selectHolders(ctx, tx, communityID, after); err != nil {
				return err
			}
			if len(ids) == 0 {
				return markCounted(ctx, tx, communityID)
			}
			counted, err := s.sql.countDays(ctx, tx, communityID, ids, day)
			if err != nil {
				return err
			}
			return s.sql.storeDays(ctx, tx, communityID, ids, today, counted)
		})
		if err != nil || len(ids) == 0 {
			return err
		}
		after = ids[len(ids)-1]
	}
}
