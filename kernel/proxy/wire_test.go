package proxy

import (
	"context"
	"encoding/json"
	"fmt"
	"net"
	"testing"
	"time"

	"threading101/kernel/jupyter"

	"github.com/go-zeromq/zmq4"
)

// TestMalformedMessages sends what no front end should: the kernel ignores it,
// and GoNB, which would die of any of it, does not see it.
func TestMalformedMessages(t *testing.T) {
	k := startKernel(t)
	c := k.client()
	c.ok("var x = 1")
	key := []byte(k.conn.Key)
	good := func() [][]byte {
		return jupyter.New("execute_request", newID(), nil, map[string]any{"code": "x", "silent": false}).Encode(key)
	}
	change := func(i int, part string) [][]byte {
		frames := good()
		frames[len(frames)-4+i] = []byte(part)
		return frames
	}
	for name, frames := range map[string][][]byte{
		"no delimiter":        {[]byte("hello")},
		"nothing after it":    {[]byte("<IDS|MSG>")},
		"wrong signature":     change(3, `{"code":"%%\nfmt.Println(\"forged\")"}`),
		"header is not JSON":  change(0, `{`),
		"content is not JSON": change(3, `hello`),
		"header is a list":    change(0, `[]`),
		"content is a number": change(3, `7`),
		"empty frames":        {{}, {}, {}, {}, {}, {}, {}},
		"too few frames":      good()[:3],
	} {
		for _, port := range []int{k.conn.ShellPort, k.conn.ControlPort, k.conn.StdinPort} {
			s := zmq4.NewDealer(context.Background())
			if err := s.Dial("ipc://" + k.socket(port)); err != nil {
				t.Fatal(err)
			}
			if err := s.SendMulti(zmq4.NewMsgFrom(frames...)); err != nil {
				t.Errorf("%s: %v", name, err)
			}
			defer s.Close()
		}
	}
	if r := c.ok("%%\nfmt.Println(x)"); r.stdout != "1\n" {
		t.Errorf("afterwards: %+v", r)
	}
	// Signed, but not what the type promises.
	for _, kind := range []string{"comm_open", "comm_msg", "comm_close", "history_request", "is_complete_request",
		"complete_request", "inspect_request", "comm_info_request", "input_reply", "shutdown_reply", "", "no such request", "debug_request"} {
		for _, body := range []any{map[string]any{}, map[string]any{"code": 7, "cursor_pos": "x", "comm_id": []int{1}, "data": nil, "n": "x"},
			map[string]any{"code": "x", "cursor_pos": -5}, map[string]any{"code": "é", "cursor_pos": 1 << 30},
			map[string]any{"comm_id": "1", "target_name": "gonb_comm", "data": 3}} {
			for _, ch := range []jupyter.Channel{jupyter.Shell, jupyter.Control, jupyter.Stdin} {
				c.ask(ch, kind, body)
			}
		}
	}
	if r := c.ok("%%\nfmt.Println(x)"); r.stdout != "1\n" {
		t.Errorf("afterwards: %+v", r)
	}
}

// socket is the file of the kernel's socket at a port.
func (k *kernelProcess) socket(port int) string { return fmt.Sprintf("%s-%d", k.conn.IP, port) }

// TestStrangers: connections that never speak, or speak another language.
func TestStrangers(t *testing.T) {
	k := startKernel(t)
	for _, text := range []string{"", "GET / HTTP/1.1\r\n\r\n", "\xff\x00\x00\x00\x00\x00\x00\x00\x01\x7f"} {
		for port := 1; port <= 5; port++ {
			s, err := net.DialTimeout("unix", k.socket(port), time.Second)
			for deadline := time.Now().Add(patience); err != nil && time.Now().Before(deadline); {
				s, err = net.DialTimeout("unix", k.socket(port), time.Second)
			}
			if err != nil {
				t.Fatal(err)
			}
			defer s.Close()
			s.Write([]byte(text))
		}
	}
	k.client().ok("var x = 1")
}

// TestRequestsAreAnsweredWhileACellRuns covers all that GoNB would answer late,
// or never.
func TestRequestsAreAnsweredWhileACellRuns(t *testing.T) {
	c := startKernel(t).client()
	c.ok("%%\nfmt.Println(\"hello\")")
	cell := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	c.awaitText(cell, "looping")
	for _, ch := range []jupyter.Channel{jupyter.Shell, jupyter.Control} {
		for _, one := range []struct {
			kind, body, want string
		}{
			{"kernel_info_request", `{}`, `"protocol_version":"5.4"`},
			{"connect_request", `{}`, `"shell_port":1`},
			{"is_complete_request", `{"code":"func main() {"}`, `"status":"incomplete"`},
			{"is_complete_request", `{"code":"x := 1"}`, `"status":`},
			{"history_request", `{"hist_access_type":"tail","n":2,"output":false,"raw":true}`, `fmt.Println(\"looping\")`},
			{"history_request", `{"hist_access_type":"range","session":0,"start":1,"stop":2}`, `[[1,1,"%%\nfmt.Println(\"hello\")"]]`},
			{"history_request", `{"hist_access_type":"search","pattern":"*hello*","output":true}`, `[[1,1,["%%\nfmt.Println(\"hello\")",null]]]`},
			{"comm_info_request", `{}`, `{"target_name":"jupyter.widget"}`},
			{"complete_request", `{"code":"%pict","cursor_pos":5}`, `"%picture"`},
			{"inspect_request", `{"code":"","cursor_pos":0,"detail_level":0}`, `"found":false`},
			{"debug_request", `{}`, `"status":"error"`},
		} {
			start := time.Now()
			r := c.await(c.ask(ch, one.kind, json.RawMessage(one.body)))
			text, _ := json.Marshal(r.reply)
			if r.channel != ch || !contains(string(text), one.want) || r.kinds[0] != "status busy" {
				t.Errorf("%s %s on %v: %s on %v, published %v", one.kind, one.body, ch, text, r.channel, r.kinds)
			}
			if took := time.Since(start); took > 5*time.Second {
				t.Errorf("%s answered after %v", one.kind, took)
			}
		}
	}
	c.interrupt(cell)
}

func TestComms(t *testing.T) {
	c := startKernel(t).client()
	stranger := c.ask(jupyter.Shell, "comm_open", map[string]any{"comm_id": "a", "target_name": "nobody", "data": map[string]any{}})
	c.until(stranger, "closed", func(r result) bool { return r.idle && len(r.kinds) == 3 && r.kinds[1] == "comm_close" })
	c.ok("var x = 1")
	// GoNB takes this one for its own, and clears the display it came from.
	open := c.ask(jupyter.Shell, "comm_open", map[string]any{
		"comm_id": "b", "target_name": gonbTarget, "data": map[string]any{}, "kernel_id": "0123-abcd"})
	c.until(open, "acknowledged", func(r result) bool {
		for _, kind := range r.kinds {
			if kind == "comm_msg" {
				return r.idle
			}
		}
		return false
	})
	list := c.await(c.ask(jupyter.Shell, "comm_info_request", map[string]any{"target_name": gonbTarget}))
	if comms := list.reply["comms"].(map[string]any); len(comms) != 1 || comms["b"] == nil {
		t.Errorf("open: %v", list.reply)
	}
	c.until(c.ask(jupyter.Shell, "comm_close", map[string]any{"comm_id": "b"}), "closed", func(r result) bool { return r.idle })
	all := c.await(c.ask(jupyter.Shell, "comm_info_request", map[string]any{})).reply["comms"].(map[string]any)
	widgets := c.await(c.ask(jupyter.Shell, "comm_info_request", map[string]any{"target_name": widgetTarget})).reply["comms"].(map[string]any)
	if len(all) != 1 || len(widgets) != 1 {
		t.Errorf("open besides the pictures' model, which always is: %v, %v", all, widgets)
	}
}
