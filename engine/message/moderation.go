package message

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"strconv"
	"sync"
	"time"

	"database/sql"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/message/text"
	"laurel/engine/rest"
)

// otherNodes is how long settings are believed where another node may have
// changed them.
const otherNodes = 5 * time.Second

const (
	defaultProfanity = "Please keep it friendly: your message holds a word that is not allowed here."
	defaultBanned    = "Your message holds a word that this community does not allow."
)

// wordRules are a community's settings, ready to be asked.
type wordRules struct {
	settings api.WordSettings
	profane  *text.Filter // nil when off
	banned   *text.Filter
	alert    *text.Filter
	until    time.Time // zero: for good
}

// rules remembers the settings of communities.
type rules struct {
	k    *rest.Kit
	mu   sync.RWMutex
	byID map[string]*wordRules
}

func newRules(k *rest.Kit) *rules { return &rules{k: k, byID: map[string]*wordRules{}} }

func (r *rules) of(ctx context.Context, communityID string) (*wordRules, error) {
	r.mu.RLock()
	known := r.byID[communityID]
	r.mu.RUnlock()
	if known != nil && (known.until.IsZero() || r.k.Now().Before(known.until)) {
		return known, nil
	}
	settings, err := selectSettings(ctx, r.k.DB().Read(), communityID)
	if err != nil {
		return nil, err
	}
	fresh := compile(settings)
	if r.k.DB().Dialect() == db.PostgreSQL {
		fresh.until = r.k.Now().Add(otherNodes)
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.byID[communityID] = fresh
	return fresh, nil
}

func (r *rules) forget(communityID string) {
	r.mu.Lock()
	defer r.mu.Unlock()
	delete(r.byID, communityID)
}

func compile(in api.WordSettings) *wordRules {
	out := &wordRules{settings: in, banned: text.NewFilter(in.Banned.Words), alert: text.NewFilter(in.Alert.Words)}
	if in.Profanity.Enabled {
		out.profane = text.NewFilter(text.Without(text.Profanity(), in.Profanity.Excluded), in.Profanity.Added)
	}
	return out
}

func defaults() api.WordSettings {
	return api.WordSettings{
		Profanity: api.ProfanityFilter{Enabled: true, Warning: defaultProfanity, Excluded: []string{}, Added: []string{}},
		Banned:    api.WordList{Warning: defaultBanned, Words: []string{}},
		Alert:     api.AlertList{Words: []string{}, ChannelIDs: []string{}}, MaxLength: maxLength,
	}
}

func selectSettings(ctx context.Context, q db.Querier, communityID string) (api.WordSettings, error) {
	out := defaults()
	var spec string
	err := q.QueryRow(ctx, `SELECT spec FROM moderation_settings WHERE community_id = $1`, communityID).Scan(&spec)
	if errors.Is(err, sql.ErrNoRows) {
		return out, nil
	}
	if err == nil {
		err = json.Unmarshal([]byte(spec), &out)
	}
	return out, wrap(err, "moderation settings")
}

// screen refuses a text that the community does not allow, and keeps it in the
// moderation log. Errors: Invalid message_blocked with the community's warning.
func (s *Service) screen(ctx context.Context, communityID string, words *wordRules, r row) error {
	if n := words.settings.MaxLength; len(r.Body) > n && len([]rune(r.Body)) > n {
		return api.InvalidField("message", fmt.Sprintf("must be at most %d characters", n))
	}
	code, warning, found := "message_profane", words.settings.Profanity.Warning, words.profane.Find(r.Body)
	if found == "" {
		code, warning, found = "message_banned_word", words.settings.Banned.Warning, words.banned.Find(r.Body)
	}
	if found == "" {
		return nil
	}
	err := s.k.DB().Write(context.WithoutCancel(ctx), func(ctx context.Context, tx *db.Tx) error {
		return s.note(ctx, tx, communityID, "blocked", r, "", found)
	})
	if err != nil {
		return err
	}
	return api.NewError(api.Invalid, code, warning, api.FieldError{Field: "message", Message: "holds a word that is not allowed"})
}

// notices are the alerts that a message with an alert word posts elsewhere.
func (s *Service) notices(ctx context.Context, communityID string, ch Channel, words *wordRules, who member.Ref, r row) ([]row, error) {
	found := words.alert.Find(r.Body)
	if found == "" {
		return nil, nil
	}
	var out []row
	for _, id := range words.settings.Alert.ChannelIDs {
		target, err := s.Gate.Channel(ctx, communityID, id)
		if api.IsKind(err, api.NotFound) {
			continue // the channel is gone
		}
		if err != nil {
			return nil, err
		}
		out = append(out, row{ID: api.NewIDAt(r.CreatedAt), ChannelID: target.ID, Kind: "alert", Mentions: "[]", Images: "[]", CreatedAt: r.CreatedAt,
			doc: s.nextDoc(), Body: fmt.Sprintf("Alert word “%s” by %s in %s: %s", found, who.Username, ch.Name, cut(r.Body, 500))})
	}
	return out, nil
}

func cut(s string, n int) string {
	if r := []rune(s); len(r) > n {
		return string(r[:n]) + "…"
	}
	return s
}

// note writes a line of the moderation log in the transaction of the act.
func (s *Service) note(ctx context.Context, tx *db.Tx, communityID, kind string, r row, after, reason string) error {
	now := s.k.Now()
	id, name := actorName(ctx)
	_, err := tx.Exec(ctx, `INSERT INTO moderation_log (community_id, id, kind, message_id, channel_id, author_id, actor_id, actor_name, before, after, reason, created_at)
		VALUES ($1,$2,$3,$4,$5,$6,$7,$8,$9,$10,$11,$12)`, communityID, api.NewIDAt(now), kind, r.ID, r.ChannelID, r.AuthorID, id, name, r.Body, after, reason, db.Micros(now))
	return wrap(err, "moderation log")
}

// words answers the settings with the built-in list.
func (s *Service) words(ctx context.Context, _ *struct{}) (api.WordSettings, error) {
	out, err := selectSettings(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID)
	out.Profanity.BuiltIn = text.Profanity()
	return out, err
}

type wordsInput struct{ Body api.WordSettings }

// setWords replaces the settings.
func (s *Service) setWords(ctx context.Context, in *wordsInput) (api.WordSettings, error) {
	communityID := rest.CallerOf(ctx).CommunityID
	next := in.Body
	next.Profanity.BuiltIn = nil
	if err := checkWords(&next); err != nil {
		return next, err
	}
	for i, id := range next.Alert.ChannelIDs {
		if _, err := s.Gate.Channel(ctx, communityID, id); err != nil {
			return next, api.InvalidField("alert.channelIds["+strconv.Itoa(i)+"]", "is no channel of this community")
		}
	}
	before, err := selectSettings(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return next, err
	}
	spec, err := json.Marshal(next)
	if err != nil {
		return next, wrap(err, "moderation settings")
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if _, err := tx.Exec(ctx, `INSERT INTO moderation_settings (community_id, spec, updated_at) VALUES ($1,$2,$3)
			ON CONFLICT (community_id) DO UPDATE SET spec = excluded.spec, updated_at = excluded.updated_at`, communityID, string(spec), db.Micros(s.k.Now())); err != nil {
			return fmt.Errorf("moderation settings: %w", err)
		}
		return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "moderation.update", TargetType: "moderation", Before: before, After: next})
	})
	s.rules.forget(communityID)
	next.Profanity.BuiltIn = text.Profanity()
	return next, err
}

func checkWords(w *api.WordSettings) error {
	for _, list := range []struct {
		field string
		words *[]string
	}{{"profanity.excluded", &w.Profanity.Excluded}, {"profanity.added", &w.Profanity.Added}, {"banned.words", &w.Banned.Words}, {"alert.words", &w.Alert.Words}} {
		if *list.words == nil {
			*list.words = []string{}
		}
		for i, word := range *list.words {
			if len(word) > 200 || len(text.Words(word)) == 0 {
				return api.InvalidField(list.field+"["+strconv.Itoa(i)+"]", "must be a word or phrase of at most 200 bytes")
			}
		}
	}
	if w.Alert.ChannelIDs == nil {
		w.Alert.ChannelIDs = []string{}
	}
	if w.MaxLength == 0 {
		w.MaxLength = maxLength
	}
	if w.Profanity.Warning == "" {
		w.Profanity.Warning = defaultProfanity
	}
	if w.Banned.Warning == "" {
		w.Banned.Warning = defaultBanned
	}
	return nil
}
