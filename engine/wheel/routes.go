package wheel

import (
	"context"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// Routes registers the noun's operations.
func (s *Service) Routes() {
	const tag, base = "Wheel", "/v1/mini-games/wheel"
	op := func(method, path, id, summary, message string) rest.Op {
		return rest.Op{Method: method, Path: path, ID: id, Tag: tag, Permission: api.PermMiniGames, Summary: summary, Message: message}
	}
	rest.Integration(s.k, op("GET", base, "get-wheel", "The wheel, with what is left and the odds in force", "Read wheel success."), s.get)
	rest.Integration(s.k, op("PUT", base, "update-wheel", "Replace the wheel", "Update wheel success."), s.set)
	rest.Integration(s.k, op("POST", base+"/simulate", "simulate-wheel", "Draw on a wheel that is not saved", "Simulate wheel success."), s.simulate)
	rest.Integration(s.k, op("PUT", base+"/users/{userId}", "update-wheel-member", "Change a member's spins, weights, or whether the wheel is open to him", "Update wheel member success."), s.setOne)
	rest.Integration(s.k, op("GET", base+"/users/{userId}", "get-wheel-member", "Where a member stands at the wheel", "Read wheel member success."), s.getOne)
	rest.Integration(s.k, op("PUT", base+"/users", "update-wheel-members", "The same change for up to 500 members, all or none", "Update wheel members success."), s.setMany)
	rest.PartnerList(s.k, op("GET", base+"/spins", "list-spins", "Spins, newest first", "Read spins success."), s.list)
	own := func(method, path, id, summary, message string) rest.Op {
		return rest.Op{Method: method, Path: "/v1/me/wheel" + path, ID: id, Tag: "Me", Access: rest.ForPersons, Permission: api.PermPlay, Summary: summary, Message: message}
	}
	rest.Integration(s.k, own("GET", "", "get-own-wheel", "The wheel as the caller sees it", "Read wheel success."), s.own)
	rest.Integration(s.k, own("POST", "/spin", "spin-wheel", "Spin: the prize is decided and paid when the reply comes", "Spin success."), s.spin)
	rest.PartnerList(s.k, own("GET", "/spins", "list-own-spins", "One's own spins, newest first", "Read spins success."), s.ownSpins)
	rest.Integration(s.k, own("POST", "/seed", "change-own-seed", "Reveal the server seed and begin with a new one", "Change seed success."), s.reseed)
}

func (s *Service) get(ctx context.Context, _ *struct{}) (api.Wheel, error) {
	return s.Wheel(ctx, rest.CallerOf(ctx).CommunityID)
}

func (s *Service) set(ctx context.Context, in *struct{ Body api.WheelInput }) (api.Wheel, error) {
	return s.Set(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

func (s *Service) simulate(ctx context.Context, in *struct{ Body api.WheelSimulation }) (api.WheelTrial, error) {
	return s.Simulate(ctx, in.Body)
}

type memberPath struct {
	UserID string `path:"userId" maxLength:"254"`
}

func (s *Service) getOne(ctx context.Context, in *memberPath) (api.WheelMember, error) {
	cid := rest.CallerOf(ctx).CommunityID
	c, who, err := s.seat(ctx, cid, in.UserID)
	if err != nil {
		return api.WheelMember{}, err
	}
	p, err := selectPlayer(ctx, s.k.DB().Read(), cid, who.ID)
	return p.shown(c, who.Username, s.k.Now()), err
}

type memberEdit struct {
	UserID string `path:"userId" maxLength:"254"`
	Body   api.WheelMemberEdit
}

func (s *Service) setOne(ctx context.Context, in *memberEdit) (api.WheelMember, error) {
	return s.Edit(ctx, rest.CallerOf(ctx).CommunityID, in.UserID, in.Body)
}

func (s *Service) setMany(ctx context.Context, in *struct{ Body api.WheelMembersEdit }) ([]api.WheelMember, error) {
	return s.EditMany(ctx, rest.CallerOf(ctx).CommunityID, in.Body)
}

type spinsQuery struct {
	rest.Paging
	User string `query:"user" maxLength:"254" doc:"Id, number, username or email"`
	From string `query:"from" doc:"RFC 3339, or a day"`
	To   string `query:"to" doc:"Before this moment"`
}

func (s *Service) list(ctx context.Context, in *spinsQuery) (rest.Page[api.Spin], error) {
	cid, id := rest.CallerOf(ctx).CommunityID, ""
	if in.User != "" {
		who, err := s.members.Resolve(ctx, cid, in.User)
		if err != nil {
			return rest.Page[api.Spin]{}, err
		}
		id = who.ID
	}
	list, n, err := s.Spins(ctx, cid, id, func(w *db.Where) error { return rest.Span(w, "s.created_at", in.From, in.To) }, in.Limit, in.Offset())
	return rest.PageOf(in.Paging, list, n), err
}

// caller is the member who asks.
func (s *Service) caller(ctx context.Context) (string, member.Ref, error) {
	c := rest.CallerOf(ctx)
	who, err := s.members.Resolve(ctx, c.CommunityID, c.MemberID)
	return c.CommunityID, who, err
}

func (s *Service) own(ctx context.Context, _ *struct{}) (api.OwnWheel, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.OwnWheel{}, err
	}
	return s.Own(ctx, cid, who)
}

func (s *Service) spin(ctx context.Context, in *struct{ Body api.SpinInput }) (api.Spin, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.Spin{}, err
	}
	out, err := s.Spin(ctx, cid, who, in.Body)
	if err != nil {
		return out, err
	}
	c, err := s.config(ctx, cid)
	c.hide(&out)
	return out, err
}

// hide takes the odds from a member's own spin where they are not shown.
func (c config) hide(s *api.Spin) {
	if !c.ShowOdds {
		s.Odds = []api.OddsWeight{}
	}
}

func (s *Service) ownSpins(ctx context.Context, in *rest.Paging) (rest.Page[api.Spin], error) {
	c := rest.CallerOf(ctx)
	list, n, err := s.Spins(ctx, c.CommunityID, c.MemberID, func(*db.Where) error { return nil }, in.Limit, in.Offset())
	if err != nil {
		return rest.Page[api.Spin]{}, err
	}
	wheel, err := s.config(ctx, c.CommunityID)
	for i := range list {
		wheel.hide(&list[i])
	}
	return rest.PageOf(*in, list, n), err
}

func (s *Service) reseed(ctx context.Context, in *struct{ Body api.SeedInput }) (api.SeedChange, error) {
	cid, who, err := s.caller(ctx)
	if err != nil {
		return api.SeedChange{}, err
	}
	return s.Reseed(ctx, cid, who, in.Body.ClientSeed)
}
