package main

import (
	"context"
	"errors"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/auth"
	"laurel/engine"
	"laurel/engine/community"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

type prepareCmd struct {
	Data        string `required:"" help:"Folder of the database and the deployment's key."`
	DatabaseURL string `name:"database-url" help:"postgres://… to use PostgreSQL."`
	File        string `help:"Where to write what was made; bench.json in the data folder when empty."`
	Members     int    `default:"1000000" help:"How many members."`
	Periods     bool   `help:"Also make a board with every period, which each activity moves as well."`
}

// Run makes the community through the engine's own functions. A folder that
// has one already is left as it is.
func (p prepareCmd) Run(o *console) error {
	if p.File == "" {
		p.File = filepath.Join(p.Data, "bench.json")
	}
	if _, err := os.Stat(p.File); err == nil {
		o.say("%s is there already.", p.File)
		return nil
	}
	if err := os.MkdirAll(p.Data, 0o700); err != nil {
		return err
	}
	start := time.Now()
	d, err := db.Open(o.ctx, db.Config{URL: p.DatabaseURL, Path: filepath.Join(p.Data, "laurel.db")})
	if err != nil {
		return err
	}
	keys, err := auth.LoadOrCreateKey(filepath.Join(p.Data, "laurel.key"))
	if err != nil {
		return errors.Join(err, d.Close())
	}
	e, err := engine.New(engine.Config{DB: d, Keyring: keys, Hasher: auth.NewHasher(auth.DefaultParams(), 1), BaseURL: "http://127.0.0.1:8080"})
	if err != nil {
		return errors.Join(err, d.Close())
	}
	m := &maker{prepareCmd: p, o: o, db: d, e: e, r: rand.New(rand.NewPCG(20, 26))} //nolint:gosec // the same community each time is the point
	err = errors.Join(m.make(), e.Close(context.WithoutCancel(o.ctx)), d.Close())
	if err != nil {
		return err
	}
	o.say("%d members in %v; what was made is in %s.", p.Members, time.Since(start).Round(100*time.Millisecond), p.File)
	return m.t.save(p.File)
}

// maker makes one community.
type maker struct {
	prepareCmd
	o  *console
	db *db.DB
	e  *engine.Engine
	r  *rand.Rand
	t  target
}

func (m *maker) make() error {
	home, secrets, err := m.e.Communities.Create(m.o.ctx, community.Draft{Name: "Benchmark", URI: "benchmark", Timezone: "Europe/Lisbon"})
	if err != nil {
		return err
	}
	m.t = target{CommunityID: home.ID, SystemKey: secrets.SystemKey, Members: m.Members, Origin: "https://partner.example.com"}
	key, err := m.e.Communities.IssueKey(m.o.ctx, home.ID, community.KindCommunity, "", api.NewAPIKey{Name: "bench", Permissions: api.CommunityPermissions()})
	if err != nil {
		return err
	}
	m.t.CommunityKey = key.Key
	for made := 0; made < m.Members; {
		n, err := m.people(made)
		if err != nil {
			return err
		}
		made += n
	}
	if err := m.boards(); err != nil {
		return err
	}
	return m.widget()
}

// group is how many members are made in a transaction.
const group = 10_000

// people makes the next members with their points.
func (m *maker) people(made int) (int, error) {
	seeds := make([]member.Seed, min(group, m.Members-made))
	for i := range seeds {
		n := made + i + 1
		name := fmt.Sprintf("member%07d", n)
		seeds[i] = member.Seed{
			Username: name, Email: name + "@example.com", DisplayName: fmt.Sprintf("Member %d", n), FirstName: "Member",
			Avatar: fmt.Sprintf("https://images.example.com/%d.webp", n), CreatedAt: m.moment(n).Add(-time.Hour),
		}
	}
	refs, err := m.e.Members.CreateMany(m.o.ctx, m.t.CommunityID, seeds)
	if err != nil {
		return 0, err
	}
	if made == 0 {
		m.t.First = refs[0].No
	}
	if last := refs[len(refs)-1].No; last != m.t.First+int64(made+len(refs))-1 {
		return 0, fmt.Errorf("member %d has the number %d", made+len(refs), last)
	}
	return len(refs), m.points(refs, made)
}

// points gives each member an opening balance: most have some hundred XP, a
// few have very much, and many have the same.
func (m *maker) points(refs []member.Ref, made int) error {
	postings := make([]ledger.Posting, len(refs))
	for i, ref := range refs {
		xp := 10 * int64(1+math.Exp(4+1.4*m.r.NormFloat64()))
		postings[i] = ledger.Posting{Member: ref, Action: "message", XP: xp, Counts: true, Source: "system", OccurredAt: m.moment(made + i + 1)}
	}
	var entries []ledger.Entry
	err := m.db.Write(m.o.ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		entries, err = m.e.Ledger.Post(ctx, tx, m.t.CommunityID, postings)
		return err
	})
	if err == nil {
		m.e.Ledger.Committed(m.o.ctx, entries)
	}
	return err
}

// moment spreads the members' acts over the last 90 days, up to an hour ago.
func (m *maker) moment(n int) time.Time {
	const span = 90 * 24 * time.Hour
	return time.Now().Add(-time.Hour - span + time.Duration(float64(span)*float64(n)/float64(m.Members)))
}

func (m *maker) boards() error {
	boards := apiclient.InProcess(m.e).WithSystemKey(m.t.SystemKey).Leaderboards()
	made, err := boards.Create(m.o.ctx, m.board("All time", []api.Period{api.PeriodAllTime}))
	if err != nil {
		return err
	}
	m.t.BoardID = made.ID
	if !m.Periods {
		return nil
	}
	made, err = boards.Create(m.o.ctx, m.board("Every period", api.Periods()))
	m.t.PeriodBoardID = made.ID
	return err
}

func (m *maker) board(name string, filters []api.Period) api.LeaderboardInput {
	by, yes, start := api.RankXP, true, api.At(time.Now().AddDate(-1, 0, 0))
	columns := []api.Column{{Column: "user", Visible: true}, {Column: "level", Visible: true, Order: 1}, {Column: by, Visible: true, Order: 2}}
	return api.LeaderboardInput{
		Name: &name, RankingField: &by, AllowedTimeFilters: &filters, DisplayedColumns: &columns, StartDate: &start, HasNoEndDate: &yes,
		IsEnabled: &yes, Widget: &api.BoardWidget{Enabled: true, WhitelistedDomains: []string{m.t.Origin}, Size: api.WidgetSize{Type: "dynamic"}},
	}
}

func (m *maker) widget() error {
	widgets := apiclient.InProcess(m.e).WithSystemKey(m.t.SystemKey).Widgets()
	name, kind, yes, origins := "Bench", "leaderboard", true, []string{m.t.Origin}
	made, err := widgets.Create(m.o.ctx, api.WidgetInput{
		Name: &name, Kind: &kind, TargetID: &m.t.BoardID, IsPublic: &yes, AllowedOrigins: &origins, Options: &api.WidgetOptions{Rows: 50},
	})
	m.t.WidgetID = made.ID
	return err
}
