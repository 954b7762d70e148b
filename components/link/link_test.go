package link

import "testing"

func TestIDsAreEscaped(t *testing.T) {
	for got, want := range map[string]string{
		Member("../x?y"):             "/portal/members/..%2Fx%3Fy",
		BoardDo("a b", "edit"):       "/portal/leaderboards/a%20b/edit",
		PublicBoard("n/w", "autumn"): "/c/n%2Fw/autumn",
		MeSessionDo("1"):             "/me/sessions/1/revoke",
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
