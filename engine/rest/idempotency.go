package rest

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"time"

	"github.com/danielgtaylor/huma/v2"
	"github.com/labstack/echo/v4"

	"laurel/api"
	"laurel/engine/db"
)

const (
	idempotencyLife    = 24 * time.Hour
	idempotencyWait    = time.Minute // how long a request under its key may run
	maxIdempotentBody  = 16 << 20    // larger bodies (many pictures at once) must not use the header
	headerIdempotency  = "Idempotency-Key"
	headerIsReplay     = "Idempotent-Replayed"
	idempotentCallerOf = "%d/%s%s"
)

var (
	errKeyReused  = api.NewError(api.Conflict, "idempotency_key_reused", "The Idempotency-Key was used before with another request.")
	errKeyRunning = &api.Error{Kind: api.Conflict, Code: "idempotency_in_progress", RetryAfter: time.Second, Message: "A request with this Idempotency-Key is still being worked on."}
	errKeyPrivate = api.NewError(api.Conflict, "idempotency_reply_withheld", "This request was already carried out; its reply held a secret and is not shown again.")
)

// idempotent makes a write with an Idempotency-Key happen once: the key is
// recorded in the transaction of the write itself, the reply right after it.
func (k *Kit) idempotent(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		key, s := c.Request().Header.Get(headerIdempotency), stateOf(c.Request().Context())
		if key == "" || !isWrite(c.Request().Method) || s.caller.Kind == Anonymous {
			return next(c)
		}
		op, known := k.byRoute[c.Request().Method+c.Path()]
		if !known || op.OwnKeys {
			return next(c)
		}
		if len(key) > 200 {
			return api.InvalidField(headerIdempotency, "must be at most 200 characters")
		}
		record, err := k.recordOf(c, op, key, s.caller)
		if err != nil {
			return err
		}
		return k.once(c, record, next)
	}
}

func isWrite(method string) bool {
	return method != http.MethodGet && method != http.MethodHead && method != http.MethodOptions
}

type idempotencyRecord struct {
	community, caller, key, hash string
}

// recordOf reads the body to tell this request from another under the same key.
func (k *Kit) recordOf(c echo.Context, op Op, key string, caller Caller) (idempotencyRecord, error) {
	r, most := c.Request(), min(op.maxBody(), maxIdempotentBody)
	_ = huma.SetReadDeadline(c.Response(), time.Now().Add(k.bodyTime(op))) // calls within the process have none
	body, err := io.ReadAll(io.LimitReader(r.Body, most+1))
	if err != nil {
		return idempotencyRecord{}, errBodyCut
	}
	if int64(len(body)) > most {
		return idempotencyRecord{}, api.NewError(api.TooLarge, "body_too_large", "The body is too large to be sent with an Idempotency-Key.")
	}
	r.Body = io.NopCloser(bytes.NewReader(body))
	sum := sha256.Sum256(append([]byte(r.Method+" "+r.URL.RequestURI()+"\n"), body...))
	who := fmt.Sprintf(idempotentCallerOf, caller.Kind, caller.KeyID, "")
	if caller.IsPerson() {
		who = "m/" + caller.MemberID
	}
	return idempotencyRecord{caller.CommunityID, who, key, hex.EncodeToString(sum[:])}, nil
}

func (k *Kit) once(c echo.Context, rec idempotencyRecord, next echo.HandlerFunc) error {
	ctx := c.Request().Context()
	known, err := k.replay(c, rec)
	if known || err != nil {
		return err
	}
	wrote := false
	ctx = db.WithTxHook(ctx, func(ctx context.Context, tx *db.Tx) error {
		wrote = true
		return k.claim(ctx, tx, rec)
	})
	c.SetRequest(c.Request().WithContext(ctx))
	copied := &tee{ResponseWriter: c.Response().Writer}
	c.Response().Writer = copied
	err = next(c)
	if db.IsConflict(err) {
		return errKeyRunning
	}
	if err == nil && wrote && c.Response().Status < http.StatusBadRequest { // what failed may be tried again
		return k.keepReply(context.WithoutCancel(ctx), rec, c.Response().Status, copied.body.String())
	}
	return err
}

// replay answers from the record when the key is known.
func (k *Kit) replay(c echo.Context, rec idempotencyRecord) (bool, error) {
	var hash, reply string
	var status int
	var created int64
	row := k.cfg.DB.Read().QueryRow(c.Request().Context(), `SELECT request_hash, status, reply, created_at FROM idempotency
		WHERE community_id = $1 AND caller = $2 AND key = $3`, rec.community, rec.caller, rec.key)
	err := row.Scan(&hash, &status, &reply, &created)
	since := db.Micros(k.Now().Add(-idempotencyLife))
	switch {
	case errors.Is(err, sql.ErrNoRows) || (err == nil && created < since):
		return false, nil
	case err != nil:
		return false, fmt.Errorf("look up idempotency key: %w", err)
	case hash != rec.hash:
		return true, errKeyReused
	case status == 0 && created > db.Micros(k.Now().Add(-idempotencyWait)):
		return true, errKeyRunning
	case status == 0 || reply == "":
		return true, errKeyPrivate
	}
	c.Response().Header().Set(headerIsReplay, "true")
	return true, c.Blob(status, "application/json", []byte(reply))
}

// claim records the key in the transaction of the first write.
func (k *Kit) claim(ctx context.Context, tx *db.Tx, rec idempotencyRecord) error {
	_, err := tx.Exec(ctx, `DELETE FROM idempotency WHERE community_id = $1 AND caller = $2 AND key = $3 AND created_at < $4`,
		rec.community, rec.caller, rec.key, db.Micros(k.Now().Add(-idempotencyLife)))
	if err != nil {
		return fmt.Errorf("drop old idempotency key: %w", err)
	}
	_, err = tx.Exec(ctx, `INSERT INTO idempotency (community_id, caller, key, request_hash, created_at) VALUES ($1,$2,$3,$4,$5)`,
		rec.community, rec.caller, rec.key, rec.hash, db.Micros(k.Now()))
	if db.IsConflict(err) {
		return errKeyRunning
	}
	return err
}

// keepReply stores what was answered, unless it held a secret.
func (k *Kit) keepReply(ctx context.Context, rec idempotencyRecord, status int, reply string) error {
	if stateOf(ctx).private {
		reply = ""
	}
	return k.cfg.DB.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `UPDATE idempotency SET status = $1, reply = $2 WHERE community_id = $3 AND caller = $4 AND key = $5`,
			status, reply, rec.community, rec.caller, rec.key)
		return err
	})
}

// ForgetOldKeys drops idempotency records past their life.
func (k *Kit) ForgetOldKeys(ctx context.Context) error {
	return k.cfg.DB.Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		_, err := tx.Exec(ctx, `DELETE FROM idempotency WHERE created_at < $1`, db.Micros(k.Now().Add(-idempotencyLife)))
		return err
	})
}

// tee keeps a copy of the reply beside sending it.
type tee struct {
	http.ResponseWriter
	body bytes.Buffer
}

// Write sends and keeps the bytes.
func (t *tee) Write(b []byte) (int, error) {
	t.body.Write(b)
	return t.ResponseWriter.Write(b)
}
