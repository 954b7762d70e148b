package badge

import (
	"context"

	"laurel/api"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	s.systemRoutes()
	s.teamRoutes()
	s.ownRoutes()
	s.pictureRoutes()
}

const tag = "Badges"

// maxBody lets a request bring three pictures in base64.
const maxBody = 3*maxPictureBytes*4/3 + 64<<10

func (s *Service) systemRoutes() {
	rest.System(s.k, rest.Op{Method: "GET", Path: "/api/v1/badges", ID: "list-badges", Tag: tag, Access: rest.ForMembers, Permission: api.PermGetUserData,
		Summary: "The community's badges, the oldest first", Message: "Badges fetched successfully"}, s.list)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/badges", ID: "create-badge", Tag: tag, Permission: api.PermAdminister, MaxBody: maxBody,
		Summary: "Make a badge", Description: "One that counts is awarded at once to whoever has reached its quantity.", Message: "Badge has been created successfully"}, s.create)
	rest.System(s.k, rest.Op{Method: "PUT", Path: "/api/v1/badges/{id}", ID: "update-badge", Tag: tag, Permission: api.PermAdminister, MaxBody: maxBody,
		Summary: "Change a badge", Description: "What is left out stays as it is. Who holds the badge keeps it.", Message: "Badge has been updated successfully"}, s.update)
	rest.System(s.k, rest.Op{Method: "DELETE", Path: "/api/v1/badges/{id}", ID: "delete-badge", Tag: tag, Permission: api.PermAdminister,
		Summary: "Delete a badge", Description: "Everybody loses it; what it paid stays paid.", Message: "Badge has been deleted successfully"}, s.delete)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/badges/{id}/award", ID: "award-badge", Tag: tag, Permission: api.PermManageUser,
		Summary: "Award a badge to a user", Description: "Answers with all that the user holds. It pays the first time only.", Message: "Badge has been rewarded successfully"}, s.awardTo)
	rest.System(s.k, rest.Op{Method: "POST", Path: "/api/v1/badges/{id}/remove", ID: "remove-badge", Tag: tag, Permission: api.PermManageUser,
		Summary: "Take a badge from a user", Description: "Answers with all that the user still holds. What it paid stays paid.", Message: "Badge has been removed successfully"}, s.take)
}

func (s *Service) teamRoutes() {
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/badges/{id}/holders", ID: "list-badge-holders", Tag: tag, Permission: api.PermGetUserData,
		Summary: "Who holds a badge, newest first", Message: "Read badge holders success."}, s.holders)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/badges/applications", ID: "list-badge-applications", Tag: tag, Permission: api.PermModerate,
		Summary: "Applications for badges", Description: "Those that wait come the oldest first, all others the newest first.", Message: "Read badge applications success."}, s.listApplications)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/badges/applications/{id}/approve", ID: "approve-badge-application", Tag: tag, Permission: api.PermModerate,
		Summary: "Approve an application: the badge is awarded", Message: "Approve badge application success."}, s.approve)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/badges/applications/{id}/refuse", ID: "refuse-badge-application", Tag: tag, Permission: api.PermModerate,
		Summary: "Refuse an application with a reason", Message: "Refuse badge application success."}, s.refuse)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/users/{userId}/badges", ID: "list-user-badges", Tag: tag, Permission: api.PermGetUserData,
		Summary: "The badges of a user, newest first", Message: "Read user badges success."}, s.ofUser)
}

func (s *Service) ownRoutes() {
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/badges", ID: "list-own-badges", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "All badges, with how far I am", Message: "Read badges success."}, s.own)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/me/badges/shown", ID: "show-own-badges", Tag: "Me", Access: rest.ForPersons, Permission: api.PermUpdateOwnProfile,
		Summary: "Choose up to three badges to stand beside my name", Message: "Update shown badges success."}, s.showOwn)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/me/badges/{id}/apply", ID: "apply-for-badge", Tag: "Me", Access: rest.ForPersons, Permission: api.PermUpdateOwnProfile,
		Summary: "Apply for a badge", Status: 201, MaxBody: maxProofs*maxProofBytes + 64<<10,
		Description: "Multipart: note, and up to three pictures as proof: PNG, JPEG or WebP of at most 5 MB. They are encoded anew.", Message: "Apply for badge success."}, s.apply)
	delete(s.k.OpenAPI().Components.Schemas.Map(), "FormFile") // written into the form's own schema
}

type pathInput struct {
	ID string `path:"id" maxLength:"36"`
}

type badgeInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body api.BadgeInput
}

type userInput struct {
	ID   string `path:"id" maxLength:"36"`
	Body api.BadgeUser
}

func home(ctx context.Context) string { return rest.CallerOf(ctx).CommunityID }

func (s *Service) list(ctx context.Context, _ *struct{}) ([]api.Badge, error) {
	return s.List(ctx, home(ctx))
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.BadgeInput }) (api.Badge, error) {
	return s.Create(ctx, home(ctx), in.Body)
}

func (s *Service) update(ctx context.Context, in *badgeInput) (api.Badge, error) {
	return s.Update(ctx, home(ctx), in.ID, in.Body)
}

func (s *Service) delete(ctx context.Context, in *pathInput) (api.Badge, error) {
	return s.Delete(ctx, home(ctx), in.ID)
}

func (s *Service) awardTo(ctx context.Context, in *userInput) ([]api.Badge, error) {
	return s.Award(ctx, home(ctx), in.ID, in.Body.UserID)
}

func (s *Service) take(ctx context.Context, in *userInput) ([]api.Badge, error) {
	return s.Revoke(ctx, home(ctx), in.ID, in.Body.UserID)
}

type holdersInput struct {
	ID string `path:"id" maxLength:"36"`
	rest.Paging
}

func (s *Service) holders(ctx context.Context, in *holdersInput) (rest.Page[api.BadgeHolder], error) {
	if _, err := selectOne(ctx, s.k.DB().Read(), home(ctx), in.ID); err != nil {
		return rest.Page[api.BadgeHolder]{}, err
	}
	items, n, err := holders(ctx, s.k.DB().Read(), home(ctx), in.ID, in.Paging)
	return rest.PageOf(in.Paging, items, n), err
}

type applicationsInput struct {
	Status string `query:"status" enum:"waiting,approved,refused" doc:"All when missing"`
	Badge  string `query:"badgeId" maxLength:"36"`
	User   string `query:"userId" maxLength:"254" doc:"Id, number, username or email"`
	rest.Paging
}

func (s *Service) listApplications(ctx context.Context, in *applicationsInput) (rest.Page[api.BadgeApplication], error) {
	f := wishFilter{status: in.Status, badgeID: in.Badge}
	if in.User != "" {
		who, err := s.members.Resolve(ctx, home(ctx), in.User)
		if err != nil {
			return rest.Page[api.BadgeApplication]{}, err
		}
		f.memberID = who.ID
	}
	found, n, err := selectWishes(ctx, s.k.DB().Read(), home(ctx), f, in.Paging)
	if err != nil {
		return rest.Page[api.BadgeApplication]{}, err
	}
	items, err := s.applications(ctx, home(ctx), found)
	return rest.PageOf(in.Paging, items, n), err
}

type wishInput struct {
	ID string `path:"id" maxLength:"24"`
}

func (s *Service) approve(ctx context.Context, in *wishInput) (api.BadgeApplication, error) {
	return s.Approve(ctx, home(ctx), in.ID)
}

type refuseInput struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.BadgeRefusal
}

func (s *Service) refuse(ctx context.Context, in *refuseInput) (api.BadgeApplication, error) {
	return s.Refuse(ctx, home(ctx), in.ID, in.Body.Reason)
}

func (s *Service) ofUser(ctx context.Context, in *struct {
	UserID string `path:"userId" maxLength:"254" doc:"Id, number, username or email"`
}) ([]api.HeldBadge, error) {
	who, err := s.members.Resolve(ctx, home(ctx), in.UserID)
	if err != nil {
		return nil, err
	}
	return s.Held(ctx, home(ctx), who.ID)
}
