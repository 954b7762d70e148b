package embed_test

import (
	"strings"
	"testing"
	"time"

	"laurel/api"
	"laurel/handlers/embed"
)

func TestPreviewOfMembersWidget(t *testing.T) {
	board := api.Leaderboard{ID: "b1", Name: "Autumn sprint", TimeFilters: []api.Period{api.PeriodWeekly, api.PeriodAllTime}}
	info := api.PublicWidget{Widget: api.Widget{ID: "w1", Kind: "leaderboard", AllowedOrigins: []string{"https://partner.example"}}, Board: board}
	p := embed.NewPreview(info, "https://club.example", "period=all-time&size=compact&theme=dark", time.Now())
	if got := p.Query().Period; got != api.PeriodAllTime {
		t.Errorf("got rows of period %q, want the one asked for", got)
	}
	rows := api.Standings{Total: 1, Entries: []api.Entry{{Rank: 1, Score: 7, User: api.EntryUser{ID: "m1", DisplayName: "Priya <Banerjee>"}}}}
	html, headers, err := p.Document(t.Context(), rows)
	if err != nil {
		t.Fatal(err)
	}
	for _, part := range []string{"Priya &lt;Banerjee&gt;", `data-theme="dark"`, `"https://club.example`} {
		if !strings.Contains(string(html)+strings.ReplaceAll(string(html), "&#34;", `"`), part) {
			t.Errorf("the page lacks %s", part)
		}
	}
	if strings.Contains(string(html), "/embed/leaderboard/w1/live") {
		t.Error("the preview listens to a stream that it has no session for")
	}
	policy := headers.Get("Content-Security-Policy")
	if !strings.Contains(policy, "frame-ancestors 'self';") && !strings.HasSuffix(policy, "frame-ancestors 'self'") {
		t.Errorf("others may frame the preview: %s", policy)
	}
}
