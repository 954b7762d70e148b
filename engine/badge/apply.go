package badge

import (
	"context"
	"strconv"
	"strings"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/ledger"
	"laurel/engine/member"
	"laurel/engine/rest"
)

// File is a picture that somebody sends as proof.
type File struct {
	Name    string
	Content []byte
}

// maxNote is how long the words of an application may be, in characters.
const maxNote = 1000

// Apply notes a member's wish for a badge. Errors: NotFound, Invalid on note
// or proof, TooLarge, Conflict badge_not_open, badge_held, already_applied.
func (s *Service) Apply(ctx context.Context, communityID, id string, who member.Ref, note string, files []File) (api.BadgeApplication, error) {
	r, err := selectOne(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	w := wish{id: api.NewIDAt(s.k.Now()), badgeID: id, memberID: who.ID, note: strings.TrimSpace(note), status: api.ApplicationWaiting, created: s.k.Now()}
	proofs, err := s.applicable(ctx, communityID, r, w, files)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return insertWish(ctx, tx, communityID, w, proofs)
	})
	if db.IsConflict(err) {
		err = errApplied
	}
	if err != nil {
		return api.BadgeApplication{}, err
	}
	return s.Application(ctx, communityID, w.id)
}

// applicable checks a wish and gives its proofs as they are kept.
func (s *Service) applicable(ctx context.Context, communityID string, r record, w wish, files []File) ([]proof, error) {
	switch {
	case !r.open:
		return nil, errNotOpen
	case len([]rune(w.note)) > maxNote:
		return nil, api.InvalidField("note", "must be at most "+strconv.Itoa(maxNote)+" characters")
	case r.needsProof && len(files) == 0:
		return nil, api.InvalidField("proof", "is needed: attach a picture that shows it")
	case len(files) > maxProofs:
		return nil, api.InvalidField("proof", "must be at most "+strconv.Itoa(maxProofs)+" pictures")
	}
	own, err := selectAwards(ctx, s.k.DB().Read(), communityID, []string{w.memberID})
	if err != nil {
		return nil, err
	}
	for _, a := range own {
		if a.badgeID == r.id && !a.revoked {
			return nil, errHeld
		}
	}
	proofs := make([]proof, len(files))
	for i, f := range files {
		content, size, err := evidence("proof", f.Content)
		if err != nil {
			return nil, err
		}
		proofs[i] = proof{number: i + 1, name: fileName(f.Name), width: size.X, height: size.Y, content: content}
	}
	return proofs, nil
}

// fileName is the last part of a name, fit to be shown.
func fileName(name string) string {
	name = strings.ToValidUTF8(name, "")
	name = name[strings.LastIndexAny(name, `/\`)+1:]
	name = strings.Map(func(r rune) rune {
		if r < ' ' || r == 0x7f {
			return -1
		}
		return r
	}, name)
	if runes := []rune(name); len(runes) > 100 {
		name = string(runes[:100])
	}
	return first(name, "picture")
}

// Approve gives the badge to the applicant. Errors: NotFound, Conflict
// application_decided.
func (s *Service) Approve(ctx context.Context, communityID, id string) (api.BadgeApplication, error) {
	w, err := selectWish(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	r, who, err := s.pair(ctx, communityID, w.badgeID, w.memberID)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	err = s.pay(ctx, communityID, who, func(ctx context.Context, tx *db.Tx) ([]ledger.Posting, error) {
		if err := s.decide(ctx, tx, communityID, w, who, r, api.ApplicationApproved, ""); err != nil {
			return nil, err
		}
		_, pay, err := s.give(ctx, tx, communityID, grant{badge: r, who: who, source: byApplication, at: s.k.Now()})
		return pay, err
	})
	if err != nil {
		return api.BadgeApplication{}, err
	}
	return s.Application(ctx, communityID, id)
}

// Refuse ends an application with a reason that the applicant reads; he may
// apply again. Errors: NotFound, Invalid on reason, Conflict application_decided.
func (s *Service) Refuse(ctx context.Context, communityID, id, reason string) (api.BadgeApplication, error) {
	if reason = strings.TrimSpace(reason); reason == "" {
		return api.BadgeApplication{}, api.InvalidField("reason", "must not be blank")
	}
	w, err := selectWish(ctx, s.k.DB().Read(), communityID, id)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	r, err := selectOne(ctx, s.k.DB().Read(), communityID, w.badgeID)
	if err != nil {
		return api.BadgeApplication{}, err
	}
	who := member.Ref{ID: w.memberID, Username: w.user.Username}
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		return s.decide(ctx, tx, communityID, w, who, r, api.ApplicationRefused, reason)
	})
	if err != nil {
		return api.BadgeApplication{}, err
	}
	return s.Application(ctx, communityID, id)
}

func (s *Service) decide(ctx context.Context, tx *db.Tx, communityID string, w wish, who member.Ref, r record, status, reason string) error {
	done, err := decide(ctx, tx, communityID, w.id, status, reason, deciderOf(rest.CallerOf(ctx)), s.k.Now())
	if err != nil {
		return err
	}
	if !done {
		return errDecided
	}
	after := map[string]string{"badge": r.title, "badgeId": r.id, "application": w.id, "status": status}
	if reason != "" {
		after["reason"] = reason
	}
	return s.k.Audit(ctx, tx, communityID, rest.Change{Action: "badge-application." + status, TargetType: "user", TargetID: who.ID, TargetName: who.Username, After: after})
}
