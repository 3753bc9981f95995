package seat

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"io"
	"net"
	"net/http"
	"strconv"
	"time"

	"threading101/kernel/room/wire"
)

// What became of a call.
var (
	errIdle    = errors.New("idle")
	errWrong   = errors.New("wrong code")
	errUnknown = errors.New("no seat")
	errRefused = errors.New("refused")
)

// busyError says that the room is there and takes nothing now.
type busyError struct {
	pause time.Duration
	full  bool
}

func (*busyError) Error() string { return "busy" }

// The bounds of a call.
const (
	dialTime   = 3 * time.Second
	answerTime = 10 * time.Second
	mostAnswer = 4 << 10
	mostPause  = 30 * time.Second
)

// newClient calls one room, over at most three connections. It leaves the environment's
// proxy out, since a room is in the same network, and goes nowhere else than it was sent.
func newClient() *http.Client {
	return &http.Client{
		Transport: &http.Transport{
			DialContext: (&net.Dialer{Timeout: dialTime}).DialContext, TLSHandshakeTimeout: dialTime, ResponseHeaderTimeout: answerTime,
			MaxResponseHeaderBytes: 8 << 10, MaxConnsPerHost: 3, IdleConnTimeout: time.Minute, DisableCompression: true,
		},
		CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse },
	}
}

func (s *Seat) request(ctx context.Context, method, path string, body io.Reader) (*http.Response, error) {
	q, err := http.NewRequestWithContext(ctx, method, s.base.JoinPath(path).String(), body)
	if err != nil {
		return nil, err
	}
	q.Header.Set(wire.KeyHeader, s.cfg.Key)
	q.Header.Set("User-Agent", "threading101")
	if body != nil {
		q.Header.Set("Content-Type", "application/json")
	}
	a, err := s.client.Do(q)
	if err == nil {
		s.sits(a.Header.Get(wire.SeatHeader))
	}
	return a, err
}

// post tells something, and reads the answer if there is to be one.
func (s *Seat) post(ctx context.Context, path string, what, into any) error {
	text, err := json.Marshal(what)
	if err != nil {
		return errors.Join(errRefused, err)
	}
	ctx, cancel := context.WithTimeout(ctx, answerTime)
	defer cancel()
	a, err := s.request(ctx, http.MethodPost, path, bytes.NewReader(text))
	if err != nil {
		return err
	}
	defer a.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(a.Body, mostAnswer))
	if err != nil {
		return err
	}
	if err := meant(a); err != nil || into == nil {
		return err
	}
	return json.Unmarshal(answer, into)
}

// meant is what an answer's status means.
func meant(a *http.Response) error {
	switch a.StatusCode {
	case http.StatusOK, http.StatusNoContent:
		return nil
	case http.StatusForbidden:
		return errWrong
	case http.StatusUnauthorized:
		return errUnknown
	case http.StatusTooManyRequests, http.StatusServiceUnavailable:
		seconds, _ := strconv.Atoi(a.Header.Get("Retry-After"))
		return &busyError{min(max(time.Duration(seconds)*time.Second, 0), mostPause), a.StatusCode == http.StatusServiceUnavailable && seconds > 0}
	case http.StatusBadRequest, http.StatusRequestEntityTooLarge:
		return errRefused
	}
	return errors.New(a.Status) // something else is at that address
}
