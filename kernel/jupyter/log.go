package jupyter

import (
	"log"
	"strings"
	"sync"
	"time"
)

// linesPerSecond bounds what a flood of malformed messages can write into
// the log.
const linesPerSecond = 20

// sparse makes a log function that leaves out what exceeds linesPerSecond and
// says how much it was. It can be called from several goroutines.
func sparse(logf func(string, ...any)) func(string, ...any) {
	if logf == nil {
		return func(string, ...any) {}
	}
	var mu sync.Mutex
	var second time.Time
	var lines, left int
	return func(format string, args ...any) {
		mu.Lock()
		defer mu.Unlock()
		if now := time.Now(); now.Sub(second) >= time.Second {
			if left > 0 {
				logf("jupyter: %d more lines like these", left)
			}
			second, lines, left = now, 0, 0
		}
		if lines++; lines > linesPerSecond {
			left++
			return
		}
		logf("jupyter: "+format, args...)
	}
}

// logger gives zmq4 a logger that ends in ours.
func logger(logf func(string, ...any)) *log.Logger { return log.New(lines(logf), "", 0) }

type lines func(string, ...any)

func (l lines) Write(p []byte) (int, error) {
	l("%s", strings.TrimSpace(string(p)))
	return len(p), nil
}
