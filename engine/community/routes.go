package community

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{cid}", ID: "get-community", Tag: "Communities",
		Summary: "Read the community", Access: rest.ForMembers, Permission: api.PermGetUserData, Message: "Read community success."}, s.get)
	rest.Partner(s.k, rest.Op{Method: "PATCH", Path: "/v1/communities/{cid}", ID: "update-community", Tag: "Communities",
		Summary: "Change name, address, zone or language", Permission: api.PermAdminister, Message: "Update community success."}, s.patch)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{cid}/audit-log", ID: "list-audit-log", Tag: "Communities",
		Summary: "Who changed what, newest first", Permission: api.PermAdminister, Message: "Read audit log success."}, s.auditLog)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{cid}/mails", ID: "list-mails", Tag: "Communities",
		Summary: "Mails sent, or kept because no mail server is set up", Permission: api.PermAdminister, Message: "Read mails success."}, s.mails)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{cid}/mails/{id}", ID: "get-mail", Tag: "Communities",
		Summary: "One mail with its text", Permission: api.PermOwn, Message: "Read mail success."}, s.mail)
	s.serverRoutes()
	s.keyRoutes()
}

func (s *Service) keyRoutes() {
	const path = "/v1/communities/{communityId}/api-keys"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path, ID: "list-community-keys", Tag: "API keys", Access: rest.ForTokens,
		Summary: "List the community's keys", Permission: api.PermAdminister, Message: "Read API keys success."}, s.listKeys)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path, ID: "create-community-key", Tag: "API keys", Access: rest.ForTokens, Status: 201,
		Summary: "Create a key", Description: "The secret is in this answer and nowhere else.", Private: true,
		Permission: api.PermAdminister, Message: "Create API key success."}, s.createKey)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: path + "/{apiKeyId}", ID: "update-community-key", Tag: "API keys", Access: rest.ForTokens,
		Summary: "Change a key", Permission: api.PermAdminister, Message: "Update API key success."}, s.updateKey)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: path + "/{apiKeyId}", ID: "delete-community-key", Tag: "API keys", Access: rest.ForTokens,
		Summary: "Revoke a key", Description: "Access with it stops at once.", Permission: api.PermAdminister, Message: "Delete API key success."}, s.deleteKey)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path + "/{apiKeyId}/rotate", ID: "rotate-community-key", Tag: "API keys", Access: rest.ForTokens,
		Summary: "Give a key a new secret", Description: "The old secret stops at once, or works on for overlapHours.", Private: true, Permission: api.PermAdminister, Message: "Rotate API key success."}, s.rotateKey)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path + "/{apiKeyId}/requests", ID: "list-community-key-requests", Tag: "API keys", Access: rest.ForTokens,
		Summary: "The newest requests with a key", Description: "The newest 200, the newest first.", Permission: api.PermAdminister, Message: "Read requests success."}, s.listRequests)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{communityId}/system-key", ID: "get-system-key", Tag: "API keys", Access: rest.ForTokens,
		Summary: "First characters of one of the community's single keys", Permission: api.PermOwn, Message: "Read system key success."}, s.systemKey)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/communities/{communityId}/system-key", ID: "rotate-system-key", Tag: "API keys", Access: rest.ForTokens,
		Summary: "Rotate one of the community's single keys", Private: true, Permission: api.PermOwn, Message: "Rotate system key success."}, s.rotateSystemKey)
}

type keyPath struct {
	CommunityID string `path:"communityId"`
	ID          string `path:"apiKeyId"`
}

type newKeyInput struct {
	CommunityID string `path:"communityId"`
	Body        api.NewAPIKey
}

type keyPatchInput struct {
	CommunityID string `path:"communityId"`
	ID          string `path:"apiKeyId"`
	Body        api.APIKeyPatch
}

func (s *Service) listKeys(ctx context.Context, in *struct {
	CommunityID string `path:"communityId"`
}) ([]api.APIKey, error) {
	return s.Keys(ctx, in.CommunityID, KindCommunity, "")
}

func (s *Service) createKey(ctx context.Context, in *newKeyInput) (api.APIKey, error) {
	return s.IssueKey(ctx, in.CommunityID, KindCommunity, "", in.Body)
}

func (s *Service) updateKey(ctx context.Context, in *keyPatchInput) (api.APIKey, error) {
	return s.ChangeKey(ctx, in.CommunityID, KindCommunity, "", in.ID, in.Body)
}

func (s *Service) deleteKey(ctx context.Context, in *keyPath) (api.APIKey, error) {
	return s.RevokeKey(ctx, in.CommunityID, KindCommunity, "", in.ID)
}

type rotateKeyInput struct {
	CommunityID string `path:"communityId"`
	ID          string `path:"apiKeyId"`
	Body        *api.KeyRotation
}

func (s *Service) rotateKey(ctx context.Context, in *rotateKeyInput) (api.APIKey, error) {
	return s.RotateKey(ctx, in.CommunityID, KindCommunity, "", in.ID, in.Body)
}

func (s *Service) listRequests(ctx context.Context, in *keyPath) ([]api.KeyRequest, error) {
	return s.KeyRequests(ctx, in.CommunityID, KindCommunity, "", in.ID)
}
