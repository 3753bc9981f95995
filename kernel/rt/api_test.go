package rt

import (
	"sync/atomic"
	"testing"
)

// The calls that the instrumenter writes leave all type arguments to be inferred.
func TestCallsInferTheirTypes(t *testing.T) {
	type count int
	var n count
	var i32 int32
	var a atomic.Int64
	var p atomic.Pointer[int]
	var b atomic.Bool
	c := make(chan count, 4)
	var out chan<- count = c
	var in <-chan count = c

	S(c).Send(1, 1)
	S(out).Send(1, 2)
	if got := R(c).Recv(1) + R(in).Recv(1); got != 3 {
		t.Errorf("received %d in all, want 3", got)
	}
	Store(1, &n, 5)
	if got := Load(1, &n); got != 5 {
		t.Errorf("loaded %d, want 5", got)
	}
	*W(1, &n)++
	Wrote(1, &n)
	AtomicAdd(1, &i32, 3)
	if !AtomicCAS(1, &i32, 3, 4) || AtomicLoad(1, &i32) != 4 {
		t.Error("compare and swap did not swap")
	}
	AtomicBump(1, &i32, 1)
	if AtomicAdd(1, &i32, 1) != 6 {
		t.Error("an addition is lost")
	}
	AtomicBumpM(1, &a, 1)
	AtomicAddM(1, &a, 1)
	AtomicStoreM(1, &b, true)
	AtomicStoreM(1, &p, new(int))
	if AtomicLoadM(1, &a) != 2 || !AtomicLoadM(1, &b) || AtomicSwapM(1, &p, nil) == nil {
		t.Error("atomic methods do not work")
	}
	m := MapW(1, map[string]int{})
	m["a"] = 1
	if MapR(1, m)["a"] != 1 {
		t.Error("maps do not work")
	}
	go GoV2(1, func(a int, b ...string) {})(1)()
	go GoV2(1, func(a int64, b ...string) {})(1, "x", "y")()
	go Go1R1(1, func(c count) error { return nil })(1)()
	Close(1, c)
}
