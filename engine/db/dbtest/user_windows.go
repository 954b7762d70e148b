package dbtest

import "os/exec"

func giveAway(string) error { return nil }

func detach(*exec.Cmd) {}
