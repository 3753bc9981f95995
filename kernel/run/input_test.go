package run

import (
	"context"
	"errors"
	"strings"
	"testing"
)

// A program that waits for input is given line after line, after what it wrote
// was shown, and then the end.
func TestInput(t *testing.T) {
	lines := []string{"Ada", "Bob\n"}
	shown := listen()
	o, l := runToEnd(t, func(s *Spec) {
		output := s.Output
		s.Output = func(stream, text string) { shown.output(stream, text); output(stream, text) }
		s.Input = func(context.Context) (string, error) {
			if !strings.HasSuffix(shown.text(""), "name? ") {
				t.Errorf("asked after %q", shown.text(""))
			}
			if len(lines) == 0 {
				return "", errors.New("gone")
			}
			line := lines[0]
			lines = lines[1:]
			return line, nil
		}
	}, "ask")

	if want := "name? hello Ada\nname? hello Bob\nname? end <nil>\n"; l.text("") != want || !o.ReadStdin || o.Exit != 0 {
		t.Errorf("%q, %+v", l.text(""), o)
	}
}

// Without anybody to ask, the program meets the end of its input at once.
func TestNoInput(t *testing.T) {
	for _, mode := range []string{"ask", "readall", "childread"} {
		o, l := runToEnd(t, nil, mode)
		if !o.ReadStdin || o.Exit != 0 {
			t.Errorf("%s: %+v, output %q", mode, o, l.text(""))
		}
	}
}

// Where it is said that there is no input, nobody looks whether the program waits for it:
// it has met the end before it could be asked for.
func TestEmptyInput(t *testing.T) {
	for _, mode := range []string{"ask", "readall", "childread"} {
		o, l := runToEnd(t, func(s *Spec) {
			s.NoInput = true
			s.Input = func(context.Context) (string, error) { t.Error("asked"); return "", nil }
		}, mode)
		if o.ReadStdin || o.Exit != 0 {
			t.Errorf("%s: %+v, output %q", mode, o, l.text(""))
		}
	}
}

// A long line goes in pieces, as the pipe takes them.
func TestLongInput(t *testing.T) {
	line, asked := strings.Repeat("z", 300<<10), false
	o, _ := runToEnd(t, func(s *Spec) {
		s.Input = func(context.Context) (string, error) {
			if asked {
				return "", errors.New("gone")
			}
			asked = true
			return line, nil
		}
	}, "readall")
	if want := `"` + line[:1000]; !strings.HasPrefix(o.Stdout, want) || o.Exit != 0 {
		t.Errorf("%.100q", o.Stdout)
	}
}

// A program that does not read is not offered anything.
func TestNoQuestion(t *testing.T) {
	r, l := begin(t, func(s *Spec) {
		s.Input = func(context.Context) (string, error) { t.Error("asked"); return "", nil }
	}, "both")
	if o := end(t, r); o.ReadStdin || l.text("") == "" {
		t.Errorf("%+v", o)
	}
}

// Whoever is being asked is let go when the program is interrupted.
func TestInterruptWhileAsking(t *testing.T) {
	asking, released := make(chan bool), make(chan bool)
	r, _ := begin(t, func(s *Spec) {
		s.Input = func(ctx context.Context) (string, error) {
			close(asking)
			<-ctx.Done()
			close(released)
			return "", ctx.Err()
		}
	}, "ask")
	<-asking
	r.Interrupt()
	if o := end(t, r); !o.Interrupted || o.ReadStdin {
		t.Errorf("%+v", o)
	}
	<-released
}
