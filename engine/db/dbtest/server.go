package dbtest

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// server is a PostgreSQL server of our own. A shell holds it: the shell waits
// for the end of its standard input, which comes when this process ends,
// however it ends; then it stops the server and removes the folder.
type server struct {
	dir    string
	url    string
	keeper *exec.Cmd
	life   io.WriteCloser // never written; open as long as the server is wanted
}

// settings make a small, fast server that listens on a socket in its folder
// only.
func settings(dir string) []string {
	return []string{
		"listen_addresses=", "unix_socket_directories=" + dir, "max_connections=200", "shared_buffers=32MB",
		"wal_level=minimal", "max_wal_senders=0", "jit=off", "log_min_messages=fatal",
	}
}

const keep = `"$@" >"$DIR/log" 2>&1 </dev/null &
read -r _
kill -QUIT $!
wait $!
rm -rf "$DIR"`

func startServer() (*server, error) {
	bin, err := binaries()
	if err != nil {
		return nil, err
	}
	dir, err := os.MkdirTemp("", "laurel-pg-")
	if err != nil {
		return nil, err
	}
	s := &server{dir: dir, url: "postgres://postgres@/postgres?host=" + url.QueryEscape(dir)}
	if err := errors.Join(giveAway(dir), s.create(bin)); err != nil {
		return nil, errors.Join(err, os.RemoveAll(dir))
	}
	if err := s.start(bin); err != nil {
		return nil, err
	}
	return s, s.await()
}

// binaries finds the newest installation.
func binaries() (string, error) {
	found, err := filepath.Glob("/usr/lib/postgresql/*/bin/postgres")
	if err == nil && len(found) > 0 {
		return filepath.Dir(found[len(found)-1]), nil
	}
	path, err := exec.LookPath("postgres")
	if err != nil {
		return "", errors.New("PostgreSQL is not installed (Debian: apt-get install postgresql), and LAUREL_TEST_POSTGRES is not set")
	}
	return filepath.Dir(path), nil
}

func (s *server) create(bin string) error {
	cmd := s.command(filepath.Join(bin, "initdb"), "--pgdata="+s.data(), "--username=postgres", "--auth=trust",
		"--encoding=UTF8", "--locale=C", "--no-sync", "--no-instructions")
	if out, err := cmd.CombinedOutput(); err != nil {
		return fmt.Errorf("initdb: %w: %s", err, out)
	}
	return s.relax()
}

// relax does without flushing, in a file that ALTER SYSTEM can overrule.
func (s *server) relax() error {
	f, err := os.OpenFile(filepath.Join(s.data(), "postgresql.conf"), os.O_APPEND|os.O_WRONLY, 0)
	if err != nil {
		return err
	}
	_, err = f.WriteString("fsync = off\nfull_page_writes = off\n")
	return errors.Join(err, f.Close())
}

func (s *server) data() string { return filepath.Join(s.dir, "data") }

func (s *server) start(bin string) (err error) {
	args := []string{"-c", keep, "keep", filepath.Join(bin, "postgres"), "-D", s.data()}
	for _, setting := range settings(s.dir) {
		args = append(args, "-c", setting)
	}
	s.keeper = s.command("/bin/sh", args...)
	if s.life, err = s.keeper.StdinPipe(); err != nil {
		return err
	}
	if err := s.keeper.Start(); err != nil {
		return fmt.Errorf("start PostgreSQL: %w", err)
	}
	return nil
}

// command runs as an unprivileged user when we are root, outside our process
// group, so that an interrupt from the terminal does not hit the keeper.
func (s *server) command(name string, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(context.Background(), name, args...)
	cmd.Dir = s.dir
	cmd.Env = []string{"DIR=" + s.dir, "PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC"}
	detach(cmd)
	return cmd
}

// await tries until the server answers.
func (s *server) await() error {
	var err error
	for deadline := time.Now().Add(30 * time.Second); time.Now().Before(deadline); time.Sleep(20 * time.Millisecond) {
		if err = Execute(s.url, "SELECT 1"); err == nil {
			return nil
		}
	}
	log, _ := os.ReadFile(filepath.Join(s.dir, "log"))
	return fmt.Errorf("PostgreSQL does not answer: %w: %s", err, strings.TrimSpace(string(log)))
}

// beDurable makes the server flush every commit, as a real one does.
func (s *server) beDurable() error {
	return Execute(s.url, "ALTER SYSTEM SET fsync = on", "ALTER SYSTEM SET full_page_writes = on", "SELECT pg_reload_conf()")
}
