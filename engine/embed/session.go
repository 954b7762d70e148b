package embed

import (
	"context"
	"encoding/json"
	"errors"
	"strings"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// opening is everything known about a session before it is written.
type opening struct {
	widget  api.Widget
	key     accessKey
	who     member.Ref
	origin  string // the only origin it is good for; empty means any the widget allows
	jti     string // spent by opening
	expires time.Time
	ticket  string // hash of the ticket, spent by opening
	locale  string
	theme   string
}

// session opens or renews a widget session. Every refusal is a 401 with one
// of a few public codes; the reason goes into the partner's embed log.
func (s *Service) session(ctx context.Context, in *struct{ Body api.EmbedSessionRequest }) (api.EmbedSession, error) {
	w, err := s.live(ctx, in.Body.WidgetID)
	if err != nil {
		return api.EmbedSession{}, err
	}
	e := entry{community: w.CommunityID, widget: w.ID, origin: in.Body.Origin, access: auth.PeekIssuer(in.Body.EmbedToken)}
	var out api.EmbedSession
	switch b := in.Body; {
	case b.EmbedToken != "" && b.Ticket == "" && b.RefreshToken == "":
		out, err = s.byToken(ctx, w, b)
	case b.Ticket != "" && b.EmbedToken == "" && b.RefreshToken == "":
		out, err = s.byTicket(ctx, w, b)
	case b.RefreshToken != "" && b.EmbedToken == "" && b.Ticket == "":
		out, err = s.renew(ctx, w, b)
	default:
		return out, api.NewError(api.Invalid, "one_credential_needed", "Send exactly one of embedToken, ticket and refreshToken.")
	}
	if err != nil {
		return out, s.refuse(ctx, e, err)
	}
	return out, nil
}

// live finds a widget that may be shown.
func (s *Service) live(ctx context.Context, id string) (api.Widget, error) {
	w, err := s.find(ctx, id)
	if api.IsKind(err, api.NotFound) || (err == nil && !w.IsEnabled) {
		return w, errWidgetGone
	}
	return w, err
}

func (s *Service) byToken(ctx context.Context, w api.Widget, in api.EmbedSessionRequest) (api.EmbedSession, error) {
	k, err := s.keyOf(ctx, in.EmbedToken)
	if err != nil {
		return api.EmbedSession{}, err
	}
	claims, err := auth.VerifyEmbed(s.k.Now(), in.EmbedToken, s.spec(k), auth.Expect{
		CommunityID: w.CommunityID, Widget: w.ID, Kind: w.Kind, Origin: in.Origin,
	})
	if err != nil {
		return api.EmbedSession{}, err
	}
	if err := framedBy(w, k, in.Origin); err != nil {
		return api.EmbedSession{}, err
	}
	who, err := s.person(ctx, k, claims.Subject, claims.IDs)
	if err != nil {
		return api.EmbedSession{}, err
	}
	return s.open(ctx, opening{widget: w, key: k, who: who, origin: in.Origin, jti: claims.ID, expires: claims.ExpiresAt,
		locale: claims.Locale, theme: claims.Theme})
}

// framedBy checks the framing page against the widget's and the key's lists.
// Our own origin is the preview's.
func framedBy(w api.Widget, k accessKey, origin string) error {
	if auth.AllowsOrigin(w.AllowedOrigins, origin) && (len(k.AllowedOrigins) == 0 || auth.AllowsOrigin(k.AllowedOrigins, origin)) {
		return nil
	}
	return &auth.TokenError{Code: auth.CodeEmbedWrongOrigin, Cause: errors.New("framed by " + origin)}
}

func (s *Service) byTicket(ctx context.Context, w api.Widget, in api.EmbedSessionRequest) (api.EmbedSession, error) {
	hash := auth.HashKey(in.Ticket)
	row, err := oneTicket(ctx, s.k.DB().Read(), w.CommunityID, hash)
	if err != nil {
		return api.EmbedSession{}, err
	}
	var data ticketData
	if err := json.Unmarshal([]byte(row.data), &data); err != nil {
		return api.EmbedSession{}, err
	}
	switch {
	case row.used:
		return api.EmbedSession{}, &auth.TokenError{Code: auth.CodeEmbedReplayed}
	case !s.k.Now().Before(row.expires):
		return api.EmbedSession{}, &auth.TokenError{Code: auth.CodeEmbedExpired}
	case data.WidgetID != w.ID:
		return api.EmbedSession{}, &auth.TokenError{Code: auth.CodeEmbedWrongWidget}
	}
	k, err := oneAccessKey(ctx, s.k.DB().Read(), w.CommunityID, data.KeyID)
	if err != nil || !k.IsActive {
		return api.EmbedSession{}, &auth.TokenError{Code: auth.CodeEmbedRevoked, Cause: err}
	}
	who, err := s.members.Resolve(ctx, w.CommunityID, row.memberID)
	if err != nil {
		return api.EmbedSession{}, err
	}
	return s.open(ctx, opening{widget: w, key: k, who: who, origin: data.Origin, ticket: hash, locale: data.Locale, theme: data.Theme})
}

// open spends the token or ticket and writes the session, in one transaction:
// of any number of equal presentations exactly one gets through.
func (s *Service) open(ctx context.Context, o opening) (api.EmbedSession, error) {
	now := s.k.Now()
	refresh := auth.NewOpaque(auth.PrefixWidgetSession)
	row := sessionRow{ID: api.NewIDAt(now), communityID: o.widget.CommunityID, keyID: o.key.ID, widgetID: o.widget.ID,
		memberID: o.who.ID, memberNo: o.who.No, origin: o.origin, expires: now.Add(auth.WidgetSessionLife)}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		if err := spend(ctx, tx, o, now); err != nil {
			return err
		}
		return insertSession(ctx, tx, row, refresh.Hash, now)
	})
	if err != nil {
		return api.EmbedSession{}, err
	}
	s.log(ctx, entry{community: row.communityID, widget: row.widgetID, access: o.key.AccessID, event: "session", member: o.who.ID, origin: o.origin})
	out := s.grant(ctx, row, refresh.Token)
	out.Locale, out.Theme = o.locale, o.theme
	return out, nil
}

// accessGrant is what a widget access token says; it is sealed, so that it
// means nothing to whoever holds it, and checked against its session on use.
type accessGrant struct {
	Session string `json:"s"`
	Expires int64  `json:"e"`
}

func (s *Service) grant(ctx context.Context, row sessionRow, refresh string) api.EmbedSession {
	now := s.k.Now()
	ends := auth.AccessExpiry(now, row.expires)
	raw, _ := json.Marshal(accessGrant{row.ID, db.Micros(ends)}) //nolint:errchkjson // two plain fields
	out := api.EmbedSession{
		AccessToken: auth.PrefixWidgetAccess + s.keys.Seal(raw, "widget access"), ExpiresIn: int(ends.Sub(now).Seconds()),
		RefreshToken: refresh, SessionExpiresIn: int(row.expires.Sub(now).Seconds()), Origin: row.origin,
	}
	if cards, err := s.members.Cards(ctx, row.communityID, []int64{row.memberNo}); err == nil {
		card := cards[row.memberNo]
		out.User = api.UserDigest{ID: card.ID, Number: card.No, Username: card.Username, DisplayName: card.DisplayName, Avatar: card.Avatar}
	}
	return out
}

// renew gives a new access token and a new refresh token; the old one is spent.
func (s *Service) renew(ctx context.Context, w api.Widget, in api.EmbedSessionRequest) (api.EmbedSession, error) {
	row, err := sessionByRefresh(ctx, s.k.DB().Read(), auth.HashKey(in.RefreshToken))
	switch {
	case err != nil:
		return api.EmbedSession{}, err
	case row.widgetID != w.ID:
		return api.EmbedSession{}, &auth.TokenError{Code: auth.CodeEmbedWrongWidget}
	case row.origin != "" && in.Origin != "" && row.origin != in.Origin:
		return api.EmbedSession{}, &auth.TokenError{Code: auth.CodeEmbedWrongOrigin}
	}
	if err := s.stands(row); err != nil {
		return api.EmbedSession{}, err
	}
	fresh := auth.NewOpaque(auth.PrefixWidgetSession)
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return replaceRefresh(ctx, tx, row, auth.HashKey(in.RefreshToken), fresh.Hash)
	})
	if err != nil {
		return api.EmbedSession{}, err
	}
	return s.grant(ctx, row, fresh.Token), nil
}

// stands reports why a session does not hold any more.
func (s *Service) stands(row sessionRow) error {
	switch {
	case row.revoked || row.gone:
		return &auth.TokenError{Code: auth.CodeEmbedRevoked}
	case !s.k.Now().Before(row.expires):
		return &auth.TokenError{Code: auth.CodeEmbedExpired}
	}
	return nil
}

// resolve makes a caller of a widget access token, for the kit.
func (s *Service) resolve(ctx context.Context, token string) (rest.Caller, error) {
	raw, err := s.keys.Open(strings.TrimPrefix(token, auth.PrefixWidgetAccess), "widget access")
	var grant accessGrant
	if err != nil || json.Unmarshal(raw, &grant) != nil {
		return rest.Caller{}, publicError(&auth.TokenError{Code: auth.CodeEmbedBadKey})
	}
	if db.Micros(s.k.Now()) >= grant.Expires {
		return rest.Caller{}, publicError(&auth.TokenError{Code: auth.CodeEmbedExpired})
	}
	row, err := sessionByID(ctx, s.k.DB().Read(), grant.Session)
	if err == nil {
		err = s.stands(row)
	}
	if err != nil {
		return rest.Caller{}, publicError(err)
	}
	return rest.Caller{Kind: rest.WidgetToken, CommunityID: row.communityID, MemberID: row.memberID, MemberNo: row.memberNo,
		Role: api.RoleMember, KeyID: row.ID, WidgetID: row.widgetID}, nil
}
