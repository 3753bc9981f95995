package jupyter

import (
	"bytes"
	"crypto/hmac"
	"encoding/json"
	"errors"
	"fmt"
	"slices"
	"unicode/utf8"
)

// What can be wrong with a message that came over the wire.
var (
	ErrFrames    = errors.New("message is not made of the frames of a Jupyter message")
	ErrSignature = errors.New("message is not signed with our key")
	ErrJSON      = errors.New("part is not JSON")
	ErrObject    = errors.New("part is not a JSON object")
	ErrHeader    = errors.New("header lacks a field or has one of the wrong type")
)

var partNames = [4]string{"header", "parent_header", "metadata", "content"}

// Decode checks the frames of one message and takes them apart. Its errors
// wrap ErrFrames, ErrSignature, ErrJSON, ErrObject or ErrHeader. The message
// shares memory with the frames.
func Decode(frames [][]byte, key []byte) (*Message, error) {
	at := slices.IndexFunc(frames, func(f []byte) bool { return string(f) == delimiter })
	if at < 0 {
		return nil, fmt.Errorf("%w: %d frames, no delimiter %s", ErrFrames, len(frames), delimiter)
	}
	rest := frames[at+1:]
	if len(rest) < 5 {
		return nil, fmt.Errorf("%w: %d frames after the delimiter, at least 5 expected", ErrFrames, len(rest))
	}
	parts := [4][]byte(rest[1:5])
	if len(key) > 0 && !hmac.Equal(sign(key, parts), rest[0]) {
		return nil, ErrSignature
	}
	for i, part := range parts {
		if err := checkObject(part); err != nil {
			return nil, fmt.Errorf("%s: %w", partNames[i], err)
		}
	}
	header, err := decodeHeader(parts[0])
	if err != nil {
		return nil, err
	}
	return &Message{
		Identities: frames[:at:at],
		Header:     header,
		Parent:     parts[1], Metadata: parts[2], Content: parts[3],
		Buffers: rest[5:],
		raw:     &raw{key: string(key), signature: rest[0], parts: parts, header: header},
	}, nil
}

func checkObject(part []byte) error {
	if !json.Valid(part) || !utf8.Valid(part) {
		return ErrJSON
	}
	if bytes.TrimLeft(part, " \t\r\n")[0] != '{' {
		return ErrObject
	}
	return nil
}

func decodeHeader(part []byte) (h Header, err error) {
	if err := json.Unmarshal(part, &h); err != nil {
		return h, fmt.Errorf("%w: %v", ErrHeader, err)
	}
	for _, field := range []struct{ name, value string }{
		{"msg_id", h.MsgID}, {"msg_type", h.MsgType}, {"session", h.Session},
	} {
		if field.value == "" {
			return h, fmt.Errorf("%w: %s is missing", ErrHeader, field.name)
		}
	}
	return h, nil
}
