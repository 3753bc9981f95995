package room

import (
	"net"
	"sync"
)

// limit is a listener with so many connections open at once: others wait to be accepted.
type limit struct {
	net.Listener
	open chan struct{}
}

func limited(l net.Listener, most int) net.Listener { return &limit{l, make(chan struct{}, most)} }

func (l *limit) Accept() (net.Conn, error) {
	l.open <- struct{}{}
	c, err := l.Listener.Accept()
	if err != nil {
		<-l.open
		return nil, err
	}
	return &connection{Conn: c, over: sync.OnceFunc(func() { <-l.open })}, nil
}

// connection is a connection that counts until it is closed.
type connection struct {
	net.Conn
	over func()
}

func (c *connection) Close() error {
	defer c.over()
	return c.Conn.Close()
}
