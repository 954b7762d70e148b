package rest

import (
	"context"
	"encoding/json"
	"fmt"

	"laurel/api"
	"laurel/engine/db"
)

// Change is one administrative act for the audit log. Before and After are
// marshalled to JSON; nil leaves them out. They must hold no secret.
type Change struct {
	Action     string // noun.verb
	TargetType string
	TargetID   string
	TargetName string
	Before     any
	After      any
}

// Audit writes the change into the log in the transaction that made it.
func (k *Kit) Audit(ctx context.Context, tx *db.Tx, communityID string, ch Change) error {
	before, err := auditJSON(ch.Before)
	if err != nil {
		return err
	}
	after, err := auditJSON(ch.After)
	if err != nil {
		return err
	}
	s, now := stateOf(ctx), k.Now()
	kind, id := actor(s.caller)
	_, err = tx.Exec(ctx, `INSERT INTO audit_log (community_id, id, action, target_type, target_id, target_name, actor_type, actor_id,
		actor_name, ip, request_id, before, after, created_at) VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12,$13,$14)`,
		communityID, api.NewIDAt(now), ch.Action, ch.TargetType, ch.TargetID, ch.TargetName, kind, id,
		s.caller.Name, s.ip, s.requestID, before, after, db.Micros(now))
	if err != nil {
		return fmt.Errorf("write audit log: %w", err)
	}
	return nil
}

func actor(c Caller) (kind, id string) {
	switch {
	case c.IsPerson():
		return "user", c.MemberID
	case c.KeyID != "":
		return "key", c.KeyID
	}
	return "system", ""
}

// auditJSON is v as a JSON object, which is what readers of the log expect.
func auditJSON(v any) (string, error) {
	if v == nil {
		return "", nil
	}
	b, err := json.Marshal(v)
	if err != nil {
		return "", fmt.Errorf("audit value: %w", err)
	}
	if b[0] != '{' && string(b) != "null" {
		return `{"value":` + string(b) + `}`, nil
	}
	return string(b), nil
}
