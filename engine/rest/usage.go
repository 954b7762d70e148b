package rest

import (
	"context"
	"fmt"
	"strings"
	"sync"

	"laurel/engine/db"
)

// usage remembers when keys were last used, to write it down now and then
// instead of on every request.
type usage struct {
	mu   sync.Mutex
	seen map[string]int64
}

func (u *usage) mark(key string, at int64) {
	u.mu.Lock()
	u.seen[key] = at
	u.mu.Unlock()
}

func (u *usage) take() map[string]int64 {
	u.mu.Lock()
	defer u.mu.Unlock()
	seen := u.seen
	u.seen = map[string]int64{}
	return seen
}

// FlushUsage writes down when keys were last used. Called every half minute
// and at shutdown.
func (k *Kit) FlushUsage(ctx context.Context) error {
	seen := k.used.take()
	if len(seen) == 0 {
		return nil
	}
	return k.cfg.DB.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for key, at := range seen {
			community, id, _ := strings.Cut(key, "/")
			if _, err := tx.Exec(ctx, `UPDATE api_keys SET last_used_at = $1 WHERE community_id = $2 AND id = $3`, at, community, id); err != nil {
				return fmt.Errorf("note use of key: %w", err)
			}
		}
		return nil
	})
}
