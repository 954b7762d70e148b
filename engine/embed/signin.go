package embed

import (
	"context"
	"strings"

	"laurel/api"
	"laurel/auth"
	"laurel/engine/community"
	"laurel/engine/rest"
)

// legacyPrefix begins the access id of tokens from the legacy sign-in.
const legacyPrefix = "widget:"

func legacyCommunity(accessID string) (string, bool) {
	return strings.CutPrefix(accessID, legacyPrefix)
}

type legacyToken struct {
	Token string `json:"token"`
}

// signIn is the legacy road: the community's widget key and an e-mail address
// in headers, from the partner's server.
func (s *Service) signIn(ctx context.Context, in *struct {
	CommunityID string `path:"communityId"`
	APIKey      string `header:"returningai-api-key" doc:"The community's widget key"`
	Email       string `header:"email" doc:"E-mail address of the member"`
}) (legacyToken, error) {
	owner, err := s.communities.CheckSingleKey(ctx, community.KindWidget, in.APIKey)
	if err != nil {
		return legacyToken{}, err
	}
	if owner != in.CommunityID {
		return legacyToken{}, api.NewError(api.Forbidden, "other_community", "The key belongs to another community.")
	}
	if in.Email == "" {
		return legacyToken{}, api.InvalidField("email", "is required as a header")
	}
	who, err := s.byProperty(ctx, owner, "email", in.Email)
	if err != nil {
		return legacyToken{}, err
	}
	token, _, err := auth.MintEmbed(s.k.Now(), s.keys.EmbedKeys(legacyPrefix + owner)[0],
		auth.EmbedClaims{AccessID: legacyPrefix + owner, Subject: who.ID, CommunityID: owner}, auth.EmbedLife)
	if err != nil {
		return legacyToken{}, err
	}
	s.log(ctx, entry{community: owner, access: legacyPrefix + owner, event: "minted", member: who.ID, detail: "legacy sign-in, " + rest.ClientIP(ctx)})
	return legacyToken{token}, nil
}

// legacyKey stands in for the access key of tokens from the legacy sign-in.
func (s *Service) legacyKey(_ context.Context, communityID string) (accessKey, error) {
	return accessKey{communityID: communityID, AccessKey: api.AccessKey{AccessID: legacyPrefix + communityID, IsActive: true,
		Algorithm: string(auth.RS256), IdentifierMap: defaultIdentifiers()}}, nil
}
