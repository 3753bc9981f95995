package postgres

import (
	"bufio"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"net"
	"time"
)

// conn is one connection to a server, as much of PostgreSQL's protocol as we need:
// https://www.postgresql.org/docs/current/protocol.html. It knows no passwords.
type conn struct {
	net.Conn
	in      *bufio.Reader
	version string // the server's, as it said itself
}

// Refusal is an error that a server answers with.
type Refusal struct {
	Code    string // five characters: "3D000" is a database that does not exist
	Message string
}

func (r *Refusal) Error() string { return r.Message }

// errPassword says that the server wants a password, which we do not give.
var errPassword = errors.New("password wanted")

// errForeign says that what answers does not speak PostgreSQL's protocol.
var errForeign = errors.New("not PostgreSQL's protocol")

// dial connects as a user to a database. What is sent and awaited later must be done
// before ctx has a deadline, if it has one.
func dial(ctx context.Context, network, address, user, database string) (*conn, error) {
	var d net.Dialer
	raw, err := d.DialContext(ctx, network, address)
	if err != nil {
		return nil, err
	}
	c := &conn{Conn: raw, in: bufio.NewReader(raw)}
	c.until(ctx)
	if err := c.greet(user, database); err != nil {
		c.Close()
		return nil, err
	}
	return c, nil
}

// until has everything fail that is not done when ctx ends by its deadline.
func (c *conn) until(ctx context.Context) {
	deadline, _ := ctx.Deadline()
	c.SetDeadline(deadline)
}

// greet sends the startup message and reads until the server is ready.
func (c *conn) greet(user, database string) error {
	body := binary.BigEndian.AppendUint32(nil, 3<<16)
	for _, word := range []string{"user", user, "database", database, "application_name", "threading101"} {
		body = append(append(body, word...), 0)
	}
	body = append(body, 0)
	if _, err := c.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(body)+4)), body...)); err != nil {
		return err
	}
	_, err := c.answer()
	return err
}

// query has the server execute SQL and returns the first column of what it answers.
func (c *conn) query(ctx context.Context, sql string) ([]string, error) {
	c.until(ctx)
	message := append([]byte{'Q'}, binary.BigEndian.AppendUint32(nil, uint32(len(sql)+5))...)
	if _, err := c.Write(append(append(message, sql...), 0)); err != nil {
		return nil, err
	}
	return c.answer()
}

// answer reads until the server waits for the next query.
func (c *conn) answer() (column []string, err error) {
	for {
		kind, body, broken := c.next()
		if broken != nil {
			return nil, errors.Join(err, broken)
		}
		switch kind {
		case 'Z': // ready for a query
			return column, err
		case 'E':
			err = refusal(body)
			if c.version == "" { // before the end of the greeting it is the last word
				return nil, err
			}
		case 'R':
			if len(body) < 4 || binary.BigEndian.Uint32(body) != 0 {
				return nil, errPassword
			}
		case 'S':
			if words := cut(body); len(words) == 2 && words[0] == "server_version" {
				c.version = words[1]
			}
		case 'D':
			column = append(column, first(body))
		}
	}
}

// longest is the longest message that we take from a server: what we ask for is short.
const longest = 1 << 20

// next reads one message.
func (c *conn) next() (kind byte, body []byte, err error) {
	var head [5]byte
	if _, err := io.ReadFull(c.in, head[:]); err != nil {
		return 0, nil, err
	}
	n := binary.BigEndian.Uint32(head[1:])
	if n < 4 || n > longest {
		return 0, nil, errForeign
	}
	body = make([]byte, n-4)
	_, err = io.ReadFull(c.in, body)
	return head[0], body, err
}

// first is the first column of a row.
func first(row []byte) string {
	if len(row) < 6 {
		return ""
	}
	n := int32(binary.BigEndian.Uint32(row[2:]))
	if n < 0 || int(n) > len(row)-6 {
		return ""
	}
	return string(row[6 : 6+n])
}

// refusal reads the fields of an error.
func refusal(body []byte) *Refusal {
	r := new(Refusal)
	for _, field := range cut(body) {
		if field == "" {
			continue
		}
		switch field[0] {
		case 'C':
			r.Code = field[1:]
		case 'M':
			r.Message = field[1:]
		}
	}
	return r
}

// cut splits what ends with zero bytes.
func cut(body []byte) (words []string) {
	begin := 0
	for i, b := range body {
		if b == 0 {
			words = append(words, string(body[begin:i]))
			begin = i + 1
		}
	}
	return words
}

// encrypts asks a server whether it wants to be spoken to through TLS.
func encrypts(ctx context.Context, address string) (bool, error) {
	var d net.Dialer
	raw, err := d.DialContext(ctx, "tcp", address)
	if err != nil {
		return false, err
	}
	defer raw.Close()
	deadline, ok := ctx.Deadline()
	if !ok {
		deadline = time.Now().Add(patience)
	}
	raw.SetDeadline(deadline)
	if _, err := raw.Write([]byte{0, 0, 0, 8, 4, 210, 22, 47}); err != nil {
		return false, err
	}
	var said [1]byte
	if _, err := io.ReadFull(raw, said[:]); err != nil {
		return false, fmt.Errorf("%w: %w", errForeign, err)
	}
	switch said[0] {
	case 'S':
		return true, nil
	case 'N':
		return false, nil
	}
	return false, errForeign
}
