package proxy

import (
	"html"
	"sync"
	"time"

	"threading101/kernel/explore"
	"threading101/kernel/program"
)

var _ program.Board = (*board)(nil)

// board is the place below a cell where an exploration is shown: a line that
// changes while it works, then what came of it.
type board struct {
	out   *output
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

// newPlace is a place of which nothing is seen before it is replaced. id is the display's.
func newPlace(out *output, id string) *board { return &board{out: out, id: id} }

// newBoard is one with a line that changes, as soon as the search has taken a while.
func newBoard(out *output, id string) *board {
	b := newPlace(out, id)
	b.began = time.Now()
	b.timer = time.AfterFunc(boardDelay, b.tick)
	return b
}

// Progress takes what was found so far.
func (b *board) Progress(p explore.Progress) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.latest = p
	if now := time.Now(); !b.over && b.shown && now.Sub(b.last) >= boardPause {
		b.line(now)
	}
}

// tick shows the first line.
func (b *board) tick() {
	b.mu.Lock()
	defer b.mu.Unlock()
	if !b.over {
		b.line(time.Now())
	}
}

func (b *board) line(now time.Time) {
	b.last = now
	text := b.latest.Line(now.Sub(b.began))
	b.put(map[string]any{"text/plain": text, "text/html": "<div>" + html.EscapeString(text) + "</div>"}, map[string]any{})
}

// Stop ends the changes; from then on the board is its caller's. What was shown
// stays until it is replaced.
func (b *board) Stop() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.over = true
	b.timer.Stop()
}

// Replace shows something in the place of what is there.
func (b *board) Replace(data, metadata map[string]any) { b.put(data, metadata) }

// Remove leaves nothing behind.
func (b *board) Remove() {
	if b.shown {
		b.put(map[string]any{"text/plain": ""}, map[string]any{})
	}
}

func (b *board) put(data, metadata map[string]any) {
	content := b.out.bundle(data, metadata)
	content["transient"] = map[string]any{"display_id": b.id}
	kind := "display_data"
	if b.shown {
		kind = "update_display_data"
	}
	b.shown = true
	b.out.show(kind, content)
}
