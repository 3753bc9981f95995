package proxy

import (
	"html"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/proxy/output"
	"threading101/kernel/words"
)

const (
	// compilingDelay is how long a build may take without a word, as nearly all do.
	compilingDelay = time.Second
	// compilingPause is the time between two changes of the line.
	compilingPause = 500 * time.Millisecond
)

// showCompiling shows, below a cell whose build takes long, what is being compiled and how
// far that is: a line that changes, and is gone when what it returns is called.
func (e *execution) showCompiling(b *build.Builder) (over func()) {
	stop, stopped := make(chan struct{}), make(chan struct{})
	go func() {
		defer close(stopped)
		line := output.NewPlace(e.out, newID())
		defer line.Remove()
		for wait := compilingDelay; ; wait = compilingPause {
			select {
			case <-stop:
				return
			case <-time.After(wait):
			}
			if c, ok := b.Compiling(); ok {
				text := words.Compiling(c.Done, c.All, c.Path)
				line.Replace(map[string]any{"text/plain": text, "text/html": "<div>" + html.EscapeString(text) + "</div>"}, map[string]any{})
			}
		}
	}()
	return func() { close(stop); <-stopped }
}
