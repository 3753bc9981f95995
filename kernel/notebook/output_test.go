package notebook

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func stream(name, text string) map[string]any {
	return dict{"output_type": "stream", "name": name, "text": text}
}

func TestStreamsJoin(t *testing.T) {
	var o outputs
	for _, c := range []content{{Name: "stdout", Text: "a\n"}, {Name: "stdout", Text: "b"}, {Name: "stderr", Text: "c"}, {Name: "stdout", Text: "d"}} {
		o.add("stream", c)
	}
	o.add("comm_open", content{})
	want := []map[string]any{stream("stdout", "a\nb"), stream("stderr", "c"), stream("stdout", "d")}
	if diff := cmp.Diff(want, o.list); diff != "" {
		t.Error(diff)
	}
}

func TestClearOutput(t *testing.T) {
	var o outputs
	o.add("stream", content{Name: "stdout", Text: "a"})
	o.add("clear_output", content{Wait: true})
	if len(o.list) != 1 {
		t.Error("cleared before the next output came")
	}
	o.add("stream", content{Name: "stdout", Text: "b"})
	if diff := cmp.Diff([]map[string]any{stream("stdout", "b")}, o.list); diff != "" {
		t.Error(diff)
	}
	o.add("clear_output", content{})
	if len(o.list) != 0 {
		t.Error("not cleared")
	}
}

func TestPlain(t *testing.T) {
	if got := plain("\x1b[1;31mred\x1b[0m [0m"); got != "red [0m" {
		t.Errorf("got %q", got)
	}
}
