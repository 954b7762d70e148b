package db_test

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"laurel/engine/db"
	"laurel/engine/db/dbtest"
)

// play is what this binary does as a second process: it opens the database and
// either waits for the end of its input ("hold") or writes rows and prints the
// number of each one that is acknowledged, until it is killed ("write").
func play(role string) int {
	ctx := context.Background()
	d, err := db.Open(ctx, db.Config{URL: os.Getenv("LAUREL_TEST_URL"), Path: os.Getenv("LAUREL_TEST_PATH")})
	if err != nil {
		fmt.Println(err)
		return 1
	}
	if role == "hold" {
		fmt.Println("ready")
		_, _ = io.Copy(io.Discard, os.Stdin)
		return 0
	}
	for caller := range 8 {
		go func() {
			for id := caller; ; id += 8 {
				if err := d.Write(ctx, insert(id)); err != nil {
					fmt.Println(err)
					os.Exit(1)
				}
				fmt.Println(id)
			}
		}()
	}
	select {}
}

// second starts this binary in a role; the test reads what it prints.
func second(t *testing.T, role string, c db.Config) (*exec.Cmd, *bufio.Scanner) {
	t.Helper()
	cmd := exec.CommandContext(t.Context(), os.Args[0])
	cmd.Env = append(os.Environ(), "LAUREL_TEST_ROLE="+role, "LAUREL_TEST_URL="+c.URL, "LAUREL_TEST_PATH="+c.Path)
	cmd.Stderr = os.Stderr
	if _, err := cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = cmd.Process.Kill(); _ = cmd.Wait() })
	return cmd, bufio.NewScanner(out)
}

func configs(t *testing.T, fn func(t *testing.T, c db.Config)) {
	t.Helper()
	t.Run("sqlite", func(t *testing.T) { fn(t, db.Config{Path: filepath.Join(t.TempDir(), "laurel.db")}) })
	t.Run("postgres", func(t *testing.T) { fn(t, db.Config{URL: dbtest.PostgresURL(t)}) })
}

func TestAcknowledgedWritesSurviveAKill(t *testing.T) {
	configs(t, func(t *testing.T, c db.Config) {
		d := dbtest.OpenConfig(t, c)
		table(t, d)
		if err := d.Close(); err != nil {
			t.Fatal(err)
		}
		cmd, lines := second(t, "write", c)
		var acknowledged []int
		for len(acknowledged) < 300 && lines.Scan() {
			acknowledged = append(acknowledged, number10(t, lines.Text()))
		}
		if err := cmd.Process.Kill(); err != nil {
			t.Fatal(err)
		}
		for lines.Scan() { // printed before it died
			acknowledged = append(acknowledged, number10(t, lines.Text()))
		}
		stored := ids(t, dbtest.OpenConfig(t, c))
		for _, id := range acknowledged {
			if _, ok := slices.BinarySearch(stored, id); !ok {
				t.Errorf("row %d was acknowledged and is gone", id)
			}
		}
		if len(acknowledged) < 300 {
			t.Errorf("the second process stopped after %d writes", len(acknowledged))
		}
	})
}

func number10(t *testing.T, text string) int {
	t.Helper()
	n, err := strconv.Atoi(text)
	if err != nil {
		t.Fatalf("the second process says: %s", text)
	}
	return n
}

func TestSecondServerOnAFileIsRefused(t *testing.T) {
	c := db.Config{Path: filepath.Join(t.TempDir(), "data", "laurel.db")}
	cmd, lines := second(t, "hold", c)
	if !lines.Scan() || lines.Text() != "ready" {
		t.Fatalf("second process says: %s", lines.Text())
	}
	d, err := db.Open(t.Context(), c)
	if err == nil {
		_ = d.Close()
		t.Fatal("got no error")
	}
	if want := fmt.Sprintf("in use by process %d;", cmd.Process.Pid); !strings.Contains(err.Error(), want) {
		t.Errorf("got %q, want it to contain %q", err, want)
	}
	if err := cmd.Process.Kill(); err != nil {
		t.Fatal(err)
	}
	_ = cmd.Wait()
	dbtest.OpenConfig(t, c) // the lock ended with its holder
}
