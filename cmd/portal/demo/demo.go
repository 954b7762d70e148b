// Package demo makes a community that looks alive: members from many
// countries, three months of activity made through the engine's own rules,
// boards of every period, widgets, keys, and a partner's site to embed them in.
package demo

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"log/slog"
	"math/rand/v2"
	"path/filepath"
	"runtime/debug"
	"time"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine"
	"laurel/engine/community"
	"laurel/engine/member"
)

// Size of the demo community.
const (
	members = 2000
	days    = 90
)

// Config says where the demo lives.
type Config struct {
	Engine  *engine.Engine
	Data    string // folder where the credentials are kept between starts
	URL     string // the portal's public address
	HostURL string // the partner's site
	Now     time.Time
	Log     *slog.Logger
}

// Demo is a prepared demo community.
type Demo struct {
	Credentials Credentials
	engine      *engine.Engine
	community   string
	log         *slog.Logger
}

// Prepare makes the community, or goes on with the one that an earlier start
// left in the data folder.
func Prepare(ctx context.Context, c Config) (*Demo, error) {
	d := &Demo{engine: c.Engine, log: c.Log}
	kept := filepath.Join(c.Data, "demo.json")
	cred, err := Load(kept)
	if err == nil {
		_, err = c.Engine.Communities.ByID(ctx, cred.CommunityID)
	}
	if errors.Is(err, fs.ErrNotExist) || api.IsKind(err, api.NotFound) {
		cred, err = d.make(ctx, c)
		debug.FreeOSMemory() // three months lived in seconds leave much behind that an idle demo does not need
	}
	if err != nil {
		return nil, fmt.Errorf("demo: %w", err)
	}
	d.community = cred.CommunityID
	if cred.HostURL != "" && cred.HostURL != c.HostURL {
		err = rehome(ctx, apiclient.InProcess(c.Engine), cred, c.HostURL)
	}
	cred.URL, cred.HostURL = c.URL, c.HostURL
	d.Credentials = cred
	return d, errors.Join(err, cred.Save(kept))
}

// Adopt lets a portal at another address show the demo that lives behind
// client, with a partner's site of its own.
func Adopt(ctx context.Context, cred Credentials, client *apiclient.Client, url, hostURL string) (Credentials, error) {
	if err := rehome(ctx, client, cred, hostURL); err != nil {
		return cred, fmt.Errorf("take up the demo: %w", err)
	}
	cred.URL, cred.HostURL = url, hostURL
	return cred, nil
}

// Trickle lets the community go on living until ctx ends.
func (d *Demo) Trickle(ctx context.Context) error {
	var who []member.Ref
	err := d.engine.Members.Each(ctx, d.community, func(c member.Card) error {
		if !c.Deleted && !c.IsDummy && c.Role == api.RoleMember {
			who = append(who, member.Ref{ID: c.ID, No: c.No, Role: c.Role})
		}
		return nil
	})
	if err != nil || len(who) == 0 {
		return err
	}
	go d.trickle(ctx, who)
	return nil
}

// FastForward lives through more days at once, ending now: the history moves
// on for demos that have stood still.
func (d *Demo) FastForward(ctx context.Context, c Config, more int) error {
	var who []member.Ref
	err := d.engine.Members.Each(ctx, d.community, func(card member.Card) error {
		if !card.Deleted {
			who = append(who, member.Ref{ID: card.ID, No: card.No, Role: card.Role})
		}
		return nil
	})
	if err != nil {
		return err
	}
	return d.live(ctx, rand.New(rand.NewPCG(uint64(more), 7)), who, make([]int, len(who)), more, c.Now) //nolint:gosec // a show
}

// make builds everything; r is seeded, so that every demo is the same.
func (d *Demo) make(ctx context.Context, c Config) (Credentials, error) {
	r := rand.New(rand.NewPCG(20, 26)) //nolint:gosec // the same community each time is the point
	home, secrets, err := d.engine.Communities.Create(ctx, community.Draft{
		Name: "Northwind Traders", URI: "northwind", Timezone: "Europe/Lisbon", Description: "Traders who learn from each other, and compete a little.",
	})
	if err != nil {
		return Credentials{}, err
	}
	d.community = home.ID
	cred := Credentials{CommunityID: home.ID, CommunitySlug: home.URI, SystemKey: secrets.SystemKey, SecureAuthKey: secrets.SecureAuthKey, WidgetAPIKey: secrets.WidgetKey}
	joined := arrivals(r, members, days)
	seeds := crowd(r, members)
	for i := range seeds {
		seeds[i].CreatedAt = c.Now.AddDate(0, 0, joined[i]-days)
		seeds[i].LastLogin = c.Now.Add(-time.Duration(r.IntN(72)) * time.Hour)
	}
	if err := d.fields(ctx, seeds); err != nil {
		return cred, err
	}
	who, err := d.engine.Members.CreateMany(member.WithSource(ctx, "demo"), home.ID, seeds)
	if err != nil {
		return cred, err
	}
	if err := d.team(ctx, &cred, who, joined); err != nil {
		return cred, err
	}
	prizes, err := d.badges(ctx)
	if err != nil {
		return cred, err
	}
	if err := d.streaks(ctx, c.Now.AddDate(0, 0, -days).Format(time.DateOnly)); err != nil {
		return cred, err
	}
	if err := d.live(ctx, r, who, joined, days, c.Now); err != nil {
		return cred, err
	}
	if err := d.orders(ctx, who, c.Now); err != nil {
		return cred, err
	}
	if err := d.wishes(ctx, prizes, who); err != nil {
		return cred, err
	}
	if err := d.boards(ctx, &cred, c); err != nil {
		return cred, err
	}
	if err := d.today(ctx, &cred); err != nil {
		return cred, err
	}
	if err := d.segments(ctx); err != nil {
		return cred, err
	}
	if err := d.keys(ctx, &cred, c); err != nil {
		return cred, err
	}
	if err := d.places(ctx, &cred, who); err != nil {
		return cred, err
	}
	if err := d.grow(ctx, &cred, who, joined, c.Now); err != nil {
		return cred, err
	}
	return cred, d.talk(ctx, &cred, who, c.Now)
}
