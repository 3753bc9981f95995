package rtsql

import (
	"context"
	"os"
	"path/filepath"
)

// SQLite locks the whole file for whoever writes, until its transaction is over. It has
// no list of that: whether somebody has it locked is tried, on a connection for the
// purpose, by who is refused at once. It is locked by the transaction whose statement
// came last before. In the same way a session is in a transaction where it cannot begin one.

// fileLocked is the file, if the call's session has locked it or somebody had before.
func fileLocked(w *work) []locked {
	n := w.conn.Load()
	if n == nil || n.done.Load() {
		return nil
	}
	path := n.from.lockedFile()
	if path == "" {
		return nil
	}
	name := filepath.Base(path)
	for h := range world.held {
		if h.what == name {
			return []locked{{hold: h, table: name}}
		}
	}
	if world.in[n] == nil {
		return nil
	}
	return []locked{{hold: hold{w.g.ID, name}, table: name}}
}

// lockedFile is the database's file if somebody has it locked to write, else "". The
// learner's own sessions are not asked: a question, too, would lock the file to read. A file that
// was removed is not made anew.
func (c *connector) lockedFile() string {
	if known := world.paths[c]; known != "" {
		if _, err := os.Stat(known); err != nil {
			return ""
		}
	}
	other, err := c.Connector.Connect(context.Background())
	if err != nil {
		return ""
	}
	defer other.Close()
	if world.paths[c] == "" {
		world.paths[c], _ = ask(context.Background(), other, "SELECT file FROM pragma_database_list WHERE name = 'main'")
	}
	if run(other, "PRAGMA busy_timeout = 0") != nil || run(other, "BEGIN IMMEDIATE") == nil {
		return ""
	}
	return world.paths[c]
}

// fileState is how the session stands.
func fileState(n *conn) state {
	n.turn.Lock()
	defer n.turn.Unlock()
	if run(n.Conn, "BEGIN") != nil {
		return inside
	}
	run(n.Conn, "ROLLBACK")
	return outside
}
