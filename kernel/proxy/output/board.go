package output

import (
	"html"
	"sync"
	"time"

	"threading101/kernel/explore"
	"threading101/kernel/program"
)

var _ program.Board = (*Board)(nil)

// Board is the place below a cell where an exploration is shown: a line that
// changes while it works, then what came of it.
type Board struct {
	out   *Output
	id    string // of the display
	began time.Time

	mu     sync.Mutex
	shown  bool // there is something to replace
	over   bool // the search has ended
	last   time.Time
	latest explore.Progress
	timer  *time.Timer
}

const (
	// boardDelay is how long a search may take without a word. Most of them end
	// before, and show nothing but what they found.
	boardDelay = 300 * time.Millisecond
	// boardPause is the time between two changes.
	boardPause = 100 * time.Millisecond
)

// NewPlace is a place of which nothing is seen before it is replaced. id is the display's.
func NewPlace(out *Output, id string) *Board { return &Board{out: out, id: id} }

// NewBoard is one with a line that changes, as soon as the search has taken a while.
func NewBoard(out *Output, id string) *Board {
	b := NewPlace(out, id)
	b.began = time.Now()
	b.timer = time.AfterFunc(boardDelay, b.Tick)
	return b
}

// Progress takes what was found so far.
func (b *Board) Progress(p explore.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.latest = p
	if now := time.Now(); !b.over && b.shown && now.Sub(b.last) >= boardPause {
		b.line(now)
	}
}

// Tick shows the first line.
func (b *Board) Tick() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over {
		b.line(time.Now())
	}
}

func (b *Board) line(now time.Time) {
	b.last = now
	text := b.latest.Line(now.Sub(b.began))
	b.put(map[string]any{"text/plain": text, "text/html": "<div>" + html.EscapeString(text) + "</div>"}, map[string]any{})
}

// Stop ends the changes; from then on the board is its caller's. What was shown
// stays until it is replaced.
func (b *Board) Stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	b.timer.Stop()
}

// Replace shows something in the place of what is there.
func (b *Board) Replace(data, metadata map[string]any) { b.put(data, metadata) }

// Remove leaves nothing behind.
func (b *Board) Remove() {
	if b.shown {
		b.put(map[string]any{"text/plain": ""}, map[string]any{})
	}
}

func (b *Board) put(data, metadata map[string]any) {
	content := b.out.Bundle(data, metadata)
	content["transient"] = map[string]any{"display_id": b.id}
	kind := "display_data"
	if b.shown {
		kind = "update_display_data"
	}
	b.shown = true
	b.out.Show(kind, content)
}
