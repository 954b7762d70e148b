package referral

import (
	"context"
	"crypto/rand"
	"errors"
	"math/big"
	"net/url"
	"strconv"
	"strings"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
)

var (
	errCursor = api.InvalidField("pagination.cursor", "is no cursor of this list")
	errUser   = api.NewError(api.NotFound, "user_not_found", "No user of this community is known by that identifier.")
)

// identify finds the member of an identifier. Errors: Invalid on fieldName,
// NotFound, Conflict when a custom value names several members.
func (s *Service) identify(ctx context.Context, communityID string, id api.Identifier) (person, error) {
	ref := id.Value
	if id.Type == "custom-field" {
		if id.FieldName == "" {
			return person{}, api.InvalidField("identifier.fieldName", "is needed for custom-field")
		}
		found, err := s.byField(ctx, communityID, id.FieldName, id.Value)
		switch {
		case err != nil:
			return person{}, err
		case len(found) == 0:
			return person{}, errUser
		case len(found) > 1:
			return person{}, api.NewError(api.Conflict, "identifier_ambiguous", "More than one user has that value.", api.FieldError{Field: "identifier.value", Message: "names several users"})
		}
		ref = found[0]
	}
	who, err := s.members.Resolve(ctx, communityID, ref)
	if err != nil || who.Deleted || !names(id, who) {
		if err == nil || api.IsKind(err, api.NotFound) {
			err = errUser
		}
		return person{}, err
	}
	return s.person(ctx, communityID, who.ID)
}

// names reports whether the value is of the identifier's type.
func names(id api.Identifier, who member.Ref) bool {
	switch id.Type {
	case "id":
		return id.Value == who.ID
	case "userId":
		return id.Value == strconv.FormatInt(who.No, 10)
	case "username":
		return strings.EqualFold(id.Value, who.Username)
	case "email":
		return strings.Contains(id.Value, "@")
	}
	return true
}

func (s *Service) person(ctx context.Context, communityID, id string) (person, error) {
	people, err := selectPeople(ctx, s.k.DB().Read(), communityID, []string{id})
	if err == nil && len(people) == 0 {
		err = errUser
	}
	if err != nil {
		return person{}, err
	}
	return people[0], nil
}

func (p person) user() api.ReferralUser {
	return api.ReferralUser{ID: p.ID, UserID: p.No, Email: p.email, Username: p.Username}
}

// programs are those of a kind, or the one of that id. Errors: Invalid,
// NotFound.
func (s *Service) programs(ctx context.Context, communityID, kind, id string) ([]api.Program, error) {
	if id == "" {
		all, err := selectPrograms(ctx, s.k.DB().Read(), communityID, kind)
		out := all[:0]
		for _, p := range all {
			if p.IsEnabled {
				out = append(out, p)
			}
		}
		return out, err
	}
	if !api.IsID(id) {
		return nil, api.InvalidField("programId", "must be an id")
	}
	p, err := selectProgram(ctx, s.k.DB().Read(), communityID, id)
	if err == nil && p.Kind != kind {
		err = errProgram
	}
	return []api.Program{p}, err
}

// offered are the enabled referral programs as members may see them.
func (s *Service) offered(ctx context.Context, communityID string) ([]api.Program, error) {
	list, err := s.programs(ctx, communityID, api.ProgramReferral, "")
	for _, p := range list {
		for i := range p.Stages {
			if p.Stages[i].DisplaySetting == "hidden" {
				p.Stages[i].Conditions = []api.ConditionGroup{}
			}
		}
	}
	return list, err
}

// Summary is what a member's referrals have come to, a page of them at a time.
func (s *Service) Summary(ctx context.Context, communityID string, who person, programID string, page api.CursorPage) (api.ReferralSummary, error) {
	programs, err := s.programs(ctx, communityID, api.ProgramReferral, programID)
	if err != nil {
		return api.ReferralSummary{}, err
	}
	invite, err := s.invite(ctx, communityID, who)
	if err != nil {
		return api.ReferralSummary{}, err
	}
	out := api.ReferralSummary{User: who.user(), Invite: invite}
	if out.Activity, err = s.activity(ctx, communityID, who.ID, programs); err != nil {
		return out, err
	}
	out.Referees, out.NextCursor, err = s.referees(ctx, communityID, who.ID, programs, page)
	return out, err
}

// referees is one page of a member's referees, the earliest first; without a
// member, of all.
func (s *Service) referees(ctx context.Context, communityID, memberID string, programs []api.Program, page api.CursorPage) ([]api.Referee, string, error) {
	after := int64(0)
	if page.Cursor != "" {
		n, err := strconv.ParseInt(page.Cursor, 36, 64)
		if err != nil || n < 0 {
			return nil, "", errCursor
		}
		after = n
	}
	limit := page.Limit
	if limit == 0 {
		limit = 25
	}
	people, err := queryPeople(ctx, s.k.DB().Read(), communityID, `AND referred_by <> '' AND ($2 = '' OR referred_by = $2) AND deleted_at = 0 AND no > $3
		ORDER BY no LIMIT $4`, memberID, after, limit+1)
	if err != nil {
		return nil, "", err
	}
	next := ""
	if len(people) > limit {
		people = people[:limit]
		next = strconv.FormatInt(people[limit-1].No, 36)
	}
	out, err := s.shown(ctx, communityID, people, programs)
	return out, next, err
}

func (s *Service) shown(ctx context.Context, communityID string, people []person, programs []api.Program) ([]api.Referee, error) {
	wallets, done, err := s.state(ctx, communityID, people)
	if err != nil {
		return nil, err
	}
	out := make([]api.Referee, len(people))
	for i, p := range people {
		out[i] = api.Referee{UserID: p.ID, Username: p.Username, Avatar: p.avatar, JoinedAt: api.At(p.joined), ReferrerID: p.referrer,
			Programs: progress(p, programs, factsOf(wallets[p.ID], p.fields), done[p.ID], s.k.Now())}
	}
	return out, nil
}

// nameReferrers fills in who brought each.
func (s *Service) nameReferrers(ctx context.Context, communityID string, list []api.Referee) error {
	ids := make([]string, len(list))
	for i, r := range list {
		ids[i] = r.ReferrerID
	}
	people, err := selectPeople(ctx, s.k.DB().Read(), communityID, ids)
	for _, p := range people {
		for i := range list {
			if list[i].ReferrerID == p.ID {
				list[i].Referrer = p.Username
			}
		}
	}
	return err
}

// progress is how far somebody is in the programs.
func progress(who person, programs []api.Program, f facts, done finished, now time.Time) []api.ProgramProgress {
	out := make([]api.ProgramProgress, len(programs))
	for i, p := range programs {
		pp := api.ProgramProgress{ProgramID: p.ID, ProgramName: p.Name, TotalStages: len(p.Stages), Stages: make([]api.StageProgress, len(p.Stages))}
		status, begun := "in-progress", begins(who, p)
		for n, stage := range p.Stages {
			sp := api.StageProgress{StageID: stage.ID, StageNumber: n + 1, Name: stage.Name, Description: stage.Description,
				DisplaySetting: stage.DisplaySetting, Rewards: stage.Rewards, Status: status}
			sp.Requirements, _ = requirements(stage, f)
			if got, ok := done[p.ID+"/"+stage.ID]; ok {
				sp.Status, sp.IsCompleted, sp.CompletedAt = "completed", true, api.AtPtr(got.at)
				pp.CompletedStages++
				begun = got.at
			} else {
				if end := bonusEnds(stage, begun); status == "in-progress" && end != nil && now.Before(end.Time) {
					sp.BonusFactor, sp.BonusEndsAt = stage.Bonus.Factor, end
				}
				status = "locked"
			}
			pp.Stages[n] = sp
		}
		pp.Percentage = pp.CompletedStages * 100 / max(1, pp.TotalStages)
		out[i] = pp
	}
	return out
}

// activity counts a member's referees; one is complete when all its stages of
// all the programs are.
func (s *Service) activity(ctx context.Context, communityID, memberID string, programs []api.Program) (api.ReferralActivity, error) {
	paid, err := earned(ctx, s.k.DB().Read(), communityID, memberID)
	out := api.ReferralActivity{XPEarned: paid.XP, CoinsEarned: paid.Coins}
	stages := 0
	for _, p := range programs {
		stages += len(p.Stages)
	}
	for cursor := ""; err == nil; {
		var some []api.Referee
		some, cursor, err = s.referees(ctx, communityID, memberID, programs, api.CursorPage{Limit: 500, Cursor: cursor})
		for _, r := range some {
			out.TotalReferrals++
			n := 0
			for _, p := range r.Programs {
				n += p.CompletedStages
			}
			if stages > 0 && n == stages {
				out.Completed++
			}
		}
		if cursor == "" {
			break
		}
	}
	out.InProgress = out.TotalReferrals - out.Completed
	return out, err
}

// invite is what a member invites with; the code is made when first asked for.
func (s *Service) invite(ctx context.Context, communityID string, who person) (api.ReferralInvite, error) {
	code, err := s.code(ctx, communityID, who)
	if err != nil {
		return api.ReferralInvite{}, err
	}
	home, err := s.communities.ByID(ctx, communityID)
	if err != nil {
		return api.ReferralInvite{}, err
	}
	link, err := selectLink(ctx, s.k.DB().Read(), communityID)
	if err != nil {
		return api.ReferralInvite{}, err
	}
	origin := s.base
	if home.Domain != "" {
		origin = "https://" + home.Domain
	}
	name, value := "ref", code
	if v := who.fields[link.Field]; link.Param != "" && v != "" {
		name, value = link.Param, v
	}
	query := "/register?" + url.Values{name: {value}}.Encode()
	return api.ReferralInvite{Code: code, Origin: origin, URL: origin + query, PlatformURL: s.base + query}, nil
}

func (s *Service) code(ctx context.Context, communityID string, who person) (string, error) {
	code, err := codeOf(ctx, s.k.DB().Read(), communityID, who.ID)
	for try := 0; code == "" && err == nil; try++ {
		fresh := readable(who.Username)
		err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
			return putCode(ctx, tx, communityID, who.ID, fresh, s.k.Now())
		})
		if err == nil {
			return fresh, nil
		}
		if db.IsConflict(err) && try < 10 {
			err = nil
		}
	}
	return code, err
}

// SetCode replaces a member's code. Errors: Invalid, Conflict code_taken.
func (s *Service) SetCode(ctx context.Context, communityID, memberID, code string) error {
	if err := checkCode(code); err != nil {
		return err
	}
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return putCode(ctx, tx, communityID, memberID, codeKey(code), s.k.Now())
	})
	var known *api.Error
	if db.IsConflict(err) && !errors.As(err, &known) {
		return api.NewError(api.Conflict, "code_taken", "Another member invites with that code.", api.FieldError{Field: "code", Message: "is taken"})
	}
	return err
}

// readable makes a code of a name and four characters that are not mistaken
// for each other.
func readable(name string) string {
	const alphabet = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
	var b strings.Builder
	for _, r := range strings.ToUpper(name) {
		if (r >= 'A' && r <= 'Z' || r >= '0' && r <= '9') && b.Len() < 10 {
			b.WriteRune(r)
		}
	}
	if b.Len() == 0 {
		b.WriteString("JOIN")
	}
	b.WriteByte('-')
	for range 4 {
		n, _ := rand.Int(rand.Reader, big.NewInt(int64(len(alphabet)))) // crypto/rand never fails
		b.WriteByte(alphabet[n.Int64()])
	}
	return b.String()
}

// Milestones are a member's own journeys.
func (s *Service) Milestones(ctx context.Context, communityID string, who person, programID string) (api.Milestones, error) {
	programs, err := s.programs(ctx, communityID, api.ProgramMilestone, programID)
	if err != nil {
		return api.Milestones{}, err
	}
	wallets, done, err := s.state(ctx, communityID, []person{who})
	if err != nil {
		return api.Milestones{}, err
	}
	return api.Milestones{User: who.user(), Programs: progress(who, programs, factsOf(wallets[who.ID], who.fields), done[who.ID], s.k.Now())}, nil
}
