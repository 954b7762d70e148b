package e2e_test

import (
	"fmt"
	"strings"
	"sync/atomic"
	"testing"
	"time"

	"laurel/api"
	"laurel/portaltest/browser"
)

// embedding is a board of twelve members of the test's own, a widget on it, the
// access key for it, and the partner's site that may show it.
type embedding struct {
	api.Widget
	s       site
	partner *partner
	board   api.Leaderboard
	crowd   []api.User // the best first
	key     api.AccessKey
}

// embeddings numbers the members that tests make.
var embeddings atomic.Int64

func (s site) newWidget(t *testing.T, public bool) *embedding {
	t.Helper()
	e := &embedding{s: s, partner: newPartner(t)}
	n := embeddings.Add(1)
	var ids []string
	for i := range 12 {
		name := fmt.Sprintf("crowd-%d-%d-%t", n, i, s.remote)
		user, err := s.api.Users().Create(t.Context(), api.NewUser{Username: name, Email: name + "@example.com", DisplayName: fmt.Sprintf("Trader %d", i+1)})
		if err != nil {
			t.Fatal(err)
		}
		e.crowd, ids = append(e.crowd, user), append(ids, user.ID)
		e.add(t, i, int64(120-10*i))
	}
	e.board = s.newBoard(t, fmt.Sprintf("Harbour league %d", n))
	var err error
	if e.board, err = s.api.Leaderboards().Update(t.Context(), e.board.ID, api.LeaderboardInput{AllowedUsersToRank: &ids}); err != nil {
		t.Fatal(err)
	}
	origins := []string{e.partner.origin}
	e.Widget, err = s.api.Widgets().Create(t.Context(), api.WidgetInput{Name: &e.board.Name, Kind: ptr("leaderboard"), TargetID: &e.board.ID,
		IsPublic: &public, AllowedOrigins: &origins})
	if err != nil {
		t.Fatal(err)
	}
	if e.key, err = s.api.Widgets().CreateAccessKey(t.Context(), api.AccessKeyInput{Name: &e.board.Name, AllowedOrigins: &origins}); err != nil {
		t.Fatal(err)
	}
	return e
}

// add gives a member of the crowd XP that count.
func (e *embedding) add(t *testing.T, i int, xp int64) {
	t.Helper()
	if _, err := e.s.api.Users().Adjust(t.Context(), e.crowd[i].ID, api.Adjustment{Unit: api.UnitXP, Op: "add", Amount: xp, Reason: "browser test", Counts: true}); err != nil {
		t.Fatal(err)
	}
}

// token is what the partner's server gets for a member of the crowd.
func (e *embedding) token(t *testing.T, i int) string {
	t.Helper()
	got, err := e.s.api.Anonymous().Widgets().Token(t.Context(), e.request(i))
	if err != nil {
		t.Fatal(err)
	}
	return got.EmbedToken
}

func (e *embedding) request(i int) api.EmbedTokenRequest {
	return api.EmbedTokenRequest{
		AccessID: e.key.AccessID, AccessKey: e.key.AccessKey, WidgetID: e.ID, Origin: e.partner.origin,
		UserIdentifiers: map[string]string{"data-email": e.crowd[i].Email},
	}
}

func (e *embedding) path() string { return "/embed/leaderboard/" + e.ID }

// element is the custom element as the snippet has it, with more attributes.
func (e *embedding) element(attributes string) string {
	return fmt.Sprintf(`<laurel-leaderboard id="widget" widget="%s" %s></laurel-leaderboard>`, e.ID, attributes)
}

// recorder notes the events of the element in told.
const recorder = `window.told = []; window.shift = 0;
for (const type of ["ready", "resize", "error", "token-request", "navigate", "event"])
	addEventListener("laurel:" + type, (e) => told.push(type + (e.detail?.code ? " " + e.detail.code : "")));
new PerformanceObserver((list) => list.getEntries().forEach((e) => { shift += e.value; })).observe({ type: "layout-shift", buffered: true });`

// page is a partner's page around body.
func (e *embedding) page(body string) partnerPage {
	return partnerPage{head: `<script>` + recorder + `</script><script type="module" src="` + e.s.URL + `/embed.js"></script>`, body: body}
}

// on opens the partner's page with body.
func (e *embedding) on(t *testing.T, body string, o browser.Options) *browser.Page {
	t.Helper()
	return browser.New(t, o).Open(e.partner.shows(e.page(body)))
}

func (e *embedding) frame(p *browser.Page) browser.Scope { return p.FrameAt(e.path()) }

func (e *embedding) wantShown(p *browser.Page) {
	e.frame(p).Find("h1").WantContains(e.board.Name)
	e.frame(p).Find(".lb-podium").WantContains("Trader 1")
	e.frame(p).Find(".lb-table tbody tr").Nth(0).WantVisible()
}

// told are the element's events so far.
func told(p *browser.Page) string { return fmt.Sprint(p.Eval(`told.join(", ")`)) }

func testPublicWidget(t *testing.T, s site) {
	e := s.newWidget(t, true)
	p := e.on(t, e.element(""), browser.Options{})
	e.wantShown(p)
	p.WantEval(`told.includes("ready")`)
	if got := told(p); !strings.HasPrefix(got, "resize, ") || strings.Contains(got, "error") {
		t.Errorf("the element told %s, want the height first and no error", got)
	}
	t.Run("follows", func(t *testing.T) { e.wantFollows(t, p) })
	t.Run("switched off", func(t *testing.T) {
		if _, err := s.api.Widgets().Update(t.Context(), e.ID, api.WidgetInput{IsEnabled: ptr(false)}); err != nil {
			t.Fatal(err)
		}
		e.frame(p).Role("alert", "").WantVisible()
		p.WantEval(`told.includes("error widget_gone")`)
	})
}

// wantFollows posts an activity, as curl would, and wants the open widget to
// show it within a second of the reply. Both clocks are this machine's.
func (e *embedding) wantFollows(t *testing.T, p *browser.Page) {
	t.Helper()
	last := len(e.crowd) - 1
	e.add(t, last, 99) // 109: on the podium, behind 120 and 110
	e.frame(p).Find("[data-part=podium]").WantContains("Trader 12")
	frame := e.frame(p).Find("#laurel")
	if _, err := frame.Raw.Evaluate(`(main) => {
		const podium = () => main.querySelector("[data-part=podium]")?.textContent;
		const before = podium();
		new MutationObserver((_, self) => {
			if (podium() !== before) window.changedAt ??= performance.timeOrigin + performance.now();
		}).observe(main, { subtree: true, childList: true, characterData: true });
	}`, nil); err != nil {
		t.Fatal(err)
	}
	award, err := e.s.api.Gamification().Record(t.Context(), api.Activity{User: e.crowd[last].ID, Action: "analysis"}) // brings no badge, which would pay as well
	replied := time.Now()
	if err != nil || award.XP == 0 {
		t.Fatalf("the activity brought %d XP (%s): %v", award.XP, award.Status, err)
	}
	e.frame(p).Find("[data-part=podium]").WantContains(fmt.Sprint(109 + award.XP))
	at, err := frame.Raw.Evaluate(`() => Math.round(window.changedAt)`, nil)
	if err != nil {
		t.Fatal(err)
	}
	var changed int64
	if _, err := fmt.Sscan(fmt.Sprint(at), &changed); err != nil {
		t.Fatalf("the change is noted at %v: %v", at, err)
	}
	if took := time.UnixMilli(changed).Sub(replied); took > time.Second {
		t.Errorf("the widget showed the change %v after the reply, want 1 s at most", took)
	}
}

func testMemberWidget(t *testing.T, s site) {
	e := s.newWidget(t, false)
	p := e.on(t, e.element(`token="`+e.token(t, 11)+`"`), browser.Options{})
	e.wantShown(p)
	e.frame(p).Find("[data-me]").WantContains("Trader 12")
	p.WantEval(`told.includes("ready")`)
	t.Run("follows own rank", func(t *testing.T) {
		e.add(t, 11, 75)
		e.frame(p).Find("[data-me]").WantAttribute("data-rank", "5")
		e.frame(p).Find(".laurel-said").WantContains("5")
	})
	t.Run("asks the page for a token", func(t *testing.T) {
		p := e.on(t, e.element("eager")+`<script>document.getElementById("widget").token = async () => "`+e.token(t, 10)+`"</script>`, browser.Options{})
		e.frame(p).Find("[data-me]").WantContains("Trader 11")
	})
	t.Run("ticket", func(t *testing.T) {
		ticket, err := s.api.Anonymous().Widgets().Ticket(t.Context(), e.request(9))
		if err != nil {
			t.Fatal(err)
		}
		if !strings.HasPrefix(ticket.URL, s.URL+"/embed/") {
			t.Errorf("the ticket leads to %s, want an address of %s", ticket.URL, s.URL)
		}
		body := `<iframe src="` + ticket.URL + `" title="Rank" width="400" height="700"></iframe>`
		p := e.on(t, body, browser.Options{NoScript: true})
		e.frame(p).Find("[data-me]").WantContains("Trader 10")
		again := browser.New(t, browser.Options{}).Open(e.partner.origin + "/")
		e.frame(again).Find("[data-error=embed_replayed]").WantVisible()
	})
}
