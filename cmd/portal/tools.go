package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"time"

	"laurel/api"
	"laurel/auth"
	"laurel/engine"
	"laurel/engine/community"
	"laurel/engine/db"
)

// database opens the configured database; a tool only looks.
func (c *console) database(tool bool) (*db.DB, error) {
	return db.Open(c.ctx, db.Config{URL: c.config.DatabaseURL, Path: c.config.databasePath(), Tool: tool})
}

// engine opens the database and an engine on it without background work.
func (c *console) engine(tool bool) (*engine.Engine, *db.DB, error) {
	d, err := c.database(tool)
	if err != nil {
		return nil, nil, err
	}
	keys, err := auth.LoadOrCreateKey(c.config.keyPath())
	if err != nil {
		return nil, nil, errors.Join(err, d.Close())
	}
	e, err := engine.New(engine.Config{DB: d, Keyring: keys, Hasher: auth.NewHasher(auth.DefaultParams(), 1), BaseURL: c.config.base(), Version: version})
	return e, d, err
}

type migrateCmd struct{}

// Run opens the database, which migrates it.
func (migrateCmd) Run(c *console) error {
	d, err := c.database(false)
	if err != nil {
		return err
	}
	v, err := d.Version(c.ctx)
	fmt.Fprintf(c.stdout, "The database is at version %d.\n", v)
	return errors.Join(err, d.Close())
}

type backupCmd struct {
	File string `arg:"" help:"File to write; it must not exist."`
}

// Run copies the database while a server may be writing.
func (b backupCmd) Run(c *console) error {
	d, err := c.database(true)
	if err != nil {
		return err
	}
	defer d.Close()
	if err := d.Backup(c.ctx, b.File); err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Backup written to %s. Keep %s with it: it opens the sealed values.\n", b.File, c.config.keyPath())
	return nil
}

type restoreCmd struct {
	File  string `arg:"" type:"existingfile" help:"Backup to restore."`
	Force bool   `help:"Replace the database that is there; it is kept beside as .before-restore."`
}

// Run puts the backup in the database's place. A running server holds the
// lock, and opening below refuses.
func (r restoreCmd) Run(c *console) error {
	target := c.config.databasePath()
	if _, err := os.Stat(target); err == nil {
		if !r.Force {
			return fmt.Errorf("%s exists: stop the server and add --force to replace it", target)
		}
		if err := setAside(c, target); err != nil {
			return err
		}
	}
	if err := copyFile(r.File, target); err != nil {
		return err
	}
	d, err := c.database(false)
	if err != nil {
		return err
	}
	fmt.Fprintf(c.stdout, "Restored %s. Start the server when the deployment's key is in %s.\n", target, c.config.keyPath())
	return d.Close()
}

// setAside moves the present database away, after making sure that no server
// holds it.
func setAside(c *console, target string) error {
	d, err := c.database(false)
	if err != nil {
		return err
	}
	if err := d.Close(); err != nil {
		return err
	}
	for _, suffix := range []string{"", "-wal", "-shm"} {
		err := os.Rename(target+suffix, target+".before-restore"+suffix)
		if err != nil && !errors.Is(err, os.ErrNotExist) {
			return err
		}
	}
	return nil
}

func copyFile(from, to string) error {
	if err := os.MkdirAll(filepath.Dir(to), 0o700); err != nil {
		return err
	}
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, 0o600)
	if err != nil {
		return err
	}
	if _, err := io.Copy(out, in); err != nil {
		return errors.Join(err, out.Close())
	}
	return errors.Join(out.Sync(), out.Close())
}

type verifyCmd struct{}

// Run proves the books; an imbalance is an error.
func (verifyCmd) Run(c *console) error {
	e, d, err := c.engine(true)
	if err != nil {
		return err
	}
	defer d.Close()
	report, err := e.Ledger.Verify(c.ctx)
	if err != nil {
		return err
	}
	for _, fault := range report.Faults {
		fmt.Fprintln(c.stdout, fault)
	}
	_, err = fmt.Fprintf(c.stdout, "%d communities, %d members with a balance, %d entries, %d faults.\n",
		report.Communities, report.Members, report.Entries, report.FaultCount)
	if err == nil && !report.OK() {
		return errors.New("the books do not balance")
	}
	return err
}

type doctorCmd struct {
	URL string `help:"Also ask a running server at this address whether it is ready."`
}

// Run checks what can be checked and names what is wrong.
func (d doctorCmd) Run(c *console) error {
	if d.URL != "" {
		return ready(c.ctx, d.URL)
	}
	if err := c.config.check(); err != nil {
		return err
	}
	database, err := c.database(true)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	defer database.Close()
	v, err := database.Version(c.ctx)
	if err != nil {
		return fmt.Errorf("database: %w", err)
	}
	if _, err := os.Stat(c.config.keyPath()); err != nil {
		return fmt.Errorf("deployment key: %w", err)
	}
	_, err = fmt.Fprintf(c.stdout, "Configuration, key and database (%s, version %d) are in order.\n", database.Dialect(), v)
	return err
}

func ready(ctx context.Context, base string) error {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	req, err := http.NewRequestWithContext(ctx, http.MethodGet, strings.TrimRight(base, "/")+"/readyz", http.NoBody)
	if err != nil {
		return err
	}
	res, err := http.DefaultClient.Do(req)
	if err != nil {
		return err
	}
	defer res.Body.Close()
	if res.StatusCode != http.StatusOK {
		return fmt.Errorf("the server answers %s", res.Status)
	}
	return nil
}

type openapiCmd struct{}

// Run prints the document, made from the code without any database content.
func (openapiCmd) Run(c *console) error {
	dir, err := os.MkdirTemp("", "laurel-openapi")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	scratch := *c
	scratch.config = &Config{Data: dir}
	e, d, err := scratch.engine(false)
	if err != nil {
		return err
	}
	defer d.Close()
	text, err := e.OpenAPI().YAML()
	if err != nil {
		return err
	}
	_, err = c.stdout.Write(text)
	return err
}

type keyCmd struct {
	Community   string   `required:"" help:"Id or uri of the community."`
	Name        string   `default:"made by portal key" help:"Name of the key."`
	Permissions []string `help:"Permissions; all when none are named."`
}

// Run makes a community key and prints its secret once.
func (k keyCmd) Run(c *console) error {
	e, d, err := c.engine(false)
	if err != nil {
		return err
	}
	defer d.Close()
	home, err := e.Communities.Find(c.ctx, k.Community, "")
	if err != nil {
		return err
	}
	in := api.NewAPIKey{Name: k.Name, Permissions: api.CommunityPermissions()}
	if len(k.Permissions) > 0 {
		in.Permissions = nil
	}
	for _, p := range k.Permissions {
		in.Permissions = append(in.Permissions, api.Permission(p))
	}
	key, err := e.Communities.IssueKey(c.ctx, home.ID, community.KindCommunity, "", in)
	if err != nil {
		return err
	}
	_, err = fmt.Fprintln(c.stdout, key.Key)
	return err
}
