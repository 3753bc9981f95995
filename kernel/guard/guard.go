package guard

import (
	"bufio"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"time"
)

// Guard is a second process of our binary, in a session of its own. It
// holds the reading end of a pipe to the kernel; when the kernel ends, however
// it ends, the pipe closes, and the guard ends what is left: the process groups
// and the folders it was told of, and all processes that bear the kernel's mark.
//
// If the guard ends before that, another one takes its place, and is told the same.
type Guard struct {
	binary string

	mu      sync.Mutex
	told    []string
	pipe    io.WriteCloser
	closing bool
	done    chan struct{} // closed when no guard runs any more
}

// Start starts the guard for a kernel with that mark and folder. The binary is ours: its
// command "guard" is Main.
func Start(binary, mark, dir string) (*Guard, error) {
	g := &Guard{binary: binary, done: make(chan struct{})}
	cmd, err := g.start()
	if err != nil {
		return nil, err
	}
	go g.keep(cmd)
	g.Mark(mark)
	g.Dir(dir)
	return g, nil
}

// start starts a guard that knows what was told so far.
func (g *Guard) start() (*exec.Cmd, error) {
	cmd := exec.Command(g.binary, "guard")
	cmd.SysProcAttr = &syscall.SysProcAttr{Setsid: true}
	cmd.Dir = "/"
	pipe, err := cmd.StdinPipe()
	if err != nil {
		return nil, err
	}
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.closing {
		return nil, os.ErrClosed
	}
	if err := cmd.Start(); err != nil {
		return nil, fmt.Errorf("starting the guard: %w", err)
	}
	g.pipe = pipe
	io.WriteString(pipe, strings.Join(g.told, ""))
	return cmd, nil
}

// keep replaces a guard that somebody has ended.
func (g *Guard) keep(cmd *exec.Cmd) {
	defer close(g.done)
	for pause := guardPause; ; pause *= 2 {
		cmd.Wait()
		var err error
		if cmd, err = g.start(); err != nil {
			return
		}
		time.Sleep(pause) // one that ends at once is not started again and again
	}
}

const guardPause = 10 * time.Millisecond

func (g *Guard) tell(verb, what string) {
	g.mu.Lock()
	defer g.mu.Unlock()
	line := fmt.Sprintf("%s %s\n", verb, what)
	g.told = append(g.told, line)
	io.WriteString(g.pipe, line)
}

// Mark tells the guard of a variable, NAME=VALUE, by whose presence in their environment
// it knows processes that are to end with us.
func (g *Guard) Mark(mark string) { g.tell("mark", mark) }

// Dir tells the guard of a folder to remove.
func (g *Guard) Dir(dir string) { g.tell("dir", dir) }

// Group tells the guard of a process group to end with us.
func (g *Guard) Group(pgid int) { g.tell("group", strconv.Itoa(pgid)) }

// Server tells the guard of a PostgreSQL server, whose processes bear a mark.
func (g *Guard) Server(mark string, pid int) { g.tell("server", strconv.Itoa(pid)+" "+mark) }

// Close lets the guard do its work, and waits until it is done.
func (g *Guard) Close() {
	g.mu.Lock()
	g.closing = true
	g.pipe.Close()
	g.mu.Unlock()
	<-g.done
}

// Main is what the guard does: it reads what to clean up from stdin, and does it when
// stdin ends. It returns the exit status.
func Main(stdin io.Reader) int {
	signal.Ignore(syscall.SIGINT, syscall.SIGTERM, syscall.SIGHUP)
	var marks, dirs []string
	groups := map[int]bool{}
	server, serverMark := 0, "" // there is one at a time
	lines := bufio.NewScanner(stdin)
	for lines.Scan() {
		verb, what, _ := strings.Cut(lines.Text(), " ")
		switch verb {
		case "mark":
			marks = append(marks, what)
		case "dir":
			dirs = append(dirs, what)
		case "group":
			if pgid, err := strconv.Atoi(what); err == nil && pgid > 1 {
				groups[pgid] = true
			}
		case "server":
			what, serverMark, _ = strings.Cut(what, " ")
			server, _ = strconv.Atoi(what)
		case "forget":
			if pgid, err := strconv.Atoi(what); err == nil {
				delete(groups, pgid)
			}
		}
	}
	quit(serverMark, server)
	for pgid := range groups {
		syscall.Kill(-pgid, syscall.SIGKILL)
	}
	for _, mark := range marks {
		killMarked(mark, os.Getpid())
	}
	for _, dir := range dirs {
		RemoveAll(dir)
	}
	return 0
}

// quit has a PostgreSQL server end by itself: told by SIGQUIT it ends all it has
// started, and frees what the system keeps for it. If it does not, it is killed later,
// by its mark. Where nobody has a mark it is known by its number alone.
func quit(mark string, pid int) {
	if mark == "" {
		return
	}
	for range 50 {
		pids := marked(mark)
		if runtime.GOOS != "linux" && pid > 1 {
			pids = []int{pid}
		}
		left := false
		for _, pid := range pids {
			left = syscall.Kill(pid, syscall.SIGQUIT) == nil || left
		}
		if !left {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}

// killMarked ends all processes that bear mark but one. Those that are born
// while we look are found in the next round.
func killMarked(mark string, but int) {
	for range 20 {
		found := false
		for _, pid := range marked(mark) {
			if pid != but && syscall.Kill(pid, syscall.SIGKILL) == nil {
				found = true
			}
		}
		if !found {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

// RemoveAll removes dir also while a dying process still writes to it.
func RemoveAll(dir string) {
	for range 50 {
		if os.RemoveAll(dir) == nil {
			return
		}
		time.Sleep(10 * time.Millisecond)
	}
}
