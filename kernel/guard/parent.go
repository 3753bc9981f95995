package guard

import (
	"context"
	"os"
	"time"
)

// WatchParent ends the kernel when the process that started it has died: an
// orphan has another parent. A kernel that init itself started is not watched.
func WatchParent(ctx context.Context, stop context.CancelFunc) {
	parent := os.Getppid()
	if parent <= 1 {
		return
	}
	tick := time.NewTicker(500 * time.Millisecond)
	defer tick.Stop()
	for {
		select {
		case <-tick.C:
			if os.Getppid() != parent {
				stop()
				return
			}
		case <-ctx.Done():
			return
		}
	}
}
