package output

import (
	"testing"

	"threading101/kernel/jupyter"
)

// A grader takes any text on the standard error for a failure: a cell that checks has none.
func TestOneStream(t *testing.T) {
	for one, want := range map[bool]string{false: "stderr", true: "stdout"} {
		var names []string
		o := &Output{OneStream: one, parent: &jupyter.Message{}, publish: func(m *jupyter.Message) {
			names = append(names, jupyter.Content(m, struct {
				Name string `json:"name"`
			}{}).Name)
		}}
		o.Stream("stderr", "exit status 2\n")
		o.Flush()
		if len(names) != 1 || names[0] != want {
			t.Errorf("%v: %q", one, names)
		}
	}
}
