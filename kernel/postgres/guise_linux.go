package postgres

import (
	"os"
	"syscall"
)

// ownGroup: a group of its own, and an immediate shutdown when the thread that started
// it ends. That is what SIGQUIT means to the server: it ends all it has started too,
// and removes what the system keeps for it.
func ownGroup() *syscall.SysProcAttr {
	return &syscall.SysProcAttr{Setpgid: true, Pdeathsig: syscall.SIGQUIT}
}

// namespaces are guises in which root is somebody else. The server has process number
// one there, so the system itself ends all others when it ends.
func namespaces() []guise {
	return []guise{{name: "namespace", uid: -1, attr: func() *syscall.SysProcAttr {
		attr := ownGroup()
		attr.Cloneflags = syscall.CLONE_NEWUSER | syscall.CLONE_NEWIPC | syscall.CLONE_NEWPID
		attr.UidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Geteuid(), Size: 1}}
		attr.GidMappings = []syscall.SysProcIDMap{{ContainerID: 1000, HostID: os.Getegid(), Size: 1}}
		return attr
	}}}
}
