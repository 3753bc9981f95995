package postgres

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"sync"
	"syscall"
)

// guise is as whom PostgreSQL's programs are run: they refuse to run as root.
type guise struct {
	name string
	attr func() *syscall.SysProcAttr // what starts a program so
	uid  int                         // who must own its files; -1: whoever we are
}

// plain runs the programs as ourselves.
var plain = guise{name: "plain", attr: ownGroup, uid: -1}

// dedicated is the user that runs the programs where root may not hide in a namespace.
// No account has this number: nobody else's files or processes are within its reach.
const dedicatedID = 61101

var dedicated = account(dedicatedID)

// account is the guise of a user with a number.
func account(id int) guise {
	return guise{name: "user", uid: id, attr: func() *syscall.SysProcAttr {
		attr := ownGroup()
		attr.Credential = &syscall.Credential{Uid: uint32(id), Gid: uint32(id)}
		return attr
	}}
}

// nobodyID is an account that is everywhere.
const nobodyID = 65534

// named is the guise in which data are made: initdb insists on a user with a name.
func (as guise) named() guise {
	if as.uid == dedicatedID {
		return account(nobodyID)
	}
	return as
}

// candidates are the guises worth trying, the best first.
func candidates() []guise {
	if os.Geteuid() != 0 {
		return []guise{plain}
	}
	return append(namespaces(), dedicated)
}

// choices remembers what was found out about an installation.
var choices sync.Map // of choice, by Installation

type choice struct {
	as      guise
	version string // "18.6"
	err     error
}

// choose finds out in which guise the programs run, by running one.
func (i Installation) choose() choice {
	if known, ok := choices.Load(i); ok {
		return known.(choice)
	}
	var c choice
	for _, as := range candidates() {
		if c = i.try(as); c.err == nil {
			break
		}
	}
	if c.err == nil {
		choices.Store(i, c)
	}
	return c
}

// try asks the server for its version. Where the programs lie in a private home, the
// dedicated user cannot reach them: they will be copied, and are asked as ourselves.
func (i Installation) try(as guise) choice {
	cmd := exec.Command(filepath.Join(i.Bin, "postgres"), "--version")
	if as.uid < 0 || i.reachable() {
		cmd.SysProcAttr = as.attr()
	}
	cmd.Dir = "/"
	out, err := cmd.Output()
	if err != nil {
		return choice{err: err}
	}
	return choice{as: as, version: versionIn(string(out))}
}

// versionIn is the version in a text like "postgres (PostgreSQL) 15.18 (Debian …)".
func versionIn(text string) string {
	_, text, _ = strings.Cut(text, ") ")
	version, _, _ := strings.Cut(strings.TrimSpace(text), " ")
	return version
}

// Version is that of the server, "" if it cannot be run, with the reason.
func (i Installation) Version() (string, error) {
	c := i.choose()
	return c.version, c.err
}

// reachable reports whether everybody may enter the folder of the programs.
func (i Installation) reachable() bool {
	for dir := i.Bin; ; dir = filepath.Dir(dir) {
		info, err := os.Stat(dir)
		if err != nil || info.Mode()&0o001 == 0 {
			return false
		}
		if dir == filepath.Dir(dir) {
			return true
		}
	}
}
