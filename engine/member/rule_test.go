package member

import (
	"strings"
	"testing"
	"time"

	"laurel/api"
)

func TestWaitGrowsAndEnds(t *testing.T) {
	want := map[int64]time.Duration{
		0: 0, 4: 0, 5: 10 * time.Second, 6: 20 * time.Second, 7: 40 * time.Second, 10: 320 * time.Second,
		11: 10 * time.Minute, 12: 10 * time.Minute, 1 << 60: 10 * time.Minute,
	}
	for n, d := range want {
		if got := wait(n); got != d {
			t.Errorf("after %d failures: got %s, want %s", n, got, d)
		}
	}
}

func TestFailuresAreForgotten(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	for _, c := range []struct {
		name string
		f    failures
		n    int64
		left time.Duration
	}{
		{"first", failures{}, 1, 0},
		{"second", failures{1, now.Add(-time.Minute)}, 2, 0},
		{"too soon", failures{5, now.Add(-3 * time.Second)}, 5, 7 * time.Second},
		{"waited", failures{5, now.Add(-10 * time.Second)}, 6, 0},
		{"quiet since", failures{40, now.Add(-15 * time.Minute)}, 1, 0},
	} {
		if got, left := c.f.next(now); got.n != c.n || left != c.left {
			t.Errorf("%s: got %d and %s, want %d and %s", c.name, got.n, left, c.n, c.left)
		}
	}
}

func TestReferencesNameOneThing(t *testing.T) {
	for ref, want := range map[string]string{
		"0123456789abcdef01234567": "id 0123456789abcdef01234567", " 42 ": "no 42", "007": "no 7", "Ada": "username_key ada",
		"ＡＤＡ": "username_key ada", "STRASSE": "username_key strasse", "straße": "username_key strasse",
		"Ada@Example.COM": "email_key ada@example.com", "": "username_key ", strings.Repeat("9", 19): "username_key " + strings.Repeat("9", 19),
		strings.Repeat("x", 255): " ", "a\x00b\xff": "username_key ab",
	} {
		column, key := refKey(ref)
		if got := column + " " + key; got != want {
			t.Errorf("%q: got %q, want %q", ref, got, want)
		}
	}
}

func TestUsernames(t *testing.T) {
	for name, ok := range map[string]bool{
		"ada": true, "Ada_L.1-x": true, "阿达": true, "عادة": true, "Grá": true, "a1": true,
		"a": false, "12": false, "a b": false, "a@b": false, "a\tb": false, "<b>": false, "0123456789abcdef01234567": false,
		strings.Repeat("a", 51): false, "a\u202eb": false, "😀😀": false,
	} {
		if err := checkUsername("username", name); (err == nil) != ok {
			t.Errorf("%q: got %v, want allowed %v", name, err, ok)
		}
	}
}

func TestCanonicalValues(t *testing.T) {
	for _, c := range []struct {
		kind, want string
		value      any
	}{
		{"number", "12", 12.0}, {"numerical", "-0.5", "-0.5"}, {"number", "9000000000000000", 9e15}, {"number", "", "NaN"}, {"number", "", true},
		{"boolean", "true", true}, {"boolean", "false", "false"}, {"boolean", "", 1.0},
		{"date", "2026-05-31", "2026-05-31"}, {"date", "2026-05-31T10:00:00Z", "2026-05-31T12:00:00+02:00"}, {"date", "", "2026-02-30"},
		{"text", "a\nb", " a\nb "}, {"multi-line-text", "", []any{}}, {"single-line-text", "", "a\nb"},
	} {
		f := fieldRow{UserField: api.UserField{Type: c.kind}}
		if got, problem := f.canonical(c.value); got != c.want && problem == "" || (problem == "") != (c.want != "") {
			t.Errorf("%s %v: got %q, %q, want %q", c.kind, c.value, got, problem, c.want)
		}
	}
}

func TestFieldKeys(t *testing.T) {
	for _, c := range []struct{ field, name, want string }{
		{"Account no", "x", "Account-no"}, {"", "Lots  Traded", "lots-traded"}, {"  ", "Ä b", "ä-b"}, {"", strings.Repeat("x", 60), strings.Repeat("x", 50)},
	} {
		if got := fieldKey(c.field, c.name); got != c.want {
			t.Errorf("got %q, want %q", got, c.want)
		}
	}
}

func TestTheCacheDropsWhatWasReadBeforeAChange(t *testing.T) {
	c := newRefCache("sqlite", time.Now)
	age := c.age()
	c.forget("c", "id")
	c.keep(age, "c", "c/no/1", Ref{ID: "id", No: 1})
	if _, ok := c.find("c/no/1"); ok {
		t.Error("kept what was read before the change")
	}
	c.keep(c.age(), "c", "c/no/1", Ref{ID: "id", No: 1})
	c.keep(c.age(), "c", "c/id/id", Ref{ID: "id", No: 1})
	c.forget("c", "id")
	c.keep(c.age(), "c", "c/id/id", Ref{ID: "id", No: 1, Username: "new"})
	if _, ok := c.find("c/no/1"); ok {
		t.Error("an old key came back to life")
	}
	for i := range maxRefs + 10 {
		c.keep(c.age(), "c", "c/"+string(rune(i)), Ref{ID: "x"})
	}
	if n := len(c.byKey); n > maxRefs {
		t.Errorf("holds %d keys", n)
	}
}

func TestTheCacheBelievesOtherNodesShortly(t *testing.T) {
	now := time.Date(2026, 1, 1, 12, 0, 0, 0, time.UTC)
	c := newRefCache("postgres", func() time.Time { return now })
	c.keep(c.age(), "c", "k", Ref{ID: "x"})
	now = now.Add(otherNodes)
	if _, ok := c.find("k"); !ok {
		t.Error("forgotten too early")
	}
	now = now.Add(time.Millisecond)
	if _, ok := c.find("k"); ok {
		t.Error("believed too long")
	}
}
