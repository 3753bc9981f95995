package rtsql

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"os"
	"reflect"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"time"
	"unsafe"

	"threading101/kernel/rt/control"
)

// PostgreSQL says by a notice that a statement waits, once it has looked whether the
// waiting closes a circle; so who is told "deadlock detected" is who closed it. The
// notices come from where it sleeps, in whatever language they are.

// sleeps is the function of PostgreSQL in which a process waits for a lock.
const sleeps = "ProcSleep"

// What has it say so, and says whose a session is. Only a superuser may ask for more than
// the first two; a server of ours has them set.
var (
	name  = "threading101 " + strconv.Itoa(os.Getpid()) + " " + strconv.FormatInt(time.Now().UnixNano(), 36)
	hears = "SET application_name = '" + name + "'; SET client_min_messages = log"
	tells = hears + "; SET log_lock_waits = on; SET deadlock_timeout = '1ms'"
)

// renews makes a session as new, whatever a program did to it.
const renews = "ROLLBACK; RESET ALL; UNLISTEN *; DISCARD TEMP; SELECT pg_advisory_unlock_all()"

// listen finds out what the database calls the session, and asks it for notices.
func (n *conn) listen(ctx context.Context) error {
	n.user = &atomic.Pointer[conn]{}
	n.user.Store(n)
	pid, err := ask(ctx, n.Conn, "SELECT pg_backend_pid()")
	if err != nil {
		return err
	}
	if n.pid, err = strconv.ParseInt(pid, 10, 64); err != nil {
		return err
	}
	if onNotice(n.Conn, n.user) {
		n.told = asked(ctx, n.Conn)
	}
	first.Do(func() { lastOnesOver(ctx, n.Conn) })
	return nil
}

// first is done with the first connection of a process.
var first sync.Once

// lastOnesOver waits until the sessions of the run before are over. A process may have been
// killed, and what it sent last can lie there, and be done later than the beginning of the
// next run. Runs of other kernels on the same database are waited for no longer than patience.
func lastOnesOver(ctx context.Context, c driver.Conn) {
	const others = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'threading101 %' AND application_name <> $1"
	for began := time.Now(); time.Since(began) < patience; time.Sleep(time.Millisecond) {
		if n, err := ask(ctx, c, others, driver.NamedValue{Ordinal: 1, Value: name}); err != nil || n == "0" {
			return
		}
	}
}

const patience = 2 * time.Second

// asked returns the statements by which the server was asked to tell who waits, "" if it
// will not.
func asked(ctx context.Context, c driver.Conn) string {
	if run(c, tells) == nil {
		return tells
	}
	if on, err := ask(ctx, c, "SELECT current_setting('log_lock_waits')"); err == nil && on == "on" && run(c, hears) == nil {
		return hears
	}
	return ""
}

// renew rolls back what is open, and forgets what was set.
func (s *session) renew() error {
	if s.told != "" {
		return run(s.Conn, renews+"; "+s.told)
	}
	return run(s.Conn, renews)
}

// onNotice has the driver's connection tell whoever uses it of notices, and says
// whether it could. The driver takes the function only before it connects, when nothing
// of ours has its configuration; it is found there by reflection.
func onNotice(c driver.Conn, user *atomic.Pointer[conn]) (ok bool) {
	defer func() { ok = recover() == nil }()
	pg := reflect.ValueOf(c).MethodByName("Conn").Call(nil)[0].MethodByName("PgConn").Call(nil)[0]
	field := pg.Elem().FieldByName("config").Elem().FieldByName("OnNotice")
	field = reflect.NewAt(field.Type(), unsafe.Pointer(field.UnsafeAddr())).Elem()
	before := reflect.ValueOf(field.Interface())
	field.Set(reflect.MakeFunc(field.Type(), func(args []reflect.Value) []reflect.Value {
		if n := user.Load(); n != nil && args[1].Elem().FieldByName("Routine").String() == sleeps {
			n.sleeps()
		}
		if before.IsValid() && !before.IsNil() {
			before.Call(args)
		}
		return nil
	}))
	return true
}

// run sends statements that return nothing of interest.
func run(c driver.Conn, statements string) error {
	e, ok := c.(driver.ExecerContext)
	if !ok {
		return errors.New("the driver executes nothing by itself")
	}
	_, err := e.ExecContext(context.Background(), statements, nil)
	return err
}

// ask returns the one value that a query returns, as text.
func ask(ctx context.Context, c driver.Conn, query string, args ...driver.NamedValue) (string, error) {
	q, ok := c.(driver.QueryerContext)
	if !ok {
		return "", errors.New("the driver queries nothing by itself")
	}
	found, err := q.QueryContext(ctx, query, args)
	if err != nil {
		return "", err
	}
	defer found.Close()
	row := make([]driver.Value, 1)
	if err := found.Next(row); err != nil && err != io.EOF {
		return "", err
	}
	if text, ok := row[0].(string); ok {
		return text, nil
	}
	return literal(row[0]), nil
}

// side is a connection of ours by which the database is asked who waits for whom.
type side struct {
	mu   sync.Mutex
	from func(context.Context) (driver.Conn, error)
	conn driver.Conn
}

// side is that of a connection's database.
func (n *conn) side() *side {
	if n.from.name == "" {
		return &n.from.own
	}
	known.Lock()
	defer known.Unlock()
	if known.sides == nil {
		known.sides = map[string]*side{}
	}
	s := known.sides[n.from.name]
	if s == nil {
		s = &side{from: n.from.Connector.Connect}
		known.sides[n.from.name] = s
	}
	return s
}

// ask sends a question about a session.
func (s *side) ask(query string, pid int64) string {
	control.Asking.Add(1)
	defer control.Asking.Add(-1)
	s.mu.Lock()
	defer s.mu.Unlock()
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	defer cancel()
	if s.conn == nil {
		c, err := s.from(ctx)
		if err != nil {
			return ""
		}
		s.conn = c
	}
	answer, err := ask(ctx, s.conn, query, driver.NamedValue{Ordinal: 1, Value: pid})
	if err != nil {
		s.conn.Close()
		s.conn = nil
	}
	return answer
}

// blockers are the sessions that the session waits for, none if it does not wait.
func (s *side) blockers(pid int64) (all []int64) {
	for _, one := range strings.Split(s.ask("SELECT array_to_string(pg_blocking_pids($1), ',')", pid), ",") {
		if n, err := strconv.ParseInt(one, 10, 64); err == nil {
			all = append(all, n)
		}
	}
	return all
}

// cancel ends the statement that the session is at.
func (s *side) cancel(pid int64) { s.ask("SELECT pg_cancel_backend($1)::text", pid) }
