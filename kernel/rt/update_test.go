package rt

import (
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/rt/record"
)

var (
	sEnd   = site(event.End, "", event.KindNone)
	sStore = site(event.Store, "x", event.KindInt)
	sCase  = site(event.Recv, "ch", event.KindInt)
)

// What assignments, select cases and ranges are made of.
func init() {
	ops = append(ops, []struct {
		name    string
		program func()
	}{
		{"operators", func() {
			x, b, f, s := new(int), new(uint8), new(float64), new(string)
			Add(sX, sStore, x, 7)
			Sub(sX, sStore, x, 1)
			Mul(sX, sStore, x, 5)
			Quo(sX, sStore, x, 2)
			Rem(sX, sStore, x, 8)
			Or(sX, sStore, x, 24)
			And(sX, sStore, x, 30)
			Xor(sX, sStore, x, 3)
			AndNot(sX, sStore, x, 1)
			Shl(sX, sStore, x, 2)
			Shr(sX, sStore, x, uint8(1))
			Add(sByte, sByte, b, 255)
			Add(sF, sF, f, 0.5)
			Add(sName, sName, s, "ab")
			escape(x, b, f, s)
		}},
		{"assignments", func() {
			x, y, a := new(int), new(int), new(any)
			At(a).Store(sMap, 3)
			Store2(sStore, x, sX, y, 1, 2)
			Store2(sStore, x, 0, nil, *y, *x)
			Store2(0, x, sX, y, *y, *x)
			Store3(sStore, x, 0, y, 0, new(string), *y, *x, "s")
			At2(sStore, x, 0, y).Store(func() (int, int) { return 8, 9 }())
			escape(x, y, a)
		}},
		{"after", func() {
			x, m := new(int), map[string]int{}
			call := func() int { *x = 4; return 5 }
			if got := *x + After(call(), sX, x); got != 9 {
				panic("After does not return its argument")
			}
			m["a"] = MapWAfter(call(), sMap, m)
			MapAdd(sMap, sMap, m, "a", call())
			MapSub(sMap, sMap, m, "a", -1)
			MapRAfter(1, sMap, m)
			if m["a"] != 11 {
				panic("an element is wrong")
			}
			escape(x, m)
		}},
		{"cases", func() {
			c := make(chan int, 1)
			SendTo(sCh, c, 5)
			Selecting(sSel, 1)
			select {
			case v, ok := <-SelR(sSel, 0, c):
				SelectedRecv(sCase, 0, v, ok)
			default:
			}
			close(c)
			Selecting(sSel, 1)
			select {
			case v, ok := <-SelR(sSel, 0, c):
				SelectedRecv(sCase, 0, v, ok)
			default:
			}
			Selecting(sSel, 1)
			select {
			case _, ok := <-SelR(sSel, 0, c):
				SelectedDrop(sCase, 0, ok)
			default:
			}
		}},
		{"range", func() {
			c := make(chan int, 2)
			c <- 1
			c <- 2
			close(c)
			sum := 0
			for c, v, ok := R(c).First(sCh); ok; v, ok = c.Recv2(sCh) {
				sum += v
			}
			if sum != 3 {
				panic("a value is lost")
			}
		}},
	}...)
}

func TestOperators(t *testing.T) {
	x := 100
	for i, step := range []struct {
		do   func()
		want int
	}{
		{func() { Add(1, 2, &x, 7) }, 107},
		{func() { Sub(1, 2, &x, 8) }, 99},
		{func() { Mul(1, 2, &x, -3) }, -297},
		{func() { Quo(1, 2, &x, 2) }, -148},
		{func() { Rem(1, 2, &x, 100) }, -48},
		{func() { Or(1, 2, &x, 5) }, -43},
		{func() { And(1, 2, &x, 255) }, 213},
		{func() { Xor(1, 2, &x, 1) }, 212},
		{func() { AndNot(1, 2, &x, 4) }, 208},
		{func() { Shl(1, 2, &x, 2) }, 832},
		{func() { Shr(1, 2, &x, uint8(3)) }, 104},
	} {
		if step.do(); x != step.want {
			t.Fatalf("step %d: %d, want %d", i, x, step.want)
		}
	}
}

// Division by zero and too far a shift panic as in plain Go.
func TestOperatorPanics(t *testing.T) {
	x, zero, minus := 1, 0, -1
	for _, f := range []func(){
		func() { Quo(1, 2, &x, zero) },
		func() { Rem(1, 2, &x, zero) },
		func() { Shl(1, 2, &x, minus) },
		func() { Add(1, 2, (*int)(nil), 1) },
	} {
		func() {
			defer func() {
				if _, ok := recover().(error); !ok {
					t.Error("no runtime error")
				}
			}()
			f()
		}()
	}
	if x != 1 {
		t.Errorf("x became %d", x)
	}
}

func TestDecimal(t *testing.T) {
	for want, got := range map[string]string{
		"0": record.Decimal(0), "-128": record.Decimal(int8(-128)), "255": record.Decimal(uint8(255)), "-7": record.Decimal(-7),
		"18446744073709551615": record.Decimal(^uint64(0)), "-9223372036854775808": record.Decimal(int64(-1 << 63)),
	} {
		if got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}

func TestBuiltinText(t *testing.T) {
	got := builtinText([]any{1, Signed(int8(-2)), "x", true, false, 'a', Unsigned(uint(3)), Unsigned(uintptr(4))}, " ")
	if want := "1 -2 x true false 97 3 4"; got != want {
		t.Errorf("got %q, want %q", got, want)
	}
}

// main may call itself: only the outermost begins and ends the program.
func TestMainFrom(t *testing.T) {
	depth := func() int {
		defer MainFrom(sMain, sEnd)()
		defer MainFrom(sMain, sEnd)()
		return running
	}()
	if depth != 2 || running != 0 {
		t.Errorf("main ran %d deep, now %d", depth, running)
	}
}
