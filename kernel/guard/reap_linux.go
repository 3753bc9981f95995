package guard

import (
	"context"
	"os"
	"os/signal"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ReapPause is how long a dead child must have been left lying before we take
// it for an orphan that nobody waits for.
const ReapPause = 10 * time.Second

// Reap buries the orphans that came to us as their sub-reaper. Our own children
// are waited for by who started them, and at once.
func Reap(ctx context.Context, pause time.Duration) {
	deaths := make(chan os.Signal, 1)
	signal.Notify(deaths, syscall.SIGCHLD)
	defer signal.Stop(deaths)
	seen := map[int]bool{}
	for {
		if len(seen) == 0 {
			select {
			case <-deaths:
			case <-ctx.Done():
				return
			}
		}
		select {
		case <-time.After(pause):
		case <-ctx.Done():
			return
		}
		seen = bury(seen)
	}
}

// bury waits for the dead children that were dead before, and returns the others.
func bury(before map[int]bool) map[int]bool {
	now := map[int]bool{}
	for _, pid := range zombies() {
		if before[pid] {
			syscall.Wait4(pid, nil, syscall.WNOHANG, nil)
		} else {
			now[pid] = true
		}
	}
	return now
}

// zombies lists our dead children.
func zombies() []int {
	entries, _ := os.ReadDir("/proc")
	self := strconv.Itoa(os.Getpid())
	var pids []int
	for _, entry := range entries {
		pid, err := strconv.Atoi(entry.Name())
		if err != nil {
			continue
		}
		stat, err := os.ReadFile("/proc/" + entry.Name() + "/stat")
		if err != nil {
			continue
		}
		// pid (name) state ppid …; the name may hold anything.
		_, rest, _ := strings.Cut(string(stat[strings.LastIndexByte(string(stat), ')')+1:]), " ")
		if fields := strings.Fields(rest); len(fields) > 1 && fields[0] == "Z" && fields[1] == self {
			pids = append(pids, pid)
		}
	}
	return pids
}
