package rest

import (
	"context"
	"fmt"
	"net/http"
	"slices"
	"sync"

	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/engine/db"
)

// KeptRequests is how many of a key's newest requests are kept.
const KeptRequests = 200

// usage remembers what keys were used for, to write it down now and then
// instead of on every request. It holds no more than is kept on disk.
type usage struct {
	mu   sync.Mutex
	seen map[usedKey]*used
}

type usedKey struct{ community, key string }

// used is what one key did since it was last written down: a ring of its
// newest requests.
type used struct {
	requests []keyRequest
	next     int // where the ring goes on once it is full
}

// keyRequest is one request with a key.
type keyRequest struct {
	at            int64
	method, route string
	status        int
	ip            string
}

// isKey reports whether the caller came with a stored key.
func (c Caller) isKey() bool {
	return c.Kind == SystemKey || c.Kind == CommunityKey || c.Kind == UserKey
}

// noteUse remembers an answered request of a key.
func (k *Kit) noteUse(c echo.Context, status int) {
	s := stateOf(c.Request().Context())
	if !s.caller.isKey() {
		return
	}
	route := c.Path()
	if route == "" {
		route = http.StatusText(http.StatusNotFound)
	}
	k.used.note(usedKey{s.caller.CommunityID, s.caller.KeyID}, keyRequest{db.Micros(k.Now()), c.Request().Method, route, status, s.ip})
}

func (u *usage) note(key usedKey, r keyRequest) {
	u.mu.Lock()
	defer u.mu.Unlock()
	k := u.seen[key]
	if k == nil {
		k = &used{}
		u.seen[key] = k
	}
	if len(k.requests) < KeptRequests {
		k.requests = append(k.requests, r)
		return
	}
	k.requests[k.next] = r
	k.next = (k.next + 1) % KeptRequests
}

func (u *usage) take() map[usedKey]*used {
	u.mu.Lock()
	defer u.mu.Unlock()
	seen := u.seen
	u.seen = map[usedKey]*used{}
	return seen
}

// FlushUsage writes down when and for what keys were used. Called every half
// minute, at shutdown, and before a key's requests are read.
func (k *Kit) FlushUsage(ctx context.Context) error {
	seen := k.used.take()
	if len(seen) == 0 {
		return nil
	}
	return k.cfg.DB.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		for key, u := range seen {
			if err := k.keepRequests(ctx, tx, key, u); err != nil {
				return fmt.Errorf("note use of key: %w", err)
			}
		}
		return nil
	})
}

const (
	insertRequest = `INSERT INTO key_requests (community_id, key_id, id, method, route, status, ip, at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8)`
	dropRequests  = `DELETE FROM key_requests WHERE community_id = $1 AND key_id = $2 AND at < (SELECT MIN(at) FROM
	(SELECT at FROM key_requests WHERE community_id = $1 AND key_id = $2 ORDER BY at DESC, id DESC LIMIT $3) AS newest)`
)

func (k *Kit) keepRequests(ctx context.Context, tx *db.Tx, key usedKey, u *used) error {
	ordered := slices.Concat(u.requests[u.next:], u.requests[:u.next])
	for _, r := range ordered {
		_, err := tx.Exec(ctx, insertRequest, key.community, key.key, api.NewIDAt(db.FromMicros(r.at)), r.method, r.route, r.status, r.ip, r.at)
		if err != nil {
			return err
		}
	}
	last := ordered[len(ordered)-1]
	if _, err := tx.Exec(ctx, `UPDATE api_keys SET last_used_at = $1, last_ip = $2 WHERE community_id = $3 AND id = $4`,
		last.at, last.ip, key.community, key.key); err != nil {
		return err
	}
	_, err := tx.Exec(ctx, dropRequests, key.community, key.key, KeptRequests)
	return err
}
