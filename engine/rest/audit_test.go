package rest_test

import (
	"context"
	"encoding/json"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
	"laurel/engine/rest"
)

// TestAuditedValuesAreObjects writes changes of every shape: readers of the
// log find a JSON object, or nothing.
func TestAuditedValuesAreObjects(t *testing.T) {
	s := newShop(t, dbtest.Open(t))
	var none *thing
	for name, value := range map[string]any{
		"nothing": nil, "no thing": none, "a thing": thing{Name: "a"}, "things": []thing{{Name: "a"}}, "no things": []thing(nil), "a word": "a",
	} {
		err := s.DB().Write(t.Context(), func(ctx context.Context, tx *db.Tx) error {
			return s.Audit(ctx, tx, "home", rest.Change{Action: "thing.change", TargetType: "thing", TargetName: name, Before: value, After: value})
		})
		if err != nil {
			t.Fatal(err)
		}
		var before, after string
		row := s.DB().Read().QueryRow(t.Context(), `SELECT before, after FROM audit_log WHERE target_name = $1`, name)
		if err := row.Scan(&before, &after); err != nil {
			t.Fatal(err)
		}
		var object map[string]any
		if before != "" && json.Unmarshal([]byte(before), &object) != nil || before != after {
			t.Errorf("%s: got %q and %q", name, before, after)
		}
	}
}
