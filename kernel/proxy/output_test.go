package proxy

import (
	"testing"

	"threading101/kernel/jupyter"
)

// A grader takes any text on the standard error for a failure: a cell that checks has none.
func TestOneStream(t *testing.T) {
	for one, want := range map[bool]string{false: "stderr", true: "stdout"} {
		var names []string
		o := &output{oneStream: one, parent: &jupyter.Message{}, publish: func(m *jupyter.Message) {
			names = append(names, jupyter.Content(m, struct {
				Name string `json:"name"`
			}{}).Name)
		}}
		o.stream("stderr", "exit status 2\n")
		o.flush()
		if len(names) != 1 || names[0] != want {
			t.Errorf("%v: %q", one, names)
		}
	}
}
