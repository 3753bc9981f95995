package rtsql

import (
	"context"
	"fmt"
	"slices"
	"strconv"
	"strings"
)

// PostgreSQL writes into a row which transaction has it locked, and shows that number as
// the row's xmax; which session's transaction it is, pg_locks says. So it is read out of
// the tables in which some session of the run may have rows locked, which pg_locks says
// as well. A row is called by its table and primary key; without one by its first column,
// if that tells all rows apart. Where it does not, where there are too many rows, and where
// the table as a whole is locked, it is the table.

// locked is something that a session has locked.
type locked struct {
	hold
	table string
	place string // of a row in its table: "(0,1)"
}

// mostRows is how many rows of a table are told apart for each session.
const mostRows = 8

// tablesIn asks in which tables the sessions %s may have something locked: a line for each,
// with the session, how, and what a row is called by. A table is not looked into
// that somebody has or wants for himself, since that would wait, as its size would do
// as well, nor one that is large.
const tablesIn = `SELECT string_agg(DISTINCT concat_ws(E'\t', l.pid, CASE
	WHEN l.mode NOT IN ('RowShareLock', 'RowExclusiveLock') THEN 'whole'
	WHEN EXISTS (SELECT FROM pg_locks o WHERE o.locktype = 'relation' AND o.relation = c.oid AND o.database = l.database AND o.mode = 'AccessExclusiveLock') THEN 'part'
	WHEN pg_relation_size(c.oid) > 1000000 THEN 'part'
	ELSE 'rows' END, c.oid::regclass, coalesce((SELECT string_agg('t.' || quote_ident(a.attname), ', ' ORDER BY k.place)
	FROM pg_index i, unnest(i.indkey::int[]) WITH ORDINALITY k(number, place), pg_attribute a
	WHERE i.indrelid = c.oid AND i.indisprimary AND a.attrelid = c.oid AND a.attnum = k.number),
	(SELECT format('CASE WHEN (SELECT count(*) = count(DISTINCT o.%%1$I::text) FROM %%2$s o) THEN t.%%1$I::text END', a.attname, c.oid::regclass)
	FROM pg_attribute a WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped ORDER BY a.attnum LIMIT 1))), E'\n')
FROM pg_locks l JOIN pg_class c ON c.oid = l.relation AND c.relkind = 'r' AND c.relnamespace <> 'pg_catalog'::regnamespace
WHERE l.pid IN (%s) AND l.granted AND l.locktype = 'relation' AND l.mode NOT IN ('AccessShareLock', 'SIReadLock')
AND l.database = (SELECT oid FROM pg_database WHERE datname = current_database())`

// rowsOf asks which rows of table %[1]s are locked: a line for each and whoever has it locked,
// with its place and its key. For a number that is of no transaction under way, the session is 0.
const rowsOf = `SELECT string_agg(concat_ws(E'\t', coalesce(l.pid, 0), t.xmax, t.ctid, left(concat_ws(' ', %[2]s), 40)), E'\n')
FROM %[1]s t LEFT JOIN pg_locks l ON l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted AND l.transactionid = t.xmax
WHERE t.xmax::text <> '0' AND (l.pid IS NULL OR l.pid IN (%[3]s))`

// sharers asks which sessions have locked a row together.
const sharers = `SELECT string_agg(l.pid::text, ' ') FROM pg_get_multixact_members($1::bigint::text::xid) m
JOIN pg_locks l ON l.locktype = 'transactionid' AND l.mode = 'ExclusiveLock' AND l.granted AND l.transactionid = m.xid`

// wants asks for the row, or else the table, for which a session waits.
const wants = `SELECT concat_ws(E'\t', l.relation::regclass, '(' || l.page || ',' || l.tuple || ')') FROM pg_locks l
WHERE l.pid = $1 AND (l.locktype = 'tuple' OR l.locktype = 'relation' AND NOT l.granted) ORDER BY l.locktype DESC LIMIT 1`

// locked are what the run's sessions have locked. w is the call that is under way, or over.
func (e *engine) locked(w *work) []locked {
	switch {
	case len(world.in) == 0 && len(waiting) == 0:
		return nil
	case e == sqlite:
		return fileLocked(w)
	}
	n, users := w.conn.Load(), usersOf(w)
	if n == nil || len(users) == 0 {
		return nil
	}
	a := asker{side: n.side(), pid: n.pid, users: users}
	return a.locked()
}

// usersOf are the goroutines that use the sessions of the run, by session.
func usersOf(w *work) map[int64]uint32 {
	known.Lock()
	defer known.Unlock()
	users := map[int64]uint32{}
	for n := range known.conns {
		if n.owner != nil {
			users[n.pid] = n.owner.ID
		}
	}
	for _, one := range append(slices.Clone(waiting), w) {
		if n := one.conn.Load(); n != nil {
			users[n.pid] = one.g.ID
		}
	}
	return users
}

// asker asks what is locked.
type asker struct {
	side  *side
	pid   int64
	users map[int64]uint32
}

// lines are the lines of an answer, each in its fields.
func (a *asker) lines(query string) (all [][]string) {
	answer := a.side.ask(query, a.pid)
	if answer == "" || answer == "NULL" {
		return nil
	}
	for _, line := range strings.Split(answer, "\n") {
		all = append(all, strings.Split(line, "\t"))
	}
	return all
}

// sessions are those of the run, as they stand in a question.
func (a *asker) sessions() string {
	all := []string{"$1"}
	for pid := range a.users {
		if pid != a.pid {
			all = append(all, strconv.FormatInt(pid, 10))
		}
	}
	slices.Sort(all)
	return strings.Join(all, ", ")
}

func (a *asker) locked() (all []locked) {
	read := map[string]bool{}
	for _, line := range a.lines(fmt.Sprintf(tablesIn, a.sessions())) {
		switch table := line[2]; {
		case line[1] == "whole":
			all = append(all, a.has(line[0], table, "", "")...)
		case line[1] == "rows" && !read[table]:
			read[table] = true
			key := "''"
			if len(line) > 3 {
				key = line[3]
			}
			all = append(all, a.rows(table, key)...)
		}
	}
	return few(all)
}

// rows are those of a table that are locked.
func (a *asker) rows(table, key string) (all []locked) {
	for _, line := range a.lines(fmt.Sprintf(rowsOf, table, key, a.sessions())) {
		pids := []string{line[0]}
		if line[0] == "0" {
			pids = a.sharers(line[1])
		}
		name := ""
		if len(line) > 3 {
			name = line[3]
		}
		for _, pid := range pids {
			all = append(all, a.has(pid, table, name, line[2])...)
		}
	}
	return all
}

// sharers are the sessions behind a number that is of no one transaction. Most often it is
// of one that is over.
func (a *asker) sharers(number string) []string {
	n, err := strconv.ParseInt(number, 10, 64)
	if err != nil || world.plain[n] {
		return nil
	}
	answer := a.side.ask(sharers, n)
	world.plain[n] = answer == ""
	return strings.Fields(answer)
}

// has says that a session has something locked, if it is one of the run.
func (a *asker) has(pid, table, key, place string) []locked {
	n, _ := strconv.ParseInt(pid, 10, 64)
	g, ok := a.users[n]
	if !ok {
		return nil
	}
	return []locked{{hold{g, strings.TrimSpace(table + " " + key)}, table, place}}
}

// few has tables stand for their rows where these are many.
func few(all []locked) []locked {
	count := map[hold]int{}
	for _, l := range all {
		count[hold{l.g, l.table}]++
	}
	for i, l := range all {
		if count[hold{l.g, l.table}] > mostRows {
			all[i].what = l.table
		}
	}
	return all
}

// wanted is what the call waits for, "" if that is not among what is locked. What another
// goroutine has locked comes before what the same one has, in another transaction.
func wanted(w *work, rows []locked) (own string) {
	n := w.conn.Load()
	if n == nil || len(rows) == 0 {
		return ""
	}
	a := asker{side: n.side(), pid: n.pid}
	for _, line := range a.lines(wants) {
		for _, r := range rows {
			switch {
			case r.table != line[0] || len(line) > 1 && r.place != line[1]:
			case r.g != w.g.ID:
				return r.what
			case w.holder() == w.g.ID:
				own = r.what
			}
		}
	}
	return own
}

// state is how the session stands.
func (e *engine) state(n *conn) state {
	switch {
	case n.done.Load():
		return outside
	case e == sqlite:
		return fileState(n)
	}
	switch n.side().ask("SELECT state FROM pg_stat_activity WHERE pid = $1", n.pid) {
	case "idle in transaction":
		return inside
	case "idle in transaction (aborted)":
		return aborted
	}
	return outside
}

// level is how well the session's transaction is isolated.
func (e *engine) level(n *conn) string {
	if e == sqlite {
		return "serializable"
	}
	n.turn.Lock()
	defer n.turn.Unlock()
	level, _ := ask(context.Background(), n.Conn, "SHOW transaction_isolation")
	return level
}
