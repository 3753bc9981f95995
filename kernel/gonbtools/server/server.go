// Package server is the kernel's side of gonbtools: it takes the calls of the tools
// that GoNB runs, over a Unix socket, and hands them to a [Handler].
package server

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"sync"
	"time"

	"threading101/kernel/gonbtools"
	"threading101/kernel/words"
)

// Handler is the kernel's side. A context ends when the calling process is
// gone or the server closes.
type Handler interface {
	Build(context.Context, gonbtools.BuildCall) gonbtools.Reply
	Imports(context.Context, gonbtools.ImportsCall) gonbtools.Reply
	Get(context.Context, gonbtools.GetCall) gonbtools.Reply
	Run(context.Context, gonbtools.RunCall) gonbtools.RunReply
	Gopls(context.Context, gonbtools.GoplsCall) gonbtools.Reply
}

// Server accepts the calls of the tools.
type Server struct {
	listener net.Listener
	handler  Handler
	logf     func(format string, args ...any)
	ctx      context.Context
	cancel   context.CancelFunc
	calls    sync.WaitGroup
}

// Serve listens on a new Unix socket and answers with h, each call in its own
// goroutine. Only this user can connect.
func Serve(socket string, h Handler, logf func(format string, args ...any)) (*Server, error) {
	listener, err := net.Listen("unix", socket)
	if err != nil {
		return nil, err
	}
	if err := os.Chmod(socket, 0o600); err != nil {
		listener.Close()
		return nil, err
	}
	s := &Server{listener: listener, handler: h, logf: logf}
	s.ctx, s.cancel = context.WithCancel(context.Background())
	s.calls.Add(1)
	go s.accept()
	return s, nil
}

// Close stops listening, ends the contexts of calls under way and waits for
// their handlers.
func (s *Server) Close() error {
	err := s.listener.Close()
	s.cancel()
	s.calls.Wait()
	return err
}

func (s *Server) accept() {
	defer s.calls.Done()
	for {
		conn, err := s.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err != nil {
			s.logf("facade: accepting a call: %v", err)
			time.Sleep(10 * time.Millisecond) // out of file descriptors: others will be done soon
			continue
		}
		s.calls.Add(1)
		go s.serve(conn)
	}
}

// serve answers one call. The caller sends nothing after its request, so that
// a read which ends means that it is gone.
func (s *Server) serve(conn net.Conn) {
	defer s.calls.Done()
	defer conn.Close()
	ctx, cancel := context.WithCancel(s.ctx)
	defer cancel()
	stop := context.AfterFunc(s.ctx, func() { conn.SetReadDeadline(time.Now()) })
	defer stop()
	var req gonbtools.Request
	if err := gonbtools.Receive(conn, &req); err != nil {
		if s.ctx.Err() == nil {
			s.logf("facade: reading a call: %v", err)
		}
		return
	}
	go func() {
		conn.Read(make([]byte, 1))
		cancel()
	}()
	ans := s.dispatch(ctx, req)
	if err := gonbtools.Send(conn, ans); err != nil && ctx.Err() == nil {
		s.logf("facade: answering a call: %v", err)
	}
}

func (s *Server) dispatch(ctx context.Context, req gonbtools.Request) (ans gonbtools.Answer) {
	defer func() {
		if p := recover(); p != nil {
			s.logf("facade: %v", p)
			ans = gonbtools.Answer{Reply: gonbtools.Reply{Exit: 1, Stderr: fmt.Appendf(nil, "threading101: %v\n", p)}}
		}
	}()
	switch {
	case req.Build != nil:
		return gonbtools.Answer{Reply: s.handler.Build(ctx, *req.Build)}
	case req.Imports != nil:
		return gonbtools.Answer{Reply: s.handler.Imports(ctx, *req.Imports)}
	case req.Get != nil:
		return gonbtools.Answer{Reply: s.handler.Get(ctx, *req.Get)}
	case req.Run != nil:
		r := s.handler.Run(ctx, *req.Run)
		return gonbtools.Answer{Reply: gonbtools.Reply{Exit: r.Exit}, Exec: r.Exec, Env: r.Env}
	case req.Gopls != nil:
		return gonbtools.Answer{Reply: s.handler.Gopls(ctx, *req.Gopls)}
	}
	return gonbtools.Answer{Reply: gonbtools.Reply{Exit: 1, Stderr: []byte(words.EmptyCall + "\n")}}
}
