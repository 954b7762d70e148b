package main

import (
	"bufio"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"laurel/api"
	"laurel/engine"
	"laurel/engine/community"
)

type userCmd struct {
	Create   userCreate   `cmd:"" help:"Create a person; the password is read from the first line of standard input."`
	Password userPassword `cmd:"" help:"Set a password, read from the first line of standard input; ends the person's sessions."`
}

type userCreate struct {
	Community    string `required:"" help:"Id or uri of the community."`
	NewCommunity string `help:"Make the community with this name when it does not exist."`
	Username     string `required:""`
	Email        string `required:""`
	Role         string `default:"owner" enum:"owner,admin,member"`
}

// Run makes the person, and the community when that is asked for.
func (u userCreate) Run(c *console) error {
	password, err := firstLine(os.Stdin)
	if err != nil {
		return err
	}
	e, d, err := c.engine(false)
	if err != nil {
		return err
	}
	defer d.Close()
	home, err := u.home(c, e)
	if err != nil {
		return err
	}
	made, err := e.Members.Create(c.ctx, home.ID, api.NewUser{Username: u.Username, Email: u.Email, Password: password, Role: api.Role(u.Role)})
	if err != nil {
		return err
	}
	_, err = fmt.Fprintf(c.stdout, "%s is %s of %s (%s).\n", made.Username, made.Role, home.Name, home.ID)
	return err
}

func (u userCreate) home(c *console, e *engine.Engine) (api.Community, error) {
	home, err := e.Communities.Find(c.ctx, u.Community, "")
	if !api.IsKind(err, api.NotFound) || u.NewCommunity == "" {
		return home, err
	}
	home, secrets, err := e.Communities.Create(c.ctx, community.Draft{Name: u.NewCommunity, URI: u.Community})
	if err != nil {
		return home, err
	}
	_, err = fmt.Fprintf(c.stdout, "System key: %s\nSecure-auth key: %s\nWidget key: %s\nThey are shown this once.\n",
		secrets.SystemKey, secrets.SecureAuthKey, secrets.WidgetKey)
	return home, err
}

type userPassword struct {
	Community string `required:"" help:"Id or uri of the community."`
	User      string `arg:"" help:"Id, number, username or email."`
}

// Run sets the password.
func (u userPassword) Run(c *console) error {
	password, err := firstLine(os.Stdin)
	if err != nil {
		return err
	}
	e, d, err := c.engine(false)
	if err != nil {
		return err
	}
	defer d.Close()
	home, err := e.Communities.Find(c.ctx, u.Community, "")
	if err != nil {
		return err
	}
	return e.Members.SetPassword(context.WithoutCancel(c.ctx), home.ID, u.User, password)
}

func firstLine(f *os.File) (string, error) {
	in := bufio.NewScanner(f)
	if !in.Scan() {
		return "", errors.Join(in.Err(), errors.New("no password on standard input"))
	}
	return strings.TrimRight(in.Text(), "\r\n"), nil
}
