package member

import (
	"context"
	"crypto/rand"
	"encoding/json"
	"fmt"
	"math/big"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/event"
)

// mailsAnHour is how many mails strangers can send to one address.
const mailsAnHour = 5

type registerInput struct{ Body api.Registration }

// pending is what a verification mail's token carries: the password of the
// registration that it belongs to, so that whoever registers somebody else's
// address first does not keep a password for it.
type pending struct {
	PasswordHash string `json:"passwordHash"`
}

// register answers the same for a known address. A username that a confirmed
// member shows in public is refused, whatever the address; one that only
// waits for its confirmation is not, and the newcomer gets a similar name.
func (s *Service) register(ctx context.Context, in *registerInput) (*api.Empty, error) {
	home, err := s.home(ctx, in.Body.CommunityID)
	if err != nil {
		return nil, err
	}
	if s.Admit != nil {
		if err := s.Admit(ctx, home.ID, &in.Body); err != nil {
			return nil, err
		}
	}
	r, err := s.applicant(ctx, home, in.Body)
	if err != nil {
		return nil, err
	}
	var made record
	err = s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) (err error) {
		made, err = s.enlist(ctx, tx, home, r)
		if err == nil && made.ID != "" && s.OnJoin != nil {
			err = s.OnJoin(ctx, tx, home.ID, made.Ref, in.Body)
		}
		return err
	})
	if err == nil && made.ID != "" {
		s.changed(home.ID, made.Ref)
	}
	return nil, taken(err)
}

// applicant checks the form and hashes the password before anything depends
// on whether the address is known.
func (s *Service) applicant(ctx context.Context, home api.Community, in api.Registration) (record, error) {
	r := newRecord(s.k.Now(), api.NewUser{Username: in.Username, Email: in.Email, DisplayName: in.DisplayName,
		FirstName: in.FirstName, LastName: in.LastName, Language: home.Language})
	if in.Language != "" {
		r.language = in.Language
	}
	r.emailVerified = false
	err := first(checkUsername("username", r.Username), checkEmail("email", r.email), checkText("displayname", r.displayName, 100),
		checkText("firstname", r.firstName, 50), checkText("lastname", r.lastName, 50), checkLanguage("language", r.language),
		s.checkPassword("password", in.Password, r.Username, r.email))
	if err != nil {
		return r, err
	}
	if r.passwordHash, err = s.hasher.Hash(ctx, in.Password); err != nil {
		return r, err
	}
	r.referredBy, err = s.referrer(ctx, home.ID, in.Referral)
	if api.IsKind(err, api.Invalid) {
		err = nil // a stale link must not keep anybody out, nor tell who is a member
	}
	return r, err
}

// enlist stores the applicant, or mails whoever has the address already.
func (s *Service) enlist(ctx context.Context, tx *db.Tx, home api.Community, r record) (made record, err error) {
	name, known, _, err := holders(ctx, tx, home.ID, r)
	switch {
	case err != nil:
		return made, err
	case name.ID != "" && (name.emailVerified || name.IsDummy):
		return made, conflict("username")
	case known.ID != "":
		return made, s.remind(ctx, tx, home, known, r.passwordHash)
	case name.ID != "":
		if r.Username, err = freeName(ctx, tx, home.ID, r.Username); err != nil {
			return made, err
		}
	}
	if err := s.add(ctx, tx, home.ID, &r); err != nil {
		return made, err
	}
	return r, s.askToVerify(ctx, tx, home, r)
}

// freeName adds a random number to a name that somebody unconfirmed holds.
func freeName(ctx context.Context, tx *db.Tx, communityID, name string) (string, error) {
	if runes := []rune(name); len(runes) > 42 {
		name = string(runes[:42])
	}
	for range 20 {
		n, _ := rand.Int(rand.Reader, big.NewInt(1_000_000)) // crypto/rand never fails
		tried := fmt.Sprintf("%s-%06d", name, n)
		if _, err := selectBy(ctx, tx, communityID, "username_key", usernameKey(tried)); isUnknownUser(err) {
			return tried, nil
		} else if err != nil {
			return "", err
		}
	}
	return "", conflict("username")
}

// remind mails the holder of a known address: a link to claim an account that
// was made for them and has no password, the link again when the address is not
// confirmed, else that there is an account. Who typed the address gets nothing
// of it: a claimed account takes the password that its mail's reader chooses.
func (s *Service) remind(ctx context.Context, tx *db.Tx, home api.Community, known record, passwordHash string) error {
	if known.passwordHash == "" && !known.Deleted && !known.IsDummy {
		return s.offerClaim(ctx, tx, home, known)
	}
	if known.emailVerified || known.Deleted || known.IsDummy {
		return s.mailStranger(ctx, tx, home.ID, s.knownMail(known, home.Name))
	}
	if err := setPassword(ctx, tx, home.ID, known.ID, passwordHash); err != nil {
		return err
	}
	known.passwordHash = passwordHash
	return s.askToVerify(ctx, tx, home, known)
}

// offerClaim mails a one-use link to choose a password for an account that was
// made by an import or by the API; what it holds stays in it.
func (s *Service) offerClaim(ctx context.Context, tx *db.Tx, home api.Community, known record) error {
	token, err := s.newToken(ctx, tx, home.ID, oneUse{purpose: forReset, memberID: known.ID, life: claimLife})
	if err != nil {
		return err
	}
	return s.mailStranger(ctx, tx, home.ID, s.claimMail(known, home.Name, token))
}

func (s *Service) askToVerify(ctx context.Context, tx *db.Tx, home api.Community, r record) error {
	data, err := json.Marshal(pending{r.passwordHash})
	if err != nil {
		return fmt.Errorf("pending registration: %w", err)
	}
	token, err := s.newToken(ctx, tx, home.ID, oneUse{purpose: forVerify, memberID: r.ID, data: string(data), life: verifyLife})
	if err != nil {
		return err
	}
	return s.mailStranger(ctx, tx, home.ID, s.verifyMail(r, home.Name, token))
}

// mailStranger writes a mail that anybody can cause, unless the address has
// got enough of them.
func (s *Service) mailStranger(ctx context.Context, tx *db.Tx, communityID string, m event.Mail) error {
	n, err := s.mailer.Recent(ctx, tx, communityID, m.To, s.k.Now().Add(-time.Hour))
	if err != nil || n >= mailsAnHour {
		return err
	}
	return s.mailer.Write(ctx, tx, communityID, m)
}

type tokenInput struct{ Body api.TokenInput }

// verifyEmail confirms an address and lets the account in.
func (s *Service) verifyEmail(ctx context.Context, in *tokenInput) (*api.Empty, error) {
	var r record
	var communityID string
	var fresh bool
	err := s.k.DB().Write(ctx, func(ctx context.Context, tx *db.Tx) error {
		t, err := useToken(ctx, tx, forVerify, in.Body.Token, s.k.Now())
		if err != nil {
			return err
		}
		communityID = t.communityID
		r, fresh, err = s.confirm(ctx, tx, t)
		return err
	})
	if err != nil {
		return nil, err
	}
	s.changed(communityID, r.Ref)
	if fresh {
		s.tellReferral(ctx, communityID, r)
	}
	return nil, nil
}

// confirm marks the address confirmed and sets the password that came with
// the confirmed registration; fresh is false when it was confirmed before.
func (s *Service) confirm(ctx context.Context, tx *db.Tx, t oneUse) (r record, fresh bool, err error) {
	r, err = selectByID(ctx, tx, t.communityID, t.memberID)
	if isUnknownUser(err) || (err == nil && r.Deleted) {
		return r, false, errTokenInvalid
	}
	if err != nil || r.emailVerified {
		return r, false, err
	}
	var p pending
	if err := json.Unmarshal([]byte(t.data), &p); err != nil {
		return r, false, fmt.Errorf("pending registration: %w", err)
	}
	if p.PasswordHash != "" {
		r.passwordHash = p.PasswordHash
	}
	r.emailVerified, r.updatedAt = true, s.k.Now()
	if err := update(ctx, tx, t.communityID, r); err != nil {
		return r, false, err
	}
	return r, true, burnTokens(ctx, tx, t.communityID, r.ID, forVerify, s.k.Now())
}
