//go:build !linux

package guard

import (
	"context"
	"syscall"
	"time"
)

// OwnGroup puts a process into a group of its own.
func OwnGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

// BecomeReaper: only Linux has sub-reapers.
func BecomeReaper(func(string, ...any)) {}

// ReapPause has no meaning without sub-reapers.
const ReapPause = time.Second

// Reap: without sub-reapers no orphan comes to us.
func Reap(context.Context, time.Duration) {}

// marked: only Linux shows the environment of others in a portable way. The
// process groups that the guard knows of are ended all the same.
func marked(string) []int { return nil }

// Rests: only Linux shows the threads of others in a portable way.
func (g *Process) Rests() bool { return true }
