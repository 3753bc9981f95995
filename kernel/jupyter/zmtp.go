package jupyter

import (
	"encoding/binary"
	"errors"
	"fmt"
	"io"
)

// ZMTP 3.0, https://rfc.zeromq.org/spec/23/: a greeting of 64 bytes, then
// frames of one flag byte, a length of one or eight bytes, and a body.
const (
	greetingSize = 64

	flagMore    = 1
	flagLong    = 2
	flagCommand = 4
)

// greeting is ours and, as far as zmq4 is told, everybody's.
var greeting = func() (g [greetingSize]byte) {
	g[0], g[9], g[10] = 0xFF, 0x7F, 3
	copy(g[12:], "NULL")
	return g
}()

var (
	errGreeting = errors.New("not a ZMTP 3 greeting with NULL security")
	errFrame    = errors.New("not a ZMTP frame")
	errTooLarge = errors.New("larger than allowed")
)

type frameHeader struct {
	flags byte
	size  uint64
}

func (h frameHeader) more() bool    { return h.flags&flagMore != 0 }
func (h frameHeader) command() bool { return h.flags&flagCommand != 0 }

func readFrameHeader(r io.Reader) (h frameHeader, err error) {
	var b [9]byte
	if _, err := io.ReadFull(r, b[:2]); err != nil {
		return h, err
	}
	h = frameHeader{b[0], uint64(b[1])}
	if h.flags&^(flagMore|flagLong|flagCommand) != 0 || h.command() && h.more() {
		return h, fmt.Errorf("%w: flags %#x", errFrame, h.flags)
	}
	if h.flags&flagLong != 0 {
		if _, err := io.ReadFull(r, b[2:]); err != nil {
			return h, noEOF(err)
		}
		h.size = binary.BigEndian.Uint64(b[1:])
	}
	return h, nil
}

// parseFrameHeader gives the header that b begins with and its size, 0 if it is not
// whole yet.
func parseFrameHeader(b []byte) (h frameHeader, size int) {
	switch {
	case len(b) >= 2 && b[0]&flagLong == 0:
		return frameHeader{b[0], uint64(b[1])}, 2
	case len(b) >= 9:
		return frameHeader{b[0], binary.BigEndian.Uint64(b[1:])}, 9
	}
	return h, 0
}

// readBody takes memory only as the bytes arrive, whatever the header claims.
func readBody(r io.Reader, size int) ([]byte, error) {
	const step = 256 << 10
	body := make([]byte, 0, min(size, step))
	for len(body) < size {
		if len(body) == cap(body) {
			body = append(make([]byte, 0, min(size, 2*cap(body))), body...)
		}
		n, err := io.ReadFull(r, body[len(body):cap(body)])
		body = body[:len(body)+n]
		if err != nil {
			return nil, noEOF(err)
		}
	}
	return body, nil
}

func noEOF(err error) error {
	if err == io.EOF {
		return io.ErrUnexpectedEOF
	}
	return err
}

func appendFrame(to []byte, flags byte, body []byte) []byte {
	if len(body) <= 255 {
		to = append(to, flags&^flagLong, byte(len(body)))
	} else {
		to = append(to, flags|flagLong)
		to = binary.BigEndian.AppendUint64(to, uint64(len(body)))
	}
	return append(to, body...)
}

func command(name string, body []byte) []byte {
	data := append([]byte{byte(len(name))}, name...)
	return appendFrame(nil, flagCommand, append(data, body...))
}

func parseCommand(data []byte) (name string, body []byte, err error) {
	if len(data) == 0 || len(data) < 1+int(data[0]) {
		return "", nil, fmt.Errorf("%w: command without a name", errFrame)
	}
	n := 1 + int(data[0])
	return string(data[1:n]), data[n:], nil
}
