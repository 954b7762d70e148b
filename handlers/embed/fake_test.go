package embed_test

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"
	"sync"
	"sync/atomic"
	"time"

	"laurel/api"
)

const (
	publicID = "65f0c0ffee65f0c0ffee0001"
	memberID = "65f0c0ffee65f0c0ffee0002"
	boardID  = "65f0c0ffee65f0c0ffee00b0"
	homeID   = "65f0c0ffee65f0c0ffee00c0"
	partner  = "https://partner.example"
	goodTick = "lrl_tk_good"
	goodKey  = "lrl_wa_good"
)

// fake is the API behind the pages, as far as they ask for it.
type fake struct {
	mux      *http.ServeMux
	mu       sync.Mutex
	widgets  map[string]api.Widget
	board    api.Leaderboard
	scores   []int64
	revision int64
	streams  map[chan struct{}]string // open streams by token
	spent    map[string]bool
	sessions map[string]string // token to the code it is refused with
	reports  []api.EmbedReport
	broken   *api.Error
	asked    map[string]int
	opened   atomic.Int64 // streams ever
}

func newFake() *fake {
	f := &fake{
		mux: http.NewServeMux(), revision: 7, scores: []int64{900, 800, 700, 600, 500},
		widgets: map[string]api.Widget{}, streams: map[chan struct{}]string{}, spent: map[string]bool{}, sessions: map[string]string{}, asked: map[string]int{},
		board: api.Leaderboard{
			ID: boardID, CommunityID: homeID, Name: "Autumn sprint", Slug: "autumn", RankBy: api.RankXP, Enabled: true,
			TimeFilters: []api.Period{api.PeriodAllTime, api.PeriodWeekly},
		},
	}
	f.add(api.Widget{ID: publicID, IsPublic: true, AllowedOrigins: []string{partner, "https://*.shop.example"}})
	f.add(api.Widget{ID: memberID, AllowedOrigins: []string{partner, "https://other.example"}})
	f.routes()
	return f
}

func (f *fake) add(w api.Widget) {
	w.Kind, w.TargetID, w.CommunityID, w.IsEnabled, w.Name = "leaderboard", boardID, homeID, true, "On the home page"
	f.widgets[w.ID] = w
}

func (f *fake) routes() {
	f.mux.HandleFunc("GET /v1/public/widgets/{id}", f.public)
	f.mux.HandleFunc("GET /v1/public/boards/{community}/{board}", f.publicBoard)
	f.mux.HandleFunc("GET /v1/public/widgets/{id}/entries", f.entries)
	f.mux.HandleFunc("GET /v1/public/widgets/{id}/stream", f.stream)
	f.mux.HandleFunc("POST /v1/public/widgets/{id}/reports", f.report)
	f.mux.HandleFunc("POST /v2/api/widget-access-keys/session", f.session)
}

func (f *fake) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	f.asked[r.Method+" "+r.URL.Path]++
	broken := f.broken
	f.mu.Unlock()
	if broken != nil && !strings.HasSuffix(r.URL.Path, "/reports") {
		refuse(w, broken)
		return
	}
	f.mux.ServeHTTP(w, r)
}

func refuse(w http.ResponseWriter, e *api.Error) {
	if e.RetryAfter > 0 {
		w.Header().Set("Retry-After", fmt.Sprint(int(e.RetryAfter.Seconds())))
	}
	w.WriteHeader(e.Kind.Status())
	_ = json.NewEncoder(w).Encode(e.Body("api-request"))
}

func give(w http.ResponseWriter, data any) {
	_ = json.NewEncoder(w).Encode(map[string]any{"data": data})
}

var gone = api.NewError(api.NotFound, "widget_gone", "Gone.")

// widget finds a widget that may be shown, and answers when there is none.
func (f *fake) widget(w http.ResponseWriter, id string) (api.Widget, bool) {
	f.mu.Lock()
	found := f.widgets[id]
	f.mu.Unlock()
	if !found.IsEnabled {
		refuse(w, gone)
	}
	return found, found.IsEnabled
}

func (f *fake) public(w http.ResponseWriter, r *http.Request) {
	if found, ok := f.widget(w, r.PathValue("id")); ok {
		give(w, f.described(found))
	}
}

func (f *fake) described(w api.Widget) api.PublicWidget {
	f.mu.Lock()
	defer f.mu.Unlock()
	return api.PublicWidget{Widget: w, Board: f.board, Community: api.Community{ID: homeID, Name: "Northwind", Timezone: "Europe/Lisbon"}}
}

func (f *fake) publicBoard(w http.ResponseWriter, r *http.Request) {
	byURI := r.PathValue("community") == "northwind" && r.PathValue("board") == "autumn"
	byID := r.PathValue("community") == "-" && r.PathValue("board") == boardID
	if !byURI && !byID {
		refuse(w, gone)
		return
	}
	if found, ok := f.widget(w, publicID); ok {
		give(w, f.described(found))
	}
}

// may checks a token, and answers when it is refused.
func (f *fake) may(w http.ResponseWriter, r *http.Request, widget api.Widget) (member, ok bool) {
	token := strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	f.mu.Lock()
	code := f.sessions[token]
	f.mu.Unlock()
	switch {
	case token == goodKey && code == "":
		return true, true
	case token != "":
		if code == "" {
			code = "bad_key"
		}
		refuse(w, api.NewError(api.Unauthenticated, code, "No."))
		return false, false
	case !widget.IsPublic:
		refuse(w, api.NewError(api.Forbidden, "widget_not_public", "No."))
		return false, false
	}
	return false, true
}

func (f *fake) entries(w http.ResponseWriter, r *http.Request) {
	found, ok := f.widget(w, r.PathValue("id"))
	if !ok {
		return
	}
	member, ok := f.may(w, r, found)
	if !ok {
		return
	}
	f.mu.Lock()
	defer f.mu.Unlock()
	s := api.Standings{LeaderboardID: boardID, Period: api.Period(r.URL.Query().Get("period")), Revision: f.revision,
		AsOf: api.At(time.Date(2026, 11, 24, 14, 5, 0, 0, time.UTC)), Total: 200}
	if s.Period == "" {
		s.Period = api.PeriodAllTime
	}
	for i, score := range f.scores {
		s.Entries = append(s.Entries, entry(i+1, score))
	}
	if r.URL.Query().Get("page") == "119" {
		s.Entries = []api.Entry{entry(119, 50)}
	}
	if member {
		me := entry(120, 39)
		me.IsMe, me.User.DisplayName = true, "Priya B."
		s.Me = &me
	}
	give(w, s)
}

func entry(rank int, score int64) api.Entry {
	return api.Entry{Rank: rank, PreviousRank: rank, Score: score, User: api.EntryUser{
		ID: fmt.Sprintf("65f0c0ffee65f0c0ffee%04d", rank), DisplayName: fmt.Sprintf("Member %d", rank)}}
}

func (f *fake) stream(w http.ResponseWriter, r *http.Request) {
	found, ok := f.widget(w, r.PathValue("id"))
	if !ok {
		return
	}
	if _, ok = f.may(w, r, found); !ok {
		return
	}
	f.opened.Add(1)
	c := make(chan struct{}, 1)
	f.mu.Lock()
	f.streams[c] = strings.TrimPrefix(r.Header.Get("Authorization"), "Bearer ")
	f.mu.Unlock()
	defer func() {
		f.mu.Lock()
		delete(f.streams, c)
		f.mu.Unlock()
	}()
	f.follow(w, r, c)
}

func (f *fake) follow(w http.ResponseWriter, r *http.Request, c chan struct{}) {
	for {
		f.mu.Lock()
		revision := f.revision
		f.mu.Unlock()
		if _, err := fmt.Fprintf(w, "event: change\ndata: {\"leaderboardId\":%q,\"revision\":%d}\n\n", boardID, revision); err != nil {
			return
		}
		select {
		case <-r.Context().Done():
			return
		case _, open := <-c:
			if !open {
				return
			}
		}
	}
}

func (f *fake) report(_ http.ResponseWriter, r *http.Request) {
	var in api.EmbedReport
	_ = json.NewDecoder(r.Body).Decode(&in)
	f.mu.Lock()
	defer f.mu.Unlock()
	f.reports = append(f.reports, in)
}

func (f *fake) session(w http.ResponseWriter, r *http.Request) {
	var in api.EmbedSessionRequest
	_ = json.NewDecoder(r.Body).Decode(&in)
	f.mu.Lock()
	defer f.mu.Unlock()
	switch {
	case f.spent[in.Ticket]:
		refuse(w, api.NewError(api.Unauthenticated, "embed_replayed", "No."))
	case in.Ticket != goodTick:
		refuse(w, api.NewError(api.Unauthenticated, "bad_key", "No."))
	default:
		f.spent[in.Ticket] = true
		give(w, api.EmbedSession{AccessToken: goodKey, RefreshToken: "lrl_ws_good", ExpiresIn: 300, SessionExpiresIn: 28800, Origin: partner, Locale: "de"})
	}
}

// score changes the board and tells all streams.
func (f *fake) score(scores ...int64) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.scores = scores
	f.revision++
	for c := range f.streams {
		select {
		case c <- struct{}{}:
		default:
		}
	}
}

// change changes a widget's settings, which ends its streams as in the engine.
func (f *fake) change(id string, fn func(*api.Widget)) {
	f.mu.Lock()
	w := f.widgets[id]
	fn(&w)
	f.widgets[id] = w
	f.mu.Unlock()
	f.cut()
}

// cut ends all streams.
func (f *fake) cut() {
	f.mu.Lock()
	defer f.mu.Unlock()
	for c := range f.streams {
		close(c)
		delete(f.streams, c)
	}
}

func (f *fake) revoke(token, code string) {
	f.mu.Lock()
	f.sessions[token] = code
	f.mu.Unlock()
	f.cut()
}

func (f *fake) fail(e *api.Error) {
	f.mu.Lock()
	f.broken = e
	f.mu.Unlock()
	f.cut()
}

func (f *fake) count(call string) int {
	f.mu.Lock()
	defer f.mu.Unlock()
	return f.asked[call]
}

func (f *fake) reported() []string {
	f.mu.Lock()
	defer f.mu.Unlock()
	var codes []string
	for _, r := range f.reports {
		codes = append(codes, r.Code)
	}
	return codes
}
