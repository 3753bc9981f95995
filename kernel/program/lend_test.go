package program

import (
	"context"
	"errors"
	"slices"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/words"
)

// A run that is shown is lent what lasts; one of many gets something of its own.
func TestLend(t *testing.T) {
	var asked []bool
	p := &Program{Path: "/bin/sh", Args: []string{"-c", `exit "$STATUS"`}}
	p.Lend = func(_ context.Context, many bool) ([]string, func(), error) {
		asked = append(asked, many)
		return []string{"STATUS=3"}, func() {}, nil
	}
	ctx := context.Background()
	o, err := p.Run(ctx, Course{Mode: model.Real}, Streams{}, new(Stop))
	if err != nil || o.Exit != 3 {
		t.Errorf("%v, %+v", err, o)
	}
	r, err := run.Start(ctx, p.spec(true))
	if err != nil || r.Wait().Exit != 3 {
		t.Errorf("one of many: %v", err)
	}
	if want := []bool{false, true}; !slices.Equal(asked, want) {
		t.Errorf("asked %v, want %v", asked, want)
	}
	p.Lend = func(context.Context, bool) ([]string, func(), error) { return nil, nil, errors.New("none here") }
	_, err = p.Run(ctx, Course{Mode: model.Real}, Streams{}, new(Stop))
	if err == nil || notStarted(err) != "none here" {
		t.Errorf("refused: %v", err)
	}
	if other := errors.New("no such file"); notStarted(other) != words.RunFailed(other) {
		t.Errorf("another error: %s", notStarted(other))
	}
}
