package proxy

import (
	"context"

	"threading101/kernel/program"
	"threading101/kernel/proxy/output"
)

// screen is the place below one cell: what is shown there becomes messages.
type screen struct{ e *execution }

var _ program.Screen = screen{}

func (s screen) Display(data, metadata map[string]any) {
	s.e.out.Show("display_data", s.e.out.Bundle(data, metadata))
}

func (s screen) Keep(data, metadata map[string]any) (replace func(data, metadata map[string]any)) {
	b := output.NewPlace(s.e.out, newID())
	b.Replace(data, metadata)
	return b.Replace
}

func (s screen) Result(text string) {
	s.e.out.Show("execute_result", map[string]any{
		"data": map[string]any{"text/plain": text}, "metadata": map[string]any{}, "execution_count": s.e.count,
	})
}

func (s screen) Warn(text string) { s.e.out.Stream("stderr", text) }

func (s screen) Board() program.Board { return output.NewBoard(s.e.out, newID()) }

// Gone reports whether GoNB has ended, and taken the program along.
func (s screen) Gone(ctx context.Context) bool {
	if s.e.stop.Interrupted() {
		return false
	}
	c := s.e.sentTo()
	return ctx.Err() != nil || c != nil && closed(c.dying)
}
