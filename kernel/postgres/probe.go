package postgres

import (
	"cmp"
	"context"
	"errors"
	"net"
	"net/url"
	"os/user"
	"strings"
	"syscall"
	"time"

	"threading101/kernel/words"
)

// Place is what an address of a PostgreSQL server says. It has no password.
type Place struct {
	Host     string // of a socket, its folder
	Port     string
	User     string
	Database string
	plain    bool // sslmode=disable
}

// String is "host:port", or the folder of a socket.
func (p Place) String() string {
	if p.local() {
		return p.Host
	}
	return net.JoinHostPort(p.Host, p.Port)
}

func (p Place) local() bool { return strings.HasPrefix(p.Host, "/") }

// Several reports whether an address names more than one server.
func (p Place) Several() bool { return strings.Contains(p.Host, ",") }

// Parse reads an address: a URL, or words like host=… dbname=…. It reports false for
// what is neither.
func Parse(address string) (Place, bool) {
	said, ok := fields(address)
	if !ok {
		return Place{}, false
	}
	self := "postgres"
	if u, err := user.Current(); err == nil {
		self = u.Username
	}
	p := Place{
		Host: cmp.Or(said["host"], "localhost"), Port: cmp.Or(said["port"], "5432"), User: cmp.Or(said["user"], self),
		plain: said["sslmode"] == "disable",
	}
	p.Database = cmp.Or(said["dbname"], p.User)
	return p, true
}

// fields are the parts of an address by the names that libpq has for them.
func fields(address string) (map[string]string, bool) {
	said := map[string]string{}
	if strings.HasPrefix(address, "postgres://") || strings.HasPrefix(address, "postgresql://") {
		u, err := url.Parse(address)
		if err != nil {
			return nil, false
		}
		said["host"], said["port"], said["user"] = u.Hostname(), u.Port(), u.User.Username()
		said["dbname"] = strings.TrimPrefix(u.Path, "/")
		for name := range u.Query() {
			said[name] = u.Query().Get(name)
		}
		return said, true
	}
	for _, word := range strings.Fields(address) {
		name, value, ok := strings.Cut(word, "=")
		if !ok {
			return nil, false
		}
		said[name] = strings.Trim(value, "'")
	}
	return said, len(said) > 0
}

// Probing is how long a server has to answer [Probe].
const Probing = 2500 * time.Millisecond

// Probe asks whether a PostgreSQL server answers at a place and, where it can be known
// without a password and without TLS, whether it has the database. Of several servers
// none is asked. The error is a sentence for the learner that names the place. version is
// "" where it is not known.
func (p Place) Probe(ctx context.Context) (version string, err error) {
	if p.Several() {
		return "", nil
	}
	ctx, cancel := context.WithTimeout(ctx, Probing)
	defer cancel()
	network, address := "tcp", p.String()
	if p.local() {
		network, address = "unix", p.Host+"/.s.PGSQL."+p.Port
	} else if !p.plain {
		if secret, err := encrypts(ctx, address); err != nil || secret {
			return "", p.judge(err)
		}
	}
	c, err := dial(ctx, network, address, p.User, p.Database)
	if err != nil {
		return "", p.judge(err)
	}
	defer c.Close()
	version, _, _ = strings.Cut(c.version, " ")
	return version, nil
}

// judge says what an error means for the learner; nil if the server answers.
func (p Place) judge(err error) error {
	var refusal *Refusal
	var unknown *net.DNSError
	var late net.Error
	switch {
	case err == nil, errors.Is(err, errPassword):
		return nil
	case errors.As(err, &refusal):
		return errors.New(words.DatabaseRefuses(p.String(), refusal.Message))
	case errors.As(err, &late) && late.Timeout(), errors.Is(err, context.DeadlineExceeded):
		return errors.New(words.DatabaseSilent(p.String()))
	case errors.As(err, &unknown):
		return errors.New(words.DatabaseNoHost(p.Host))
	case errors.Is(err, syscall.ECONNREFUSED), errors.Is(err, syscall.ENOENT):
		return errors.New(words.DatabaseNobody(p.String()))
	case errors.Is(err, errForeign):
		return errors.New(words.DatabaseForeign(p.String()))
	}
	return errors.New(words.DatabaseUnreachable(p.String(), err))
}
