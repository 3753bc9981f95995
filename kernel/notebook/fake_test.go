package notebook

import (
	"context"
	"encoding/json"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"strings"
	"syscall"
	"testing"

	"threading101/kernel/jupyter"
)

// fakeVariable makes this test binary a kernel whose code is a line of words.
const fakeVariable = "T101_FAKE_KERNEL"

func TestMain(m *testing.M) {
	if path := os.Getenv(runVariable); path != "" {
		os.Unsetenv(runVariable)
		os.Exit(Run(context.Background(), Options{Kernel: []string{os.Args[0], "kernel"}}, []string{path}, os.Stdout, os.Stderr))
	}
	if os.Getenv(fakeVariable) != "" {
		fake(os.Args[len(os.Args)-1])
	}
	os.Exit(m.Run())
}

// runVariable makes this test binary execute the notebook it names.
const runVariable = "T101_FAKE_RUN"

func fake(path string) {
	if os.Getenv(fakeVariable) == "broken" {
		fmt.Fprintln(os.Stderr, "cannot begin")
		os.Exit(3)
	}
	c, err := jupyter.ReadConnection(path)
	if err != nil {
		panic(err)
	}
	f, err := jupyter.Listen(context.Background(), c, nil)
	if err != nil {
		panic(err)
	}
	k := &fakeKernel{front: f}
	for r := range f.Requests() {
		k.answer(r)
	}
	os.Exit(0)
}

type fakeKernel struct {
	front   *jupyter.Front
	count   int
	request *jupyter.Message
	deaf    bool
}

func (k *fakeKernel) publish(msgType string, content any) {
	k.front.Publish(jupyter.New(msgType, "fake", k.request, content), "")
}

type dict = map[string]any

func (k *fakeKernel) answer(r jupyter.Request) {
	if k.deaf {
		return
	}
	k.request = r.Message
	k.publish("status", dict{"execution_state": "busy"})
	msgType, content := strings.Replace(r.Message.Header.MsgType, "_request", "_reply", 1), dict{"status": "ok"}
	switch msgType {
	case "kernel_info_reply":
		content["language_info"] = dict{"name": "fake"}
	case "execute_reply":
		var c struct {
			Code string `json:"code"`
		}
		json.Unmarshal(r.Message.Content, &c)
		k.count++
		content = k.execute(strings.Fields(c.Code))
		content["execution_count"] = k.count
	}
	k.front.Send(r.Channel, jupyter.New(msgType, "fake", r.Message, content))
	k.publish("status", dict{"execution_state": "idle"})
	if msgType == "shutdown_reply" {
		go k.front.Close()
	}
}

func (k *fakeKernel) execute(words []string) dict {
	rest := strings.Join(words[1:], " ")
	switch words[0] {
	case "print", "cry":
		name := map[string]string{"print": "stdout", "cry": "stderr"}[words[0]]
		for _, word := range words[1:] {
			k.publish("stream", dict{"name": name, "text": word + "\n"})
		}
	case "unfinished":
		k.publish("stream", dict{"name": "stdout", "text": rest})
	case "show":
		k.publish("display_data", dict{
			"data":      dict{"text/plain": rest, "text/html": "<b>\n</b>", "image/svg+xml": "<svg>\n</svg>", "image/png": "AA\n", "application/json": dict{"a": json.Number("1e2")}},
			"metadata":  dict{},
			"transient": dict{"display_id": "d"},
		})
	case "change":
		k.publish("update_display_data", dict{"data": dict{"text/plain": rest}, "metadata": dict{}, "transient": dict{"display_id": "d"}})
	case "become": // first one, then the next …
		for i, word := range words[1:] {
			kind := "update_display_data"
			if i == 0 {
				kind = "display_data"
			}
			k.publish(kind, dict{"data": dict{"text/plain": word}, "metadata": dict{}, "transient": dict{"display_id": "b"}})
		}
	case "clear":
		k.publish("clear_output", dict{"wait": rest == "later"})
	case "where":
		dir, _ := os.Getwd()
		k.publish("stream", dict{"name": "stdout", "text": dir + "\n"})
	case "fail":
		k.publish("error", dict{"ename": rest, "evalue": "why", "traceback": []string{"\x1b[31mcell 1, line 2\x1b[0m", "more"}})
		return dict{"status": "error", "ename": rest, "evalue": "why", "traceback": []string{}}
	case "die":
		fmt.Fprintln(os.Stderr, "alas")
		os.Exit(7)
	case "hang":
		k.publish("stream", dict{"name": "stdout", "text": "hanging\n"})
		for r := range k.front.Requests() {
			if r.Message.Header.MsgType == "interrupt_request" {
				return dict{"status": "error", "ename": "interrupted"}
			}
		}
	case "number":
		k.publish("stream", dict{"name": "stdout", "text": fmt.Sprintln(os.Getpid())})
	case "obstinate":
		k.obstinate()
	}
	return dict{"status": "ok"}
}

// obstinate ignores all that could end it, and so does its child; their
// numbers are printed.
func (k *fakeKernel) obstinate() {
	signal.Ignore(syscall.SIGTERM, syscall.SIGINT)
	k.deaf = true
	child := exec.Command("sleep", "1000")
	if err := child.Start(); err != nil {
		panic(err)
	}
	k.publish("stream", dict{"name": "stdout", "text": fmt.Sprintf("%d %d\n", os.Getpid(), child.Process.Pid)})
}
