//go:build unix && !linux

package postgres

import "syscall"

// ownGroup: a group of its own. There is no parent-death signal here: whoever starts a
// server has it ended: see [Config.Started].
func ownGroup() *syscall.SysProcAttr { return &syscall.SysProcAttr{Setpgid: true} }

func namespaces() []guise { return nil }
