package demo

import (
	"context"
	"fmt"

	"laurel/api"
	"laurel/apiclient"
	"laurel/engine/member"
)

// moderate sets the words that are watched, and lets the log begin: messages
// that are stopped, one that is changed and two that are deleted.
func (d *Demo) moderate(ctx context.Context, cred *Credentials, who []member.Ref) error {
	m := apiclient.InProcess(d.engine).WithSystemKey(cred.SystemKey).Messages()
	words, err := m.Words(ctx)
	if err != nil {
		return err
	}
	words.Banned = api.WordList{Words: []string{"guaranteed profit", "double your account"}, Warning: "No promises of profit here, please: nobody can keep them."}
	words.Alert = api.AlertList{Words: []string{"refund", "chargeback"}, ChannelIDs: []string{}}
	if _, err := m.SetWords(ctx, words); err != nil {
		return err
	}
	say := func(i int, text string) (string, error) {
		sent, err := m.Send(ctx, api.SendMessage{ChannelID: cred.ChannelID, Message: text, Sender: who[i].ID})
		return sent.ID, err
	}
	for i, text := range []string{"Join my room, guaranteed profit every single day", "Who wants to double your account by Friday?"} {
		if _, err := say(40+i*7, text); !api.IsKind(err, api.Invalid) {
			return fmt.Errorf("a banned word was let through: %w", err)
		}
	}
	for i, c := range []struct{ text, after, reason string }{
		{"Wrong channel, sorry, this was for the help desk.", "", "asked for by its author"},
		{"Signals for free at cheap-signals dot example, first come first served", "", "advertising"},
		{"Gold closes above 2,400 today, mark my words", "I think that gold closes above 2,400 today", ""},
	} {
		id, err := say(12+i*9, c.text)
		if err == nil && c.after != "" {
			_, err = m.Edit(ctx, id, c.after)
		} else if err == nil {
			err = m.Delete(ctx, id, c.reason)
		}
		if err != nil {
			return fmt.Errorf("moderation: %w", err)
		}
	}
	return nil
}
