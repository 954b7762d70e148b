package embed

import (
	"context"
	"crypto/subtle"
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

func (s *Service) tokenRoutes() {
	op := func(id, path, summary string) rest.Op {
		return rest.Op{Method: "POST", Path: path, ID: id, Summary: summary, Tag: "Widget access", Access: rest.ForAnyone, Private: true, OwnCredential: true}
	}
	const base = "/v2/api/widget-access-keys"
	rest.Widget(s.k, op("mint-embed-token", base+"/token", "Exchange an access key for an embed token"), s.token)
	rest.Widget(s.k, op("mint-embed-ticket", base+"/ticket", "Exchange an access key for a one-use ticket of a plain iframe"), s.ticket)
	rest.Widget(s.k, op("validate-embed-token", base+"/validate", "Say whether an embed token is good; it is not spent"), s.validate)
	rest.Widget(s.k, op("open-embed-session", base+"/session", "Exchange an embed token, a ticket or a refresh token for a widget session"), s.session)
	rest.Plain(s.k, op("legacy-widget-sign-in", "/widget/{communityId}/signin", "Legacy widget sign-in by header"), s.signIn)
}

var errBadAccessKey = api.NewError(api.Unauthenticated, "access_key_invalid", "The access id or access key is not valid.")

func (s *Service) token(ctx context.Context, in *struct{ Body api.EmbedTokenRequest }) (api.EmbedToken, error) {
	k, who, err := s.exchange(ctx, in.Body)
	if err != nil {
		return api.EmbedToken{}, err
	}
	token, claims, err := auth.MintEmbed(s.k.Now(), s.keys.EmbedKeys(k.AccessID)[0], auth.EmbedClaims{
		AccessID: k.AccessID, Subject: who.ID, CommunityID: k.communityID, Widget: in.Body.WidgetID, Origin: in.Body.Origin,
		Locale: in.Body.Locale, Theme: in.Body.Theme,
	}, auth.EmbedLife)
	if err != nil {
		return api.EmbedToken{}, err
	}
	s.log(ctx, entry{community: k.communityID, widget: in.Body.WidgetID, access: k.AccessID, event: "minted", member: who.ID, origin: in.Body.Origin})
	return api.EmbedToken{EmbedToken: token, ExpiresIn: int(claims.ExpiresAt.Sub(claims.IssuedAt).Seconds())}, nil
}

// exchange checks an access key pair and finds the member that it names.
func (s *Service) exchange(ctx context.Context, in api.EmbedTokenRequest) (accessKey, member.Ref, error) {
	k, err := byAccessID(ctx, s.k.DB().Read(), in.AccessID)
	if api.IsKind(err, api.NotFound) {
		return k, member.Ref{}, errBadAccessKey
	}
	if err != nil {
		return k, member.Ref{}, err
	}
	if !k.IsActive || !k.opens(in.AccessKey, s.k.Now()) {
		s.log(ctx, entry{community: k.communityID, access: k.AccessID, event: "refused", code: "access_key_invalid", detail: "wrong, old or revoked secret"})
		return k, member.Ref{}, errBadAccessKey
	}
	if err := s.checkBinding(ctx, k, in); err != nil {
		return k, member.Ref{}, err
	}
	who, err := s.person(ctx, k, "", in.UserIdentifiers)
	if err != nil {
		s.log(ctx, entry{community: k.communityID, access: k.AccessID, event: "refused", code: codeOf(err), detail: err.Error()})
	}
	return k, who, err
}

// opens compares in constant time with the present secret, and with the one
// before while its overlap lasts.
func (k accessKey) opens(secret string, now time.Time) bool {
	hash := []byte(auth.HashKey(secret))
	ok := subtle.ConstantTimeCompare(hash, []byte(k.hash)) == 1
	old := subtle.ConstantTimeCompare(hash, []byte(k.oldHash)) == 1
	return ok || (old && now.Before(k.oldUntil))
}

// checkBinding makes sure that a token can be used for what it will name. A
// key without origins leaves them to the widgets.
func (s *Service) checkBinding(ctx context.Context, k accessKey, in api.EmbedTokenRequest) error {
	if in.WidgetID != "" {
		w, err := s.find(ctx, in.WidgetID)
		if err != nil || w.CommunityID != k.communityID {
			return api.InvalidField("widgetId", "must be the id of one of the community's widgets")
		}
	}
	if in.Origin != "" && len(k.AllowedOrigins) > 0 && !auth.AllowsOrigin(k.AllowedOrigins, in.Origin) {
		return api.InvalidField("origin", "is not among the access key's allowed origins")
	}
	return nil
}

// person finds the member that the identifiers name, and makes one only when
// the key allows it. Two identifiers that name two members are an error.
func (s *Service) person(ctx context.Context, k accessKey, subject string, ids map[string]string) (member.Ref, error) {
	var found member.Ref
	email := ""
	names := map[string]string{}
	if subject != "" {
		names["subject"] = subject
	}
	for attribute, value := range ids {
		property, known := k.IdentifierMap[attribute]
		if !known || value == "" {
			continue
		}
		names[property] = value
		if property == "email" {
			email = value
		}
	}
	if len(names) == 0 {
		return found, api.InvalidField("userIdentifiers", "must hold one of the identifiers set up for the access key, such as data-email")
	}
	for property, value := range names {
		ref, err := s.byProperty(ctx, k.communityID, property, value)
		if api.IsKind(err, api.NotFound) {
			continue
		}
		if err != nil {
			return found, err
		}
		if found.ID != "" && found.ID != ref.ID {
			return found, api.NewError(api.Conflict, "identifiers_disagree", "The identifiers name two different members.")
		}
		found = ref
	}
	if found.ID != "" {
		return found, nil
	}
	return s.newcomer(ctx, k, email, names["username"], names["externalId"])
}

func (s *Service) byProperty(ctx context.Context, communityID, property, value string) (member.Ref, error) {
	ref := value
	if property == "externalId" {
		id, err := byExternalID(ctx, s.k.DB().Read(), communityID, value)
		if err != nil {
			return member.Ref{}, err
		}
		ref = id
	}
	who, err := s.members.Resolve(ctx, communityID, ref)
	if err == nil && who.Deleted {
		return member.Ref{}, errUnknownUser
	}
	return who, err
}

var errUnknownUser = api.NewError(api.NotFound, auth.CodeEmbedUnknownUser, "No member has these identifiers, and the access key may not create one.")

func (s *Service) newcomer(ctx context.Context, k accessKey, email, username, externalID string) (member.Ref, error) {
	if !k.CreateUsers || email == "" {
		return member.Ref{}, errUnknownUser
	}
	if username == "" {
		username = usernameOf(email)
	}
	user, err := s.members.Create(ctx, k.communityID, api.NewUser{Username: username, Email: email, ExternalID: externalID})
	if api.IsKind(err, api.Conflict) { // somebody was faster, or the name is taken
		if who, err := s.members.Resolve(ctx, k.communityID, email); err == nil {
			return who, nil
		}
		user, err = s.members.Create(ctx, k.communityID, api.NewUser{Username: username + "-" + api.NewID()[18:], Email: email, ExternalID: externalID})
	}
	if err != nil {
		return member.Ref{}, err
	}
	return s.members.Resolve(ctx, k.communityID, user.ID)
}

type ticketData struct {
	AccessID string `json:"accessId"`
	KeyID    string `json:"keyId"`
	WidgetID string `json:"widgetId"`
	Origin   string `json:"origin"`
	Locale   string `json:"locale"`
	Theme    string `json:"theme"`
}

func (s *Service) ticket(ctx context.Context, in *struct{ Body api.EmbedTokenRequest }) (api.EmbedTicket, error) {
	if in.Body.WidgetID == "" {
		return api.EmbedTicket{}, api.InvalidField("widgetId", "is required for a ticket")
	}
	k, who, err := s.exchange(ctx, in.Body)
	if err != nil {
		return api.EmbedTicket{}, err
	}
	ticket := auth.NewOpaque(auth.PrefixTicket)
	data, err := json.Marshal(ticketData{k.AccessID, k.ID, in.Body.WidgetID, in.Body.Origin, in.Body.Locale, in.Body.Theme})
	if err != nil {
		return api.EmbedTicket{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return insertTicket(ctx, tx, k.communityID, who.ID, ticket.Hash, string(data), s.k.Now())
	})
	if err != nil {
		return api.EmbedTicket{}, err
	}
	s.log(ctx, entry{community: k.communityID, widget: in.Body.WidgetID, access: k.AccessID, event: "minted", member: who.ID, detail: "ticket"})
	return api.EmbedTicket{Ticket: ticket.Token, ExpiresIn: int(auth.TicketLife.Seconds()),
		URL: s.baseURL + "/embed/leaderboard/" + in.Body.WidgetID + "?ticket=" + ticket.Token}, nil
}

type validateInput struct {
	Body *struct {
		EmbedToken string `json:"embedToken,omitempty" maxLength:"20000"`
	} `required:"false"`
}

// validate takes the token as bearer or in the body.
func (s *Service) validate(ctx context.Context, in *validateInput) (api.EmbedValidity, error) {
	token := strings.TrimPrefix(rest.Header(ctx, "Authorization"), "Bearer ")
	if in.Body != nil && in.Body.EmbedToken != "" {
		token = in.Body.EmbedToken
	}
	if token == "" {
		return api.EmbedValidity{}, api.InvalidField("embedToken", "is required")
	}
	k, err := s.keyOf(ctx, token)
	if err != nil {
		return api.EmbedValidity{}, s.refuse(ctx, entry{}, err)
	}
	claims, err := auth.VerifyEmbed(s.k.Now(), token, s.spec(k), auth.Expect{CommunityID: k.communityID, AnyOrigin: true, AnyWidget: true})
	if err != nil {
		return api.EmbedValidity{}, s.refuse(ctx, entry{community: k.communityID, access: k.AccessID}, err)
	}
	return api.EmbedValidity{Valid: true, CommunityID: k.communityID, ExpiresAt: api.At(claims.ExpiresAt), AllowedOrigins: k.AllowedOrigins}, nil
}

// keyOf finds the access key that a token says it was made with. The token
// is not verified yet. Errors: *auth.TokenError.
func (s *Service) keyOf(ctx context.Context, token string) (accessKey, error) {
	issuer := auth.PeekIssuer(token)
	if community, ok := legacyCommunity(issuer); ok {
		return s.legacyKey(ctx, community)
	}
	k, err := byAccessID(ctx, s.k.DB().Read(), issuer)
	if api.IsKind(err, api.NotFound) {
		return k, &auth.TokenError{Code: auth.CodeEmbedBadKey, Cause: errors.New("unknown access id")}
	}
	if err == nil && !k.IsActive {
		err = &auth.TokenError{Code: auth.CodeEmbedRevoked, Cause: errors.New("the access key is revoked")}
	}
	return k, err
}

// spec is what a token of the key may be signed with: our own keys after the
// exchange, or the partner's.
func (s *Service) spec(k accessKey) auth.KeySpec {
	spec := auth.KeySpec{AccessID: k.AccessID, CommunityID: k.communityID, Keys: s.keys.EmbedKeys(k.AccessID)}
	if k.Algorithm != string(auth.HS256) {
		if public, err := auth.ParsePublicKey(k.PublicKey); err == nil {
			spec.Keys = append(spec.Keys, public)
		}
		return spec
	}
	sealed := []string{k.sealed}
	if s.k.Now().Before(k.oldUntil) {
		sealed = append(sealed, k.oldSealed)
	}
	for _, text := range sealed {
		if secret, err := s.keys.Open(text, "access-key:"+k.ID); err == nil {
			spec.Keys = append(spec.Keys, auth.SigningSecret(string(secret)))
		}
	}
	return spec
}
