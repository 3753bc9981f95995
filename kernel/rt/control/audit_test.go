package control

import (
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestDoing(t *testing.T) {
	for _, test := range []struct {
		block string
		want  doing
	}{
		{"goroutine 18 [chan receive, 2 minutes]:\nmain.wait(0xc000012345)\n\t/x/main.go:17 +0x1b\nmain.main()\n", doing{18, "chan receive", "main.wait", "/x/main.go:17", false}},
		{"goroutine 7 [IO wait]:\nruntime.gopark()\n\t/go/proc.go:1\nnet.(*conn).Read(0x1, {0x2, 0x3})\n\t/go/net.go:9 +0x2\n", doing{7, "IO wait", "net.(*conn).Read", "/go/net.go:9", false}},
		{"goroutine 8 [sleep]:\ntime.Sleep(0x3)\n\t/go/time.go:9 +0x2\nmain.nap()\n\t/x/main.go:4 +0x1\n", doing{8, "sleep", "time.Sleep", "/go/time.go:9", false}},
		{"goroutine 9 [sleep]:\ntime.Sleep(0x3)\n\t/go/time.go:9 +0x2\n" + ourOwn[1] + "settle(0x1)\n\t/x/audit.go:4 +0x1\n", doing{9, "sleep", ourOwn[1] + "settle", "/x/audit.go:4", false}},
		{"goroutine 6 [sleep]:\ntime.Sleep(0x3)\n\t/go/time.go:9 +0x2\n" + ourOwn[1] + "watch(0x1)\n\t/x/watchdog.go:4 +0x1\n", doing{6, "sleep", ourOwn[1] + "watch", "/x/watchdog.go:4", false}},
		{"goroutine 5 [select]:\ndatabase/sql.(*DB).connectionOpener(0x1)\n\t/go/sql.go:9 +0x2\ncreated by database/sql.OpenDB in goroutine 1\n\t/go/sql.go:8 +0x1\n", doing{5, "select", "database/sql.(*DB).connectionOpener", "/go/sql.go:9", true}},
		{"goroutine 1 [running]:", doing{ID: 1, State: "running"}},
	} {
		got, ok := doingOf([]byte(test.block))
		if diff := cmp.Diff(test.want, got, cmp.AllowUnexported(doing{})); diff != "" || !ok {
			t.Errorf("%q: %v %s", test.block, ok, diff)
		}
	}
	if _, ok := doingOf([]byte("created by main.main")); ok {
		t.Error("what is no goroutine was read as one")
	}
}

func TestGoid(t *testing.T) {
	mine := Goid()
	other := make(chan int64)
	go func() { other <- Goid() }()
	if id := <-other; mine == 0 || id == 0 || id == mine {
		t.Errorf("two goroutines have the numbers %d and %d", mine, id)
	}
}

func TestWhoMoves(t *testing.T) {
	for _, test := range []struct {
		all  Goroutines
		want bool
	}{
		{Goroutines{{State: "chan receive", Where: "main.f"}}, false},
		{Goroutines{{State: "chan receive", Where: "main.f"}, {State: "IO wait", Where: "net.Read"}}, true},
		{Goroutines{{State: "running", Where: ourOwn[0] + "(*Scheduler).census"}}, false},
		{Goroutines{{State: "sleep", Where: "time.Sleep"}}, true},
		{Goroutines{{State: "sleep", Where: ourOwn[1] + "watch"}}, false},
	} {
		if got := test.all.anyoneMoves(); got != test.want {
			t.Errorf("%+v: %v, want %v", test.all, got, test.want)
		}
	}
}

// A coroutine does nothing but for whom it belongs to: it is not an unmanaged one.
func TestUnmanaged(t *testing.T) {
	for _, test := range []struct {
		all  Goroutines
		want bool
	}{
		{Goroutines{{State: "coroutine", Where: "iter.Pull"}, {State: "running", Where: ourOwn[0] + "stacks"}}, false},
		{Goroutines{{State: "chan receive", Where: ourOwn[0] + "(*Scheduler).arrive"}}, false},
		{Goroutines{{State: "sleep", Where: ourOwn[1] + "watch"}}, false},
		{Goroutines{{State: "select", Where: "net/http.(*Transport).roundTrip"}}, true},
		{Goroutines{{State: "syscall", Where: "os/signal.signal_recv"}}, true},
	} {
		if got := test.all.unmanaged(); got != test.want {
			t.Errorf("%+v: %v, want %v", test.all, got, test.want)
		}
	}
}
