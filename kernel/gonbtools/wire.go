package gonbtools

import (
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
)

// One call is one connection: a request goes one way, an answer the other, each
// a length (4 bytes, big endian) and that much JSON.

// maxFrame bounds a frame: the longest there is are a compiler's errors.
const maxFrame = 64 << 20

// Request is a call on the wire; exactly one field is set.
type Request struct {
	Build   *BuildCall   `json:",omitempty"`
	Imports *ImportsCall `json:",omitempty"`
	Get     *GetCall     `json:",omitempty"`
	Run     *RunCall     `json:",omitempty"`
	Gopls   *GoplsCall   `json:",omitempty"`
}

// Answer holds the reply to any call.
type Answer struct {
	Reply
	Exec string   `json:",omitempty"`
	Env  []string `json:",omitempty"`
}

// Send writes a frame.
func Send(w io.Writer, v any) error {
	text, err := json.Marshal(v)
	if err != nil {
		return err
	}
	frame := binary.BigEndian.AppendUint32(make([]byte, 0, 4+len(text)), uint32(len(text)))
	_, err = w.Write(append(frame, text...))
	return err
}

// Receive reads a frame.
func Receive(r io.Reader, v any) error {
	var head [4]byte
	if _, err := io.ReadFull(r, head[:]); err != nil {
		return err
	}
	n := binary.BigEndian.Uint32(head[:])
	if n > maxFrame {
		return fmt.Errorf("frame of %d bytes", n)
	}
	text := make([]byte, n)
	if _, err := io.ReadFull(r, text); err != nil {
		return err
	}
	return json.Unmarshal(text, v)
}
