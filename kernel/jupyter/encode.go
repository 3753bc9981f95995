package jupyter

import (
	"crypto/hmac"
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
)

const delimiter = "<IDS|MSG>"

// Encode gives the frames of a message: identities, delimiter, signature,
// header, parent, metadata, content, buffers. The frames share memory with m.
func (m *Message) Encode(key []byte) [][]byte {
	parts := m.parts()
	frames := make([][]byte, 0, len(m.Identities)+6+len(m.Buffers))
	frames = append(frames, m.Identities...)
	frames = append(frames, []byte(delimiter), m.signature(key, parts))
	frames = append(frames, parts[:]...)
	return append(frames, m.Buffers...)
}

func (m *Message) parts() [4][]byte {
	return [4][]byte{m.header(), orEmpty(m.Parent), orEmpty(m.Metadata), orEmpty(m.Content)}
}

// header gives the header's JSON: the bytes that came, if it is unchanged.
func (m *Message) header() []byte {
	if m.raw != nil && m.Header.equal(m.raw.header) {
		return m.raw.parts[0]
	}
	return object(m.Header)
}

func (h Header) equal(o Header) bool {
	a, b := h.SubshellID, o.SubshellID
	h.SubshellID, o.SubshellID = nil, nil
	return h == o && (a == b || a != nil && b != nil && *a == *b)
}

func orEmpty(part json.RawMessage) []byte {
	if len(part) == 0 {
		return empty
	}
	return part
}

func (m *Message) signature(key []byte, parts [4][]byte) []byte {
	if m.raw != nil && m.raw.key == string(key) && same(m.raw.parts, parts) {
		return m.raw.signature
	}
	return sign(key, parts)
}

// same tells whether the parts are the very bytes that came.
func same(a, b [4][]byte) bool {
	for i := range a {
		if len(a[i]) != len(b[i]) || &a[i][0] != &b[i][0] {
			return false
		}
	}
	return true
}

// sign gives the hexadecimal HMAC-SHA256 of the four parts; without a key
// messages are not signed and the frame is empty.
func sign(key []byte, parts [4][]byte) []byte {
	if len(key) == 0 {
		return []byte{}
	}
	mac := hmac.New(sha256.New, key)
	for _, part := range parts {
		mac.Write(part)
	}
	return hex.AppendEncode(nil, mac.Sum(nil))
}
