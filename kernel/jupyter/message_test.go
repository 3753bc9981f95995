package jupyter

import (
	"bytes"
	"encoding/json"
	"errors"
	"reflect"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
	"pgregory.net/rapid"
)

var noRaw = cmpopts.IgnoreUnexported(Message{})

// The signature of four empty objects under the key "secret", made with
// Python's hmac module.
func TestSignatureIsJupyters(t *testing.T) {
	e := []byte("{}")
	got := string(sign(key, [4][]byte{e, e, e, e}))
	if want := "34982f0bfec60e7b933ffde06c1ecab0fba073717a95ab943d1dd06f82c2d5e4"; got != want {
		t.Errorf("got %s, want %s", got, want)
	}
}

func TestRoundTrip(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		m := randomMessage(t)
		key := rapid.SliceOf(rapid.Byte()).Draw(t, "key")
		got, err := Decode(m.Encode(key), key)
		if err != nil {
			t.Fatal(err)
		}
		if diff := cmp.Diff(m, got, noRaw, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
	})
}

func randomMessage(t *rapid.T) *Message {
	frames := rapid.SliceOfN(rapid.SliceOf(rapid.Byte()), 0, 3)
	word := rapid.String()
	object := rapid.Custom(func(t *rapid.T) json.RawMessage {
		return object(rapid.MapOf(word, word).Draw(t, "object"))
	})
	m := &Message{
		Identities: frames.Draw(t, "identities"),
		Header: Header{
			MsgID: "m" + word.Draw(t, "id"), Session: "s" + word.Draw(t, "session"), MsgType: "t" + word.Draw(t, "type"),
			Username: word.Draw(t, "user"), Date: word.Draw(t, "date"), Version: word.Draw(t, "version"),
		},
		Parent: object.Draw(t, "parent"), Metadata: object.Draw(t, "metadata"), Content: object.Draw(t, "content"),
		Buffers: frames.Draw(t, "buffers"),
	}
	if sub := word.Draw(t, "subshell"); sub != "" {
		m.Header.SubshellID = &sub
	}
	for i, id := range m.Identities {
		m.Identities[i] = bytes.ReplaceAll(id, []byte(delimiter), nil)
	}
	return m
}

// An unchanged message passes byte for byte, also where our own JSON would
// look different; a changed part is signed anew and leaves the others alone.
func TestPassThrough(t *testing.T) {
	parts := [4][]byte{
		[]byte(`{"msg_type": "x", "extra" : [1], "session":"s","msg_id":"\u0041"}`),
		[]byte(` { } `), []byte(`{"a":1e2}`), []byte(`{"b":"<"}`),
	}
	frames := [][]byte{[]byte("id"), []byte(delimiter), sign(key, parts), parts[0], parts[1], parts[2], parts[3], []byte("buffer")}
	m, err := Decode(frames, key)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(frames, m.Encode(key)); diff != "" {
		t.Error(diff)
	}
	c := m.Copy()
	c.Content = json.RawMessage(`{"b":2}`)
	parts[3] = c.Content
	frames[2], frames[6] = sign(key, parts), parts[3]
	if diff := cmp.Diff(frames, c.Encode(key)); diff != "" {
		t.Error(diff)
	}
	m.Header.MsgType = "y"
	if again, err := Decode(m.Encode(key), key); err != nil || again.Header.MsgType != "y" {
		t.Errorf("got %v, %v", again, err)
	}
	if again, err := Decode(m.Encode([]byte("other")), []byte("other")); err != nil || again.Header.MsgType != "y" {
		t.Errorf("with another key: got %v, %v", again, err)
	}
}

// bad lists one message of each malformed kind.
func bad() map[string]struct {
	frames [][]byte
	want   error
} {
	type kind = struct {
		frames [][]byte
		want   error
	}
	good := New("x_request", "s", nil, nil)
	kinds := map[string]kind{
		"zero frames":     {[][]byte{{}}, ErrFrames},
		"no delimiter":    {good.Encode(key)[1:], ErrFrames},
		"other signature": {good.Encode([]byte("other key")), ErrSignature},
		"no signature":    {good.Encode(nil), ErrSignature},
		"four parts":      {good.Encode(key)[:5], ErrFrames},
		"delimiter only":  {good.Encode(key)[:1], ErrFrames},
	}
	for i, name := range partNames {
		for text, want := range map[string]error{
			``: ErrJSON, `{`: ErrJSON, `{"a":1}}`: ErrJSON, "{\"a\":\"\xff\"}": ErrJSON,
			`[]`: ErrObject, `null`: ErrObject, `1`: ErrObject,
		} {
			parts := good.parts()
			parts[i] = []byte(text)
			kinds[name+" is "+text] = kind{signed(parts), want}
		}
	}
	for _, text := range []string{
		`{}`, `{"msg_id":"1","session":"s"}`, `{"msg_id":"1","msg_type":"x"}`, `{"msg_type":"x","session":"s"}`,
		`{"msg_id":1,"msg_type":"x","session":"s"}`, `{"msg_id":"1","msg_type":[],"session":"s"}`,
		`{"msg_id":"1","msg_type":"x","session":"s","date":{}}`,
	} {
		parts := good.parts()
		parts[0] = []byte(text)
		kinds["header "+text] = kind{signed(parts), ErrHeader}
	}
	return kinds
}

func signed(parts [4][]byte) [][]byte {
	return [][]byte{[]byte(delimiter), sign(key, parts), parts[0], parts[1], parts[2], parts[3]}
}

func TestMalformed(t *testing.T) {
	if _, err := Decode(nil, key); !errors.Is(err, ErrFrames) {
		t.Errorf("no frames: got %v", err)
	}
	for name, kind := range bad() {
		if _, err := Decode(kind.frames, key); !errors.Is(err, kind.want) {
			t.Errorf("%s: got %v, want %v", name, err, kind.want)
		}
	}
}

func TestNoKeyNoSignature(t *testing.T) {
	m := New("x_request", "s", nil, nil)
	if _, err := Decode(m.Encode([]byte("any")), nil); err != nil {
		t.Error(err)
	}
}

func TestReplyFindsItsWay(t *testing.T) {
	request := New("execute_request", "front", nil, nil)
	request.Header.Username = "gopher"
	request.Identities = [][]byte{[]byte("a"), []byte("b")}
	request, err := Decode(request.Encode(key), key)
	if err != nil {
		t.Fatal(err)
	}
	reply := New("execute_reply", "kernel", request, map[string]any{"status": "ok"})
	if !reflect.DeepEqual(reply.Identities, request.Identities) || reply.Header.Username != "gopher" {
		t.Errorf("got %+v", reply)
	}
	if h, ok := reply.ParentHeader(); !ok || !h.equal(request.Header) {
		t.Errorf("parent is %+v", h)
	}
}

func TestNilContentIsAnObject(t *testing.T) {
	var m map[string]any
	var raw json.RawMessage
	for _, content := range []any{nil, m, raw} {
		if got := New("x", "s", nil, content).Content; string(got) != "{}" {
			t.Errorf("%T: got %s", content, got)
		}
	}
}

// FuzzDecode: nothing makes Decode panic, and what it accepts it also encodes
// to the same frames.
func FuzzDecode(f *testing.F) {
	for _, kind := range bad() {
		f.Add(wire(kind.frames), true)
		f.Add(wire(kind.frames), false)
	}
	f.Add(wire(New("x_request", "s", nil, nil).Encode(key)), true)
	f.Fuzz(func(t *testing.T, data []byte, keyed bool) {
		p := &rawPeer{in: reader(data)}
		frames, _, _ := p.recv()
		k := key
		if !keyed {
			k = nil
		}
		m, err := Decode(frames, k)
		if err != nil {
			return
		}
		again := m.Encode(k)
		if diff := cmp.Diff(frames, again, cmpopts.EquateEmpty()); diff != "" {
			t.Fatal(diff)
		}
		m.raw = nil
		if _, err := Decode(m.Encode(k), k); err != nil {
			t.Fatalf("encoded anew: %v", err)
		}
	})
}
