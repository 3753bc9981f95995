package run

import (
	"context"
	"errors"
	"slices"
	"testing"
)

// What a program is lent is in its environment in place of what was there, and is given
// back at its end; where it is refused, nothing runs.
func TestLend(t *testing.T) {
	back := make(chan struct{})
	spec := Spec{Path: "/bin/sh", Args: []string{"-c", `test "$PLACE" = here`}, Env: []string{"PLACE=there"}}
	spec.Lend = func(context.Context) ([]string, func(), error) {
		return []string{"PLACE=here"}, func() { close(back) }, nil
	}
	r, err := Start(context.Background(), spec)
	if err != nil {
		t.Fatal(err)
	}
	if exit := r.Wait().Exit; exit != 0 {
		t.Errorf("exit %d", exit)
	}
	<-back
	spec.Lend = func(context.Context) ([]string, func(), error) { return nil, nil, errors.New("no") }
	refused := new(Refused)
	if _, err := Start(context.Background(), spec); !errors.As(err, &refused) || refused.Why != "no" {
		t.Errorf("refused: %v", err)
	}
	if got, want := with([]string{"A=1", "PLACE=x", "PLACE=y"}, []string{"PLACE=z"}), []string{"A=1", "PLACE=z"}; !slices.Equal(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}
