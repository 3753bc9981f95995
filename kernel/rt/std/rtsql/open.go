package rtsql

import (
	"context"
	"database/sql"
	"database/sql/driver"
	"net/url"
	"reflect"
	"strings"
	"unsafe"

	"threading101/kernel/rt"
)

// engine is a kind of database. All databases of a kind are one object, since two
// names may lead to the same one.
type engine struct {
	waits bool // a statement may wait for another's transaction
	eager bool // the name of a database says that BEGIN takes locks
}

var (
	postgres = &engine{waits: true}
	sqlite   = &engine{}
)

// at is the engine as an object of the scheduler and of the recording.
func (e *engine) at() unsafe.Pointer { return unsafe.Pointer(e) }

// engineOf is the engine behind a driver, nil for one that is not known.
func engineOf(d driver.Driver) *engine {
	t := reflect.TypeOf(d)
	for t != nil && t.Kind() == reflect.Pointer {
		t = t.Elem()
	}
	switch {
	case t == nil:
	case strings.HasPrefix(t.PkgPath(), "github.com/jackc/pgx/") && strings.HasSuffix(t.PkgPath(), "/stdlib"):
		return postgres
	case t.PkgPath() == "modernc.org/sqlite":
		return sqlite
	}
	return nil
}

// Open is sql.Open.
func Open(name, dsn string) (*sql.DB, error) {
	db, err := sql.Open(name, dsn)
	if err != nil || !rt.Prints() || engineOf(db.Driver()) == nil {
		return db, err
	}
	d := db.Driver()
	db.Close() // it has no connection yet
	under, err := connectorOf(d, dsn)
	if err != nil {
		return nil, err
	}
	if e := engineOf(d); strings.Contains(dsn, "_txlock") {
		e.eager = true
	}
	return openDB(under, name+" "+dsn), nil
}

// connectorOf is the connector of which sql.Open would have made its own.
func connectorOf(d driver.Driver, dsn string) (driver.Connector, error) {
	if with, ok := d.(driver.DriverContext); ok {
		return with.OpenConnector(dsn)
	}
	return plain{d, dsn}, nil
}

// plain is the connector of a driver that has none.
type plain struct {
	driver driver.Driver
	dsn    string
}

func (p plain) Connect(context.Context) (driver.Conn, error) { return p.driver.Open(p.dsn) }
func (p plain) Driver() driver.Driver                        { return p.driver }

// OpenDB is sql.OpenDB.
func OpenDB(under driver.Connector) *sql.DB { return openDB(under, "") }

// openDB opens a database whose connections may be used by later runs that open one of
// the same name; "": by none.
func openDB(under driver.Connector, name string) *sql.DB {
	e := engineOf(under.Driver())
	if e == nil || !rt.Prints() {
		return sql.OpenDB(under)
	}
	if e.waits {
		setLimit(unescaped(name))
	}
	c := &connector{Connector: under, engine: e, name: name, own: side{from: under.Connect}}
	db := sql.OpenDB(c)
	keep(db, e)
	return db
}

// unescaped is the name of a database as people write it.
func unescaped(name string) string {
	if plain, err := url.PathUnescape(name); err == nil {
		return plain
	}
	return name
}

// connector makes connections that tell which statement uses them.
type connector struct {
	driver.Connector
	engine *engine
	name   string
	own    side // where it has no name
}

// Connect implements driver.Connector.
func (c *connector) Connect(ctx context.Context) (driver.Conn, error) {
	if n := spared(c); n != nil {
		return n, nil
	}
	under, err := c.Connector.Connect(ctx)
	if err != nil {
		return nil, err
	}
	n := &conn{session: session{Conn: under}, from: c}
	if c.engine.waits {
		if err := n.listen(ctx); err != nil {
			under.Close()
			return nil, err
		}
	}
	join(n)
	return n, nil
}
