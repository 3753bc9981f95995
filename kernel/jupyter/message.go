package jupyter

import (
	"encoding/json"
	"fmt"
	"time"
)

// ProtocolVersion is the version of the messaging protocol that New claims.
const ProtocolVersion = "5.4"

// Header says what a message is and who sent it.
type Header struct {
	MsgID      string  `json:"msg_id"`
	Session    string  `json:"session"`
	Username   string  `json:"username"`
	Date       string  `json:"date"`
	MsgType    string  `json:"msg_type"`
	Version    string  `json:"version"`
	SubshellID *string `json:"subshell_id,omitempty"`
}

// Message is one message of any channel. Header, Parent, Metadata and Content
// are JSON objects. To change a part, replace it: the bytes of a decoded
// message are also what it is sent on as.
type Message struct {
	Identities [][]byte // routing frames; on iopub the topic
	Header     Header
	Parent     json.RawMessage
	Metadata   json.RawMessage
	Content    json.RawMessage
	Buffers    [][]byte

	raw *raw // what came over the wire; nil for a message of our own
}

// raw keeps a decoded message's signed frames, so that an unchanged message
// passes on byte for byte and its signature need not be made again.
type raw struct {
	key       string
	signature []byte
	parts     [4][]byte
	header    Header
}

var empty = json.RawMessage("{}")

// New makes a message of our own. A reply takes its parent's identities, so
// that it finds its way back; parent may be nil. The content must encode as a
// JSON object; nil is the empty object.
func New(msgType, session string, parent *Message, content any) *Message {
	m := &Message{
		Header:   newHeader(msgType, session),
		Parent:   empty,
		Metadata: empty,
		Content:  object(content),
	}
	if parent != nil {
		m.Identities = parent.Identities
		m.Parent = parent.header()
		m.Header.Username = parent.Header.Username
	}
	return m
}

func newHeader(msgType, session string) Header {
	return Header{
		MsgID: newID(), Session: session, Username: "threading101",
		Date:    time.Now().UTC().Format("2006-01-02T15:04:05.000000Z"),
		MsgType: msgType, Version: ProtocolVersion,
	}
}

// object encodes a value of ours, any nil as the empty object. A value that
// does not encode is a broken invariant.
func object(v any) json.RawMessage {
	if text, ok := v.(json.RawMessage); ok && len(text) > 0 {
		return text
	}
	text, err := json.Marshal(v)
	if err != nil {
		panic(fmt.Sprintf("jupyter: content does not encode: %v", err))
	}
	if string(text) == "null" {
		return empty
	}
	return text
}

// idle tells whether the message says that the kernel has become idle.
func (m *Message) idle() bool {
	var content struct {
		State string `json:"execution_state"`
	}
	return m.Header.MsgType == "status" && json.Unmarshal(m.Content, &content) == nil && content.State == "idle"
}

// ParentHeader decodes the header of the request this message answers; ok is
// false if there is none.
func (m *Message) ParentHeader() (h Header, ok bool) {
	err := json.Unmarshal(m.Parent, &h)
	return h, err == nil && h.MsgID != ""
}

// answers tells whether the request with that id is the message's parent.
func (m *Message) answers(id string) bool {
	h, ok := m.ParentHeader()
	return ok && h.MsgID == id
}

// Copy gives a message whose fields can be replaced without changing m.
func (m *Message) Copy() *Message {
	c := *m
	return &c
}
