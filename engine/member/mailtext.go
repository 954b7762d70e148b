package member

import (
	"context"
	"fmt"
	"time"

	"laurel/api"
	"laurel/engine/db"
	"laurel/engine/event"
)

// Tokens stand behind the # of a link: browsers do not send that part, so it
// reaches no server's log and no Referer.
const (
	verifyPage = "/verify#token="
	resetPage  = "/reset#token="
)

func (s *Service) verifyMail(r record, community, token string) event.Mail {
	return event.Mail{To: r.email, Subject: "Confirm your address for " + community, Text: fmt.Sprintf(
		"Hello %s,\n\nsomebody, most likely you, registered at %s as %q with this address. Confirm it here within 24 hours:\n\n%s\n\nIf it was not you, do nothing: without your confirmation the account stays closed.\n",
		r.shownName(), community, r.Username, s.cfg.BaseURL+verifyPage+token)}
}

func (s *Service) knownMail(r record, community string) event.Mail {
	return event.Mail{To: r.email, Subject: "You already have an account at " + community, Text: fmt.Sprintf(
		"Hello %s,\n\nsomebody, most likely you, tried to register at %s with this address. It already has an account, with the username %q. Nothing was changed.\n\nSign in:\n%s/sign-in\n\nForgotten the password?\n%s/forgot\n",
		r.shownName(), community, r.Username, s.cfg.BaseURL, s.cfg.BaseURL)}
}

func (s *Service) claimMail(r record, community, token string) event.Mail {
	return event.Mail{To: r.email, Subject: "Claim your account at " + community, Text: fmt.Sprintf(
		"Hello %s,\n\nan account at %s is waiting for you, with the username %q and everything in it. Choose your password here within 24 hours:\n\n%s\n\nIf you did not register, do nothing: nobody can use the account without this link.\n",
		r.shownName(), community, r.Username, s.cfg.BaseURL+resetPage+token)}
}

func (s *Service) resetMail(r record, community, token string) event.Mail {
	return event.Mail{To: r.email, Subject: "Choose a new password for " + community, Text: fmt.Sprintf(
		"Hello %s,\n\nhere you can choose a new password for your account %q at %s, within one hour:\n\n%s\n\nIf you did not ask for it, do nothing: your password stays as it is.\n",
		r.shownName(), r.Username, community, s.cfg.BaseURL+resetPage+token)}
}

func (s *Service) changedMail(r record, community string) event.Mail {
	return event.Mail{To: r.email, Subject: "Your password for " + community + " was changed", Text: fmt.Sprintf(
		"Hello %s,\n\nthe password of your account %q at %s was changed just now, and every other session was ended. If it was not you, choose a new one at once:\n%s/forgot\n",
		r.shownName(), r.Username, community, s.cfg.BaseURL)}
}

func (s *Service) welcomeMail(r record, community, token string) event.Mail {
	how := "Sign in here:\n" + s.cfg.BaseURL + "/sign-in\n"
	if token != "" {
		how = "Choose your password here within 24 hours:\n\n" + s.cfg.BaseURL + resetPage + token + "\n"
	}
	return event.Mail{To: r.email, Subject: "Welcome to " + community, Text: fmt.Sprintf(
		"Hello %s,\n\nyou have an account at %s now. Your username is %q. %s", r.shownName(), community, r.Username, how)}
}

// welcome sends what createUser asked for. A password is never mailed:
// emailPassword sends a link to choose one.
func (s *Service) welcome(ctx context.Context, tx *db.Tx, communityID string, r record, in api.NewUser) error {
	if !in.SendEmail && !in.EmailPassword {
		return nil
	}
	name, err := nameOf(ctx, tx, communityID)
	if err != nil {
		return err
	}
	if !r.emailVerified {
		token, err := s.newToken(ctx, tx, communityID, oneUse{purpose: forVerify, memberID: r.ID, life: verifyLife})
		if err != nil {
			return err
		}
		return s.mailer.Write(ctx, tx, communityID, s.verifyMail(r, name, token))
	}
	token := ""
	if r.passwordHash == "" || in.EmailPassword {
		if token, err = s.newToken(ctx, tx, communityID, oneUse{purpose: forReset, memberID: r.ID, life: 24 * time.Hour}); err != nil {
			return err
		}
	}
	return s.mailer.Write(ctx, tx, communityID, s.welcomeMail(r, name, token))
}
