package room

import (
	"crypto/rand"
	"encoding/hex"
	"sync"
	"time"
)

// Room is a class that has come together. It may be used by several goroutines.
type Room struct {
	Address string // where learners find it; set before it is served
	Prefix  string // the path under which a proxy on this machine has it, as "/services/room/"; "": there is none

	code   string // as it is shown
	joins  secret // the code
	leads  secret // the teacher's secret
	key    [32]byte
	doors  doors
	now    func() time.Time
	joined bucket

	mu       sync.Mutex
	seats    map[secret]*seat
	names    map[string]bool
	ledger   ledger
	shown    shown
	pictures pictures
	commands bucket
	watchers int
	version  uint64
	changed  chan struct{} // closed and replaced when something has changed
	views    map[string]cached
}

// New is a room that is joined with a code and led with a secret.
func New(code, leads string) *Room {
	r := &Room{
		code: Spelt(code), joins: secretOf(plain(code)), leads: secretOf(leads), now: time.Now,
		seats: map[secret]*seat{}, names: map[string]bool{}, ledger: newLedger(), changed: make(chan struct{}), views: map[string]cached{},
	}
	rand.Read(r.key[:])
	r.doors = doors{of: map[string]*bucket{}, now: func() time.Time { return r.now() }}
	return r
}

// touch says that something has changed. The caller holds mu.
func (r *Room) touch() {
	r.version++
	close(r.changed)
	r.changed = make(chan struct{})
}

// idOf is a short name for something.
func idOf(parts ...string) string {
	text := ""
	for _, p := range parts {
		text += p + "\x00"
	}
	sum := secretOf(text)
	return hex.EncodeToString(sum[:8])
}
