package member

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	s.authRoutes()
	s.secureAuthRoutes()
	s.sessionRoutes()
	s.userRoutes()
	s.fieldRoutes()
	s.historyRoutes()
	s.avatarRoutes()
	s.keyRoutes()
	s.meRoutes()
}

func (s *Service) authRoutes() {
	const tag = "Authentication"
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/register", ID: "register", Tag: tag, Access: rest.ForAnyone, SignIn: true, Status: 201,
		Summary: "Register with a password", Description: "Sends a mail to confirm the address. The reply is the same for an address that is known already.",
		Message: "Look into your mailbox to confirm your address."}, s.register)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/verify-email", ID: "verify-email", Tag: tag, Access: rest.ForAnyone, SignIn: true,
		Summary: "Confirm an address with the token of the mail", Message: "Your address is confirmed."}, s.verifyEmail)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/login", ID: "login", Tag: tag, Access: rest.ForAnyone, SignIn: true, Private: true,
		Summary: "Sign in with a password", Description: "After five failures in 15 minutes each further one doubles the wait (429, Retry-After); the wait ends by itself.",
		Message: "Login success."}, s.login)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/password/forgot", ID: "forgot-password", Tag: tag, Access: rest.ForAnyone, SignIn: true,
		Summary: "Ask for a mail to choose a new password", Message: "If an account has that address, a mail is on its way."}, s.forgot)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/password/reset", ID: "reset-password", Tag: tag, Access: rest.ForAnyone, SignIn: true,
		Summary: "Choose a new password with the token of the mail", Description: "Ends every session of the account.",
		Message: "Your password is changed."}, s.reset)
}

func (s *Service) secureAuthRoutes() {
	const tag = "Authentication"
	rest.Plain(s.k, rest.Op{Method: "GET", Path: "/api/secureAuth", ID: "secure-auth", Tag: tag, Access: rest.ForAnyone, Private: true,
		Summary: "Begin a login hand-over, server to server", Description: "The address in the reply shows one button that signs the user in: one use, 60 seconds."}, s.secureAuth)
	rest.Plain(s.k, rest.Op{Method: "GET", Path: "/api/secureAuth/{sessionId}", ID: "secure-auth-state", Tag: tag, Access: rest.ForAnyone,
		Summary: "What became of a login hand-over"}, s.secureAuthState)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/auth/handover/{token}", ID: "preview-handover", Tag: tag, Access: rest.ForAnyone, SignIn: true,
		Summary: "Who a hand-over would sign in", Description: "Does not use the token up.", Message: "Read handover success."}, s.preview)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/handover", ID: "use-handover", Tag: tag, Access: rest.ForAnyone, SignIn: true, Private: true,
		Summary: "Sign in by a login hand-over", Message: "Login success."}, s.handover)
}

func (s *Service) sessionRoutes() {
	const tag = "Authentication"
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/auth/logout", ID: "logout", Tag: tag, Access: rest.ForTokens, EvenBarred: true,
		Summary: "End this session", Message: "Logout success."}, s.logout)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/auth/sessions", ID: "list-sessions", Tag: tag, Access: rest.ForTokens,
		Summary: "One's own sessions, newest first", Message: "Read sessions success."}, s.sessions)
	rest.Integration(s.k, rest.Op{Method: "DELETE", Path: "/v1/auth/sessions/{jti}", ID: "delete-session", Tag: tag, Access: rest.ForTokens, EvenBarred: true,
		Summary: "End one of one's own sessions", Message: "Delete session success."}, s.deleteSession)
}

func (s *Service) userRoutes() {
	const tag = "Users"
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users", ID: "create-user", Tag: tag, Status: 201, Permission: api.PermCreateUser,
		Summary: "Create a user", Description: "A password is never mailed: emailPassword sends a link to choose one.", Message: "Create user success."}, s.createUser)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/info", ID: "get-user-info", Tag: tag, Permission: api.PermGetUserData,
		Summary: "A user with figures of gamification"}, s.info)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/manage", ID: "manage-user", Tag: tag, Permission: api.PermManageUser,
		Summary: "Delete a user softly, or restore it", Message: "Manage user success."}, s.manage)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/communities/{cid}/users/manage", ID: "manage-users", Tag: tag, Permission: api.PermManageUser,
		Summary: "Delete many users softly, or restore them", Description: "One that fails does so alone.", Message: "Manage users success."}, s.manageMany)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/mini-games/logs", ID: "list-mini-game-logs", Tag: tag, Permission: api.PermMiniGames,
		Summary: "What a user played, newest first", Message: "Mini game logs fetched successfully"}, s.miniGameLogs)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/mini-games/stats", ID: "get-mini-game-stats", Tag: tag, Permission: api.PermMiniGames,
		Summary: "Where a user stands in mini games and streaks", Message: "Mini game stats fetched successfully"}, s.miniGameStats)
	rest.Integration(s.k, rest.Op{Method: "PATCH", Path: "/v1/users/{userId}", ID: "update-user", Tag: tag, Permission: api.PermManageUser,
		Summary: "Change a user", Message: "Update user success."}, s.patchUser)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/users/{userId}", ID: "get-user", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetUserData,
		Summary: "A user; one's own record needs no permission", Description: "Query booleans choose the fields; all without any.", Message: "Get user success."}, s.getUser)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{cid}/users", ID: "list-users", Tag: tag, Permission: api.PermGetUserData,
		Summary: "List the community's users with their wallets", Message: "Read users success."}, s.listUsers)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/communities/{cid}/users/{userId}", ID: "get-community-user", Tag: tag, Permission: api.PermGetUserData,
		Summary: "A user of the community with its wallet, deleted ones too", Message: "Read user success."}, s.communityUser)
}

type communityUserInput struct {
	CommunityID string `path:"cid"`
	UserID      string `path:"userId" maxLength:"254"`
}

func (s *Service) communityUser(ctx context.Context, in *communityUserInput) (api.User, error) {
	ref, err := s.Resolve(ctx, in.CommunityID, in.UserID)
	if err != nil {
		return api.User{}, err
	}
	r, err := selectByID(ctx, s.k.DB().Read(), in.CommunityID, ref.ID)
	if err != nil {
		return api.User{}, err
	}
	return s.user(ctx, in.CommunityID, r)
}

func (s *Service) fieldRoutes() {
	const tag, path = "User fields", "/v1/communities/{cid}/user-fields"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path, ID: "list-user-fields", Tag: tag, Permission: api.PermUserFields,
		Summary: "List the user fields", Message: "Read user fields success."}, s.userFields)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path, ID: "create-user-field", Tag: tag, Permission: api.PermUserFields, Status: 201,
		Summary: "Create a user field", Message: "Create user field successful"}, s.createField)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path + "/{fieldId}", ID: "get-user-field", Tag: tag, Permission: api.PermUserFields,
		Summary: "A user field", Message: "Read user field success."}, s.userField)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: path + "/{fieldId}", ID: "update-user-field", Tag: tag, Permission: api.PermUserFields,
		Summary: "Change a user field's name, type or options", Message: "Updated user field"}, s.updateField)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: path + "/{fieldId}", ID: "delete-user-field", Tag: tag, Permission: api.PermUserFields,
		Summary: "Delete a user field with its values", Message: "Deleted user field"}, s.deleteField)
}

func (s *Service) keyRoutes() {
	const tag, path = "API keys", "/v1/users/{userId}/api-keys"
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path, ID: "list-user-keys", Tag: tag, Access: rest.ForTokens,
		Summary: "One's own keys", Message: "Read API keys success."}, s.keys)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path, ID: "create-user-key", Tag: tag, Access: rest.ForTokens, Status: 201, Private: true,
		Summary: "Create a key of one's own", Description: "The secret is in this answer and nowhere else.", Message: "Create API key success."}, s.createKey)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/users/apikeys", ID: "create-user-key-alias", Tag: tag, Access: rest.ForTokens, Status: 201, Private: true,
		Summary: "Create a key of one's own (older address)", Message: "Create API key success."}, s.createKeyAlias)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: path + "/{keyId}", ID: "update-user-key", Tag: tag, Access: rest.ForTokens,
		Summary: "Change a key of one's own", Message: "Update API key success."}, s.updateKey)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: path + "/{keyId}", ID: "delete-user-key", Tag: tag, Access: rest.ForTokens,
		Summary: "Revoke a key of one's own", Message: "Delete API key success."}, s.deleteKey)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: path + "/{keyId}/rotate", ID: "rotate-user-key", Tag: tag, Access: rest.ForTokens, Private: true,
		Summary: "Give a key of one's own a new secret", Description: "The old secret stops at once, or works on for overlapHours.", Message: "Rotate API key success."}, s.rotateKey)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: path + "/{keyId}/requests", ID: "list-user-key-requests", Tag: tag, Access: rest.ForTokens,
		Summary: "The newest requests with a key of one's own", Description: "The newest 200, the newest first.", Message: "Read requests success."}, s.keyRequests)
}

func (s *Service) meRoutes() {
	const tag = "Me"
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me", ID: "get-me", Tag: tag, Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "One's own record", Message: "Read profile success."}, s.me)
	rest.Integration(s.k, rest.Op{Method: "PATCH", Path: "/v1/me", ID: "update-me", Tag: tag, Access: rest.ForPersons, Permission: api.PermUpdateOwnProfile,
		Summary: "Change one's own profile", Message: "Update profile success."}, s.patchMe)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/me/password", ID: "change-password", Tag: tag, Access: rest.ForTokens,
		Summary: "Change one's own password", Description: "Ends every other session.", Message: "Your password is changed."}, s.changePassword)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/export", ID: "export-me", Tag: tag, Access: rest.ForTokens, Private: true,
		Summary: "Everything held about oneself", Message: "Export success."}, s.export)
	rest.Integration(s.k, rest.Op{Method: "DELETE", Path: "/v1/me", ID: "delete-me", Tag: tag, Access: rest.ForTokens, EvenBarred: true,
		Summary: "Close one's own account", Description: "Name, address and keys are removed; what was earned stays in the books.",
		Message: "Delete account success."}, s.deleteMe)
}
