//go:build !linux

package proxy

import (
	"context"
	"syscall"
	"time"
)

func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// becomeReaper: only Linux has sub-reapers.
func becomeReaper(func(string, ...any)) {}

// reapPause has no meaning without sub-reapers.
const reapPause = time.Second

func reap(context.Context, time.Duration) {}

// marked: only Linux shows the environment of others in a portable way. The
// process groups that the guard knows of are ended all the same.
func marked(string) []int { return nil }
