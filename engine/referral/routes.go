package referral

import (
	"context"
	"regexp"
	"slices"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const tag = "Referrals"
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/referrals/summary", ID: "get-referral-summary", Tag: tag, Permission: api.PermGetUserData,
		Summary: "A member's referrals with their progress", Description: "Also at /apis/referral/summary."}, s.summary)
	rest.PartnerList(s.k, rest.Op{Method: "GET", Path: "/v1/referrals/programs", ID: "list-programs", Tag: tag, Permission: api.PermGetUserData,
		Summary: "The programs: journeys of referees and of members", Message: "Read programs success."}, s.list)
	rest.Partner(s.k, rest.Op{Method: "POST", Path: "/v1/referrals/programs", ID: "create-program", Tag: tag, Permission: api.PermAdminister, Status: 201,
		Summary: "Make a program", Description: "Members who meet conditions already are paid at once.", Message: "Create program success."}, s.create)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: "/v1/referrals/programs/{id}", ID: "update-program", Tag: tag, Permission: api.PermAdminister,
		Summary: "Replace a program", Description: "Stages keep what was passed by their stageId.", Message: "Update program success."}, s.update)
	rest.Partner(s.k, rest.Op{Method: "DELETE", Path: "/v1/referrals/programs/{id}", ID: "delete-program", Tag: tag, Permission: api.PermAdminister,
		Summary: "Delete a program", Description: "What it has paid stays paid.", Message: "Delete program success."}, s.remove)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/referrals", ID: "list-referees", Tag: tag, Permission: api.PermGetUserData,
		Summary: "All referees with their progress, by cursor", Message: "Read referrals success."}, s.all)
	rest.Partner(s.k, rest.Op{Method: "GET", Path: "/v1/referrals/link", ID: "get-referral-link", Tag: tag, Permission: api.PermAdminister,
		Summary: "How links name the referrer by a custom field", Message: "Read referral link success."}, s.link)
	rest.Partner(s.k, rest.Op{Method: "PUT", Path: "/v1/referrals/link", ID: "update-referral-link", Tag: tag, Permission: api.PermAdminister,
		Summary: "Map a value of the link to a custom field", Message: "Update referral link success."}, s.setLink)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/users/{userId}/referrer", ID: "set-referrer", Tag: tag, Permission: api.PermManageUser,
		Summary: "Say who brought a member", Message: "Update referrer success."}, s.setReferrer)
	rest.Integration(s.k, rest.Op{Method: "POST", Path: "/v1/users/milestones", ID: "get-milestones", Tag: tag, Permission: api.PermGetUserData,
		Summary: "A member's own journeys", Message: "Read milestones success."}, s.milestones)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/milestones", ID: "list-own-milestones", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "One's own journeys with how far one is", Message: "Read milestones success."}, s.ownMilestones)
	rest.Integration(s.k, rest.Op{Method: "GET", Path: "/v1/me/referrals", ID: "get-own-referrals", Tag: "Me", Access: rest.ForPersons, Permission: api.PermReadOwnProfile,
		Summary: "One's own link, referees and their progress", Message: "Read referrals success."}, s.own)
	rest.Integration(s.k, rest.Op{Method: "PUT", Path: "/v1/me/referrals/code", ID: "set-own-referral-code", Tag: "Me", Access: rest.ForPersons, Permission: api.PermUpdateOwnProfile,
		Summary: "Choose another code", Description: "Links with the old code name nobody any more.", Message: "Update referral code success."}, s.setOwnCode)
}

func (s *Service) summary(ctx context.Context, in *struct{ Body api.SummaryQuery }) (api.ReferralSummary, error) {
	c := rest.CallerOf(ctx)
	who, err := s.identify(ctx, c.CommunityID, in.Body.Identifier)
	if err != nil {
		return api.ReferralSummary{}, err
	}
	page := api.CursorPage{}
	if in.Body.Pagination != nil {
		page = *in.Body.Pagination
	}
	return s.Summary(ctx, c.CommunityID, who, in.Body.ProgramID, page)
}

type programsInput struct {
	rest.Paging
	Kind string `query:"kind" enum:"referral,milestone" doc:"Both when missing"`
}

func (s *Service) list(ctx context.Context, in *programsInput) (rest.Page[api.Program], error) {
	all, err := selectPrograms(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID, in.Kind)
	from := min(in.Offset(), len(all))
	return rest.PageOf(in.Paging, all[from:min(len(all), from+in.Limit)], len(all)), err
}

func (s *Service) create(ctx context.Context, in *struct{ Body api.ProgramInput }) (api.Program, error) {
	return s.Save(ctx, rest.CallerOf(ctx).CommunityID, "", in.Body)
}

type programPath struct {
	ID string `path:"id" maxLength:"24"`
}

type programPut struct {
	ID   string `path:"id" maxLength:"24"`
	Body api.ProgramInput
}

func (s *Service) update(ctx context.Context, in *programPut) (api.Program, error) {
	return s.Save(ctx, rest.CallerOf(ctx).CommunityID, in.ID, in.Body)
}

func (s *Service) remove(ctx context.Context, in *programPath) (*api.Empty, error) {
	return &api.Empty{}, s.Delete(ctx, rest.CallerOf(ctx).CommunityID, in.ID)
}

type allInput struct {
	Limit  int    `query:"limit" minimum:"1" maximum:"100" default:"25"`
	Cursor string `query:"cursor" maxLength:"100"`
}

func (s *Service) all(ctx context.Context, in *allInput) (api.RefereePage, error) {
	cid := rest.CallerOf(ctx).CommunityID
	programs, err := s.programs(ctx, cid, api.ProgramReferral, "")
	if err != nil {
		return api.RefereePage{}, err
	}
	list, next, err := s.referees(ctx, cid, "", programs, api.CursorPage{Limit: in.Limit, Cursor: in.Cursor})
	if err == nil {
		err = s.nameReferrers(ctx, cid, list)
	}
	return api.RefereePage{Referees: list, NextCursor: next}, err
}

func (s *Service) link(ctx context.Context, _ *struct{}) (api.ReferralLink, error) {
	return selectLink(ctx, s.k.DB().Read(), rest.CallerOf(ctx).CommunityID)
}

var paramForm = regexp.MustCompile(`^[A-Za-z][A-Za-z0-9_-]{0,39}$`)

func (s *Service) setLink(ctx context.Context, in *struct{ Body api.ReferralLink }) (api.ReferralLink, error) {
	cid, l := rest.CallerOf(ctx).CommunityID, in.Body
	if (l.Param == "") != (l.Field == "") {
		return l, api.InvalidField("field", "and param belong together")
	}
	if l.Param != "" && !paramForm.MatchString(l.Param) {
		return l, api.InvalidField("param", "must be a letter and then letters, digits, hyphens or underscores")
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		before, err := selectLink(ctx, tx, cid)
		if err != nil {
			return err
		}
		if err := putLink(ctx, tx, cid, l); err != nil {
			return err
		}
		return s.k.Audit(ctx, tx, cid, rest.Change{Action: "referral-link.update", TargetType: "community", TargetID: cid, Before: before, After: l})
	})
	return l, err
}

type referrerInput struct {
	UserID string `path:"userId" maxLength:"254"`
	Body   api.ReferrerInput
}

func (s *Service) setReferrer(ctx context.Context, in *referrerInput) (*api.Empty, error) {
	cid := rest.CallerOf(ctx).CommunityID
	referee, err := s.members.Resolve(ctx, cid, in.UserID)
	if err != nil {
		return nil, err
	}
	if in.Body.Referrer == "" {
		referrer := referee
		referrer.ID, referrer.Username = "", ""
		return &api.Empty{}, s.SetReferrer(ctx, cid, referee, referrer)
	}
	referrer, err := s.members.Resolve(ctx, cid, in.Body.Referrer)
	if err != nil || referrer.Deleted {
		return nil, api.InvalidField("referrer", "names no user of this community")
	}
	return &api.Empty{}, s.SetReferrer(ctx, cid, referee, referrer)
}

// ownMilestones are the caller's journeys that are on; hidden stages tell no
// conditions.
func (s *Service) ownMilestones(ctx context.Context, _ *struct{}) ([]api.ProgramProgress, error) {
	c := rest.CallerOf(ctx)
	who, err := s.identify(ctx, c.CommunityID, api.Identifier{Type: "id", Value: c.MemberID})
	if err != nil {
		return nil, err
	}
	all, err := s.Milestones(ctx, c.CommunityID, who, "")
	if err != nil {
		return nil, err
	}
	on, err := selectPrograms(ctx, s.k.DB().Read(), c.CommunityID, api.ProgramMilestone)
	return shownOnly(all.Programs, on), err
}

// shownOnly leaves out programs that are off, and the conditions of hidden
// stages.
func shownOnly(list []api.ProgramProgress, programs []api.Program) []api.ProgramProgress {
	out := []api.ProgramProgress{}
	for _, g := range list {
		if !slices.ContainsFunc(programs, func(p api.Program) bool { return p.ID == g.ProgramID && p.IsEnabled }) {
			continue
		}
		for i := range g.Stages {
			if g.Stages[i].DisplaySetting == "hidden" {
				g.Stages[i].Requirements = api.Requirements{MainConditions: []api.MainCondition{}}
			}
		}
		out = append(out, g)
	}
	return out
}

func (s *Service) milestones(ctx context.Context, in *struct{ Body api.MilestoneQuery }) (api.Milestones, error) {
	c := rest.CallerOf(ctx)
	who, err := s.identify(ctx, c.CommunityID, in.Body.Identifier)
	if err != nil {
		return api.Milestones{}, err
	}
	return s.Milestones(ctx, c.CommunityID, who, in.Body.ProgramID)
}

func (s *Service) own(ctx context.Context, in *allInput) (api.ReferralSummary, error) {
	c := rest.CallerOf(ctx)
	who, err := s.person(ctx, c.CommunityID, c.MemberID)
	if err != nil {
		return api.ReferralSummary{}, err
	}
	out, err := s.Summary(ctx, c.CommunityID, who, "", api.CursorPage{Limit: in.Limit, Cursor: in.Cursor})
	if err == nil {
		out.Programs, err = s.offered(ctx, c.CommunityID)
	}
	return out, err
}

func (s *Service) setOwnCode(ctx context.Context, in *struct{ Body api.ReferralCode }) (api.ReferralCode, error) {
	c := rest.CallerOf(ctx)
	return api.ReferralCode{Code: codeKey(in.Body.Code)}, s.SetCode(ctx, c.CommunityID, c.MemberID, in.Body.Code)
}
