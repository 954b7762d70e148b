package referral

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
)

const (
	stepSize = 500         // entries or members of one step
	lookBack = time.Minute // changes that may commit after later ones
)

// CatchUp judges whoever changed since the last position and pays what is due.
// It ends at the present end of the ledger.
func (s *Service) CatchUp(ctx context.Context, communityID string) error {
	s.work.Lock()
	defer s.work.Unlock()
	for {
		more, err := s.step(ctx, communityID)
		if err != nil || !more {
			return err
		}
	}
}

// step follows one part of the ledger and one of the members' changes.
func (s *Service) step(ctx context.Context, communityID string) (more bool, err error) {
	read := s.k.DB().Read()
	at, err := selectMark(ctx, read, communityID)
	if err != nil {
		return false, err
	}
	programs, err := selectPrograms(ctx, read, communityID, "")
	if err != nil {
		return false, err
	}
	entries, err := s.ledger.Since(ctx, communityID, at.seq, stepSize)
	if err != nil {
		return false, err
	}
	people, err := changedSince(ctx, read, communityID, at, stepSize)
	if err != nil {
		return false, err
	}
	next := at.after(entries, people, s.k.Now())
	ids := map[string]bool{}
	for _, e := range entries {
		ids[e.MemberID] = true
	}
	for _, p := range people {
		ids[p.ID] = true
	}
	if err := s.judge(ctx, communityID, programs, ids, at, next); err != nil {
		return false, err
	}
	return len(entries) == stepSize || len(people) == stepSize, nil
}

// due is a stage that a member has just passed.
type due struct {
	who     person
	program api.Program
	stage   api.Stage
}

// judge looks at members and pays what they have newly earned, together with
// the new position.
func (s *Service) judge(ctx context.Context, communityID string, programs []api.Program, ids map[string]bool, from, to mark) error {
	var list []due
	if anyEnabled(programs) && len(ids) > 0 {
		var err error
		if list, err = s.dues(ctx, communityID, programs, ids); err != nil {
			return err
		}
	}
	if len(list) == 0 && from == to {
		return nil
	}
	var entries []ledger.Entry
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		if entries, err = s.pay(ctx, tx, communityID, list); err != nil {
			return err
		}
		return putMark(ctx, tx, communityID, from, to)
	})
	if err == nil {
		s.ledger.Committed(ctx, entries)
	}
	return err
}

func anyEnabled(programs []api.Program) bool {
	for _, p := range programs {
		if p.IsEnabled {
			return true
		}
	}
	return false
}

// dues finds the stages that members meet now and have not finished yet.
func (s *Service) dues(ctx context.Context, communityID string, programs []api.Program, ids map[string]bool) ([]due, error) {
	people, err := selectPeople(ctx, s.k.DB().Read(), communityID, keys(ids))
	if err != nil {
		return nil, err
	}
	wallets, done, err := s.state(ctx, communityID, people)
	if err != nil {
		return nil, err
	}
	var out []due
	for _, who := range people {
		if who.Deleted || !who.verified {
			continue
		}
		f := factsOf(wallets[who.ID], who.fields)
		for _, p := range programs {
			if p.IsEnabled && (p.Kind == api.ProgramMilestone || who.referrer != "") {
				out = append(out, passed(who, p, f, done[who.ID], s.k.Now())...)
			}
		}
	}
	return out, nil
}

// passed lists the stages of a program that a member has newly passed, with
// the rewards they bring now; a stage counts only once those before it are
// finished.
func passed(who person, p api.Program, f facts, done finished, now time.Time) []due {
	var out []due
	begun := begins(who, p)
	for _, stage := range p.Stages {
		if got, ok := done[p.ID+"/"+stage.ID]; ok {
			begun = got.at
			continue
		}
		if _, met := requirements(stage, f); !met {
			break
		}
		out = append(out, due{who, p, boosted(stage, begun, now)})
		begun = now
	}
	return out
}

// begins is when a member's first stage begins.
func begins(who person, p api.Program) time.Time {
	if who.joined.After(p.CreatedAt.Time) {
		return who.joined
	}
	return p.CreatedAt.Time
}

// bonusEnds is until when a stage's bonus runs that began then; nil without one.
func bonusEnds(stage api.Stage, begun time.Time) *api.Time {
	if stage.Bonus == nil {
		return nil
	}
	return api.AtPtr(begun.Add(time.Duration(stage.Bonus.Hours) * time.Hour))
}

// boosted is the stage with the rewards that it brings now.
func boosted(stage api.Stage, begun, now time.Time) api.Stage {
	if end := bonusEnds(stage, begun); end == nil || !now.Before(end.Time) {
		return stage
	}
	stage.Rewards = times(stage.Rewards, stage.Bonus.Factor)
	if stage.RefereeRewards != nil {
		more := times(*stage.RefereeRewards, stage.Bonus.Factor)
		stage.RefereeRewards = &more
	}
	return stage
}

func times(r api.Reward, n int64) api.Reward { return api.Reward{XP: r.XP * n, Coins: r.Coins * n} }

// state reads what members have and what they finished.
func (s *Service) state(ctx context.Context, communityID string, people []person) (map[string]api.Wallet, map[string]finished, error) {
	ids := make([]string, len(people))
	for i, p := range people {
		ids[i] = p.ID
	}
	wallets, err := s.ledger.Wallets(ctx, communityID, ids)
	if err != nil {
		return nil, nil, err
	}
	done, err := selectFinished(ctx, s.k.DB().Read(), communityID, ids)
	return wallets, done, err
}

// pay notes finished stages and posts their rewards; a stage that is noted
// already pays nothing.
func (s *Service) pay(ctx context.Context, tx *db.Tx, communityID string, list []due) ([]ledger.Entry, error) {
	var postings []ledger.Posting
	for _, d := range list {
		payee, err := s.payee(ctx, d)
		if err != nil {
			return nil, err
		}
		fresh, err := putFinished(ctx, tx, communityID, d, s.k.Now())
		if err != nil {
			return nil, err
		}
		if !fresh {
			continue
		}
		if err := s.tell(ctx, tx, communityID, payee, d); err != nil {
			return nil, err
		}
		postings = append(postings, d.posting(payee, d.stage.Rewards, "")...)
		if d.stage.RefereeRewards != nil {
			postings = append(postings, d.posting(d.who.Ref, *d.stage.RefereeRewards, "/own")...)
		}
	}
	if len(postings) == 0 {
		return nil, nil
	}
	return s.ledger.Post(ctx, tx, communityID, postings)
}

// tell says whose way a stage was what was passed.
func (s *Service) tell(ctx context.Context, tx *db.Tx, communityID string, payee member.Ref, d due) error {
	if s.Notify == nil || payee.ID == "" {
		return nil
	}
	n := api.Notification{Kind: api.NoticeMilestone, Title: "Passed: " + d.stage.Name, Text: d.program.Name, Link: "/milestones"}
	if d.program.Kind == api.ProgramReferral {
		n.Title, n.Link = d.who.Username+" passed: "+d.stage.Name, "/me/friends"
	}
	return s.Notify(ctx, tx, communityID, payee.ID, n)
}

// payee is who gets the stage's main reward; nobody when the referrer is gone.
func (s *Service) payee(ctx context.Context, d due) (member.Ref, error) {
	if d.program.Kind == api.ProgramMilestone {
		return d.who.Ref, nil
	}
	ref, err := s.members.Resolve(ctx, d.who.community, d.who.referrer)
	if api.IsKind(err, api.NotFound) || ref.Deleted {
		return member.Ref{}, nil
	}
	return ref, err
}

func (d due) posting(to member.Ref, r api.Reward, part string) []ledger.Posting {
	if to.ID == "" || r.IsZero() {
		return nil
	}
	return []ledger.Posting{{
		Member: to, Action: d.program.Kind + "-stage", Counts: true, XP: r.XP, Coins: r.Coins, Source: "system", Actor: d.program.ID,
		Reason:    fmt.Sprintf("%s: %s", d.program.Name, d.stage.Name),
		Reference: d.program.ID + "/" + d.stage.ID + "/" + d.who.ID + part,
	}}
}
