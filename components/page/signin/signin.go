// Package signin holds the pages on which a person becomes a member or proves
// to be one: sign-in, registration, verification, password reset and the one
// button of a Secure Auth hand-over.
package signin

import (
	"laurel/components/form"
	"laurel/components/layout"
)

// SignInProps is the sign-in form.
type SignInProps struct {
	layout.AuthProps
	Login    string // what was typed: email or username
	Next     string // where to go afterwards, a path of ours
	Error    string // one sentence above the form
	Notice   string // a good word above the form: "You are signed out."
	Register bool   // registration is open
}

// RegisterProps is the registration form.
type RegisterProps struct {
	layout.AuthProps
	Email       string
	Username    string
	DisplayName string
	Referral    string            // code of the person who invited, kept hidden
	Invite      string            // code of the invite link, kept hidden
	Policies    []Policy          // to be agreed to
	Asked       []Asked           // profile fields that the community requires
	Error       string            // above the form
	Errors      map[string]string // by field name: email, username, displayname, password
}

// Policy is a text that a newcomer agrees to.
type Policy struct {
	Name       string // of the form's field
	Title      string
	Paragraphs []string
	Agreed     bool
}

// Asked is a profile field that a newcomer must fill in.
type Asked struct {
	Name, Label, Value, Autocomplete string
}

// VerifyProps is the page that a verification mail leads to. A press of the
// button verifies, so that link scanners do not.
type VerifyProps struct {
	layout.AuthProps
	Token string
	Email string
	Done  bool   // the address is verified
	Sent  bool   // a mail was just sent to Email
	Error string // the token is unknown, used or too old
}

// ForgotProps asks for the address of a forgotten password.
type ForgotProps struct {
	layout.AuthProps
	Login string
	Sent  bool // the same words whether or not the address is known
	Error string
}

// ResetProps chooses a new password.
type ResetProps struct {
	layout.AuthProps
	Token         string
	Error         string // above the form: the link is too old
	PasswordError string // beside the field
}

// ContinueProps is the last step of a Secure Auth hand-over.
type ContinueProps struct {
	layout.AuthProps
	Session string // id of the hand-over
	Name    string
	Note    string // email or username
	Image   string
	Error   string // used or expired: then there is no button
}

func (p RegisterProps) field(name, label string) form.Field {
	return form.Field{Name: name, Label: label, Error: p.Errors[name], Required: true}
}

func password(label, autocomplete, hint, fault string) form.Input {
	return form.Input{
		Field:        form.Field{Name: "password", Label: label, Hint: hint, Error: fault, Required: true},
		Type:         "password",
		Autocomplete: autocomplete,
	}
}
