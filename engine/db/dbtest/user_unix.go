//go:build !windows

package dbtest

import (
	"errors"
	"os"
	"os/exec"
	"os/user"
	"strconv"
	"syscall"
)

// unprivileged finds the user who runs PostgreSQL, which refuses root.
func unprivileged() (*syscall.Credential, error) {
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, err1 := strconv.ParseUint(u.Uid, 10, 32)
		gid, err2 := strconv.ParseUint(u.Gid, 10, 32)
		if err1 == nil && err2 == nil {
			return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
		}
	}
	return nil, errors.New("PostgreSQL does not run as root, and there is no user postgres or nobody")
}

// giveAway hands dir to the user who will run PostgreSQL.
func giveAway(dir string) error {
	if os.Geteuid() != 0 {
		return nil
	}
	c, err := unprivileged()
	if err != nil {
		return err
	}
	return os.Chown(dir, int(c.Uid), int(c.Gid))
}

// detach puts cmd into a process group of its own, as that user.
func detach(cmd *exec.Cmd) {
	cmd.SysProcAttr = &syscall.SysProcAttr{Setpgid: true}
	if os.Geteuid() != 0 {
		return
	}
	if c, err := unprivileged(); err == nil { // giveAway reported the error
		cmd.SysProcAttr.Credential = c
	}
}
