package forms

import (
	"slices"
	"strings"
)

// form is a way to write an access. Cells are what it reads and writes: "in.n" is
// a part of "in". A cell that begins with "@" is accessed atomically.
type form struct {
	code   string
	reads  string
	writes string
}

// imports are the packages that forms use.
var imports = []string{
	"bufio",
	"bytes",
	"container/list",
	"context",
	"crypto/sha256",
	"encoding/binary",
	"encoding/hex",
	"encoding/json",
	"flag",
	"fmt",
	"hash",
	"io",
	"maps",
	"math/big",
	"math/rand/v2",
	"os",
	"reflect",
	"runtime",
	"slices",
	"sort",
	"strconv",
	"strings",
	"sync",
	"sync/atomic",
	"time",
	"unicode/utf8",
	"unsafe",
}

// prelude is what all forms have in common. No form may panic, whatever the other
// has done.
const prelude = `
type Inner struct{ n, m int }
type Deep struct {
	in  Inner
	arr [3]int
}
type Prom struct{ pn, pm int }
type Level int
type opt struct{ v, w int }
type State struct {
	x, y  int
	lv    Level
	in    Inner
	deep  Deep
	arr   [4]int
	small [4]byte
	sl    []int
	big   []Inner
	f     func() int
	e     any
	str   string
	ok    bool
	m     map[string]int
	c     chan int
	pa    *[3]int
	pi    *Inner
	at    int64
	ai    atomic.Int64
	fl    float64
	bytes []byte
	anys  []any
	props map[string]any
	ptrs  []*int
	byName map[string][]int
	*Prom
}

func fresh() *State {
	return &State{sl: make([]int, 3, 9), big: make([]Inner, 2), f: one, e: 1, str: "a", m: map[string]int{"a": 1},
		c: make(chan int, 4), pa: new([3]int), pi: new(Inner), bytes: make([]byte, 3), anys: make([]any, 3), props: map[string]any{"a": 1}, ptrs: make([]*int, 2), byName: map[string][]int{"a": nil}, Prom: new(Prom)}
}

var gx, gy int
var gin Inner

func use[T any](v ...T)  {}
func one() int           { return 1 }
func yes() bool          { return true }
func pair() (int, error) { return 1, nil }
func two() (int, bool)   { return 1, true }
func filled() chan int   { c := make(chan int, 1); c <- 1; close(c); return c }
func seq(yield func(int, int) bool) { yield(0, 1) }

func (s *State) getX() int    { return s.x }
func (s *State) setX(n int)   { s.x = n }
func (s *State) self() *State { return s }
func (s *State) px() *int     { return &s.x }
func (i Inner) sum() int      { return i.n + i.m }
func (i *Inner) inc()         { i.n++ }
func (i *Inner) same() *Inner { return i }

type summer interface{ sum() int }
type incer interface{ inc() }

func get[T any](p *T) T                   { return *p }
func set[T any](p *T, v T)                { *p = v }
func add[T ~int | ~float64](p *T, v T)    { *p += v }
func first[S ~[]E, E any](s S) E          { return s[0] }
func put[S ~[]E, E any](s S, v E)         { s[0] = v }
func named(s *State) (n int)              { n = s.x; return }
`

// forms are all of them.
var forms = slices.Concat(table(accesses), table(aliases), table(uses))

// accesses are the forms of the language.
const accesses = `
use(s.x)                                        | x |
v := s.x; use(v)                                | x |
var v = s.x; use(v)                             | x |
var v any = s.x; use(v)                         | x |
if s.x > 5 { use(1) }                           | x |
if v := s.x; v > 5 { use(1) }                   | x |
switch s.x { case 7: use(1) }                   | x |
switch one() { case s.x: use(1) }               | x |
switch { case s.x == 7: use(1) }                | x |
switch v := s.x; { case v == 7: use(1) }        | x |
for i := 0; i < s.x; i++ { break }              | x |
for i := s.x; i < 1; i++ { break }              | x |
for range s.x { break }                         | x |
for i := range s.x { use(i); break }            | x |
use(func() int { return s.x }())                | x |
func() { defer use(s.x) }()                     | x |
func() { defer func() { use(s.x) }() }()        | x |
use(Inner{n: s.x})                              | x |
use(&Inner{s.x, 1})                             | x |
use([]int{s.x}[0])                              | x |
use([...]int{1: s.x}[1])                        | x |
use(map[string]int{"a": s.x}["a"])              | x |
use(map[int]int{s.x: 1}[9])                     | x |
use(float64(s.x))                               | x |
use(min(s.x, 1))                                | x |
use(max(1, s.x))                                | x |
use(-s.x)                                       | x |
use(s.x + one())                                | x |
use(one() + s.x)                                | x |
use(s.x == 1 && yes())                          | x |
use(yes() && s.x == 1)                          | x |
use((yes() && s.x == 1) == yes())               | x |
use(s.x == one() || yes())                      | x |
use([]Inner{{s.x, one()}}[0])                   | x |
use(map[string]int{"a": s.x, "b": one()}["a"])  | x |
use(opt{v: s.x, w: one()})                      | x |
use([9]int{}[s.x&1])                            | x |
use(make([]int, s.x&1))                         | x |
use(make([]int, 3)[s.x&1:][0])                  | x |
use(s.getX())                                   | x |
h := s.getX; use(h())                           | x |
h := (*State).getX; use(h(s))                   | x |
use(s.self().x)                                 | x |
use(*s.px())                                    | x |
use(get(&s.x))                                  | x |
q := &s.x; use(*q)                              | x |
q := &s.x; r := &q; use(**r)                    | x |
use(named(s))                                   | x |
c := make(chan int, 1); c <- s.x                | x |
c := make(chan int, 1); c <- s.x + one()        | x |
c := make(chan int, 1); select { case c <- s.x: } | x |
c := filled(); select { case <-c: use(s.x) }    | x |
var w sync.WaitGroup; w.Add(1); go func(int) { w.Done() }(s.x); w.Wait() | x |
var w sync.WaitGroup; w.Add(1); go func(n int) { w.Done(); use(n) }(s.x); w.Wait() | x |
var v, u = s.x, one(); use(v, u)                | x |
v, u := one(), s.x; use(v, u)                   | x |
use(s.fl)                                       | fl |
use(int(s.fl))                                  | fl |
use(s.lv)                                       | lv |
use(s.in)                                       | in |
v := s.in; use(v)                               | in |
use(s.in.n)                                     | in.n |
use(s.in.m)                                     | in.m |
use(s.in == Inner{})                            | in |
use(any(s.in))                                  | in |
use(s.in.sum())                                 | in |
h := s.in.sum; use(h())                         | in |
q := &s.in; use(q.sum())                        | in |
q := &s.in; h := q.sum; use(h())                | in |
q := &s.in; use(q.m)                            | in.m |
q := &s.in; v := *q; use(v)                     | in |
use(s.in.same().n)                              | in.n |
var i summer = s.in; use(i.sum())               | in |
use(get(&s.in))                                 | in |
use(s.deep.in.m)                                | deep.in.m |
use(s.deep.in)                                  | deep.in |
use(s.deep)                                     | deep |
use(s.deep.arr[2])                              | deep.arr.2 |
use(s.deep.arr)                                 | deep.arr |
use(s.pn)                                       | Prom prom.pn |
use(s.Prom.pm)                                  | Prom prom.pm |
use(*s.Prom)                                    | Prom prom |
use(s.pi.n)                                     | pi pin.n |
use(s.pi.sum())                                 | pi pin |
use(*s.pi)                                      | pi pin |
use(s.arr[1])                                   | arr.1 |
use(s.arr[2])                                   | arr.2 |
use(s.arr[one()])                               | arr.1 |
use(s.arr)                                      | arr |
use(s.arr == [4]int{})                          | arr |
use(len(s.arr))                                 | |
for i := range s.arr { use(i) }                 | |
for _, v := range s.arr { use(v) }              | arr |
for _, v := range &s.arr { use(v) }             | arr |
for _, v := range s.arr[:2] { use(v) }          | arr.0 arr.1 |
v := s.arr[1:]; use(v[1])                       | arr.2 |
use(s.small[1])                                 | small.1 |
use(s.small[2])                                 | small.2 |
use(s.small)                                    | small |
use(s.pa[1])                                    | pa pav.1 |
use(s.pa[1:][1])                                | pa pav.2 |
use(len(s.pa))                                  | |
for _, v := range s.pa { use(v) }               | pa pav |
use(*s.pa)                                      | pa pav |
use(len(s.sl))                                  | sl |
use(s.sl != nil)                                | sl |
use(s.sl[1])                                    | sl slv.1 |
use(s.sl[2])                                    | sl slv.2 |
use(s.sl[one()])                                | sl slv.1 |
use(first(s.sl))                                | sl slv.0 |
for _, v := range s.sl { use(v) }               | sl slv.0 slv.1 slv.2 |
for i := range s.sl { use(i) }                  | sl |
t := append([]int(nil), s.sl...); use(t...)     | sl slv.0 slv.1 slv.2 |
t := make([]int, 2); copy(t, s.sl); use(t...)   | sl slv.0 slv.1 |
t := slices.Clip(s.sl); use(t[1])               | sl slv.1 |
t := s.sl[:2]; use(t[1])                        | sl slv.1 |
use(s.big[1])                                   | big bigv.1 |
use(s.big[1].m)                                 | big bigv.1.m |
for _, v := range s.big { use(v) }              | big bigv |
use(s.f)                                        | f |
use(s.f())                                      | f |
use(s.f() + one())                              | f |
func() { defer s.f() }()                        | f |
use(s.f != nil)                                 | f |
use(s.e)                                        | e |
use(s.e == 1)                                   | e |
v, ok := s.e.(int); use(v); use(ok)             | e |
switch s.e.(type) { case int: use(1) }          | e |
switch v := s.e.(type) { case int: use(v) }     | e |
use(s.str)                                      | str |
use(len(s.str))                                 | str |
use(s.str[0])                                   | str |
use(s.str + "b")                                | str |
use([]byte(s.str)...)                           | str |
for _, r := range s.str { use(r) }              | str |
use(s.m["a"])                                   | m mv |
v, ok := s.m["a"]; use(v); use(ok)              | m mv |
use(len(s.m))                                   | m mv |
for k := range s.m { use(k) }                   | m mv |
use(s.c)                                        | c |
select { case v := <-s.c: use(v); default: }    | c |
select { case s.c <- 1: default: }              | c |
use(len(s.c))                                   | c |
s.c <- 1                                        | c |
use(s.ok)                                       | ok |
if s.ok { use(1) }                              | ok |
use(!s.ok)                                      | ok |
for !s.ok { break }                             | ok |
use(s.at)                                       | at |
use(atomic.LoadInt64(&s.at))                    | @at |
h := atomic.LoadInt64; use(h(&s.at))            | @at |
use(s.ai.Load())                                | @ai |
h := s.ai.Load; use(h())                        | @ai |
use(gx)                                         | gx |
use(gin)                                        | gin |
use(gin.m)                                      | gin.m |
use(loc)                                        | loc |
use(locIn)                                      | locIn |
use(locIn.m)                                    | locIn.m |
use(locArr)                                     | locArr |
use(locArr[1])                                  | locArr.1 |
use(*s)                                         | x y lv in deep arr small sl big f e str ok m c pa pi at ai fl bytes anys props ptrs byName Prom |
s.x = 1                                         | | x
s.x = one()                                     | | x
s.x++                                           | | x
s.x--                                           | | x
s.x += one()                                    | | x
s.x <<= 1                                       | | x
s.x <<= one()                                   | | x
s.x = s.x + one()                               | | x
s.x, s.y = 1, 2                                 | | x y
s.x, s.y = s.y, s.x                             | | x y
s.x, s.y = one(), one()                         | | x y
s.x, _ = pair()                                 | | x
s.x, s.ok = two()                               | | x ok
_, s.ok = two()                                 | | ok
if s.x, s.ok = two(); yes() { use(1) }          | | x ok
s.x, s.e = pair()                               | | x e
s.self().x = 1                                  | | x
s.self().x++                                    | | x
s.self().x += one()                             | | x
*s.px() = 1                                     | | x
*s.px()++                                       | | x
q := &s.x; *q = 1                               | | x
q := &s.x; *q += 2                              | | x
s.setX(1)                                       | | x
h := s.setX; h(1)                               | | x
set(&s.x, 1)                                    | | x
add(&s.x, 1)                                    | | x
add(&s.fl, 1)                                   | | fl
add(&s.lv, 1)                                   | | lv
func() { s.x = 1 }()                            | | x
func() { defer func() { s.x = 1 }() }()         | | x
for s.x = range 2 { use(1) }                    | | x
for s.x = range s.sl { use(1) }                 | sl | x
for _, s.x = range []int{1} { use(1) }          | | x
for s.y, s.x = range []int{1} { use(1) }        | | x y
for s.x = range filled() { use(1) }             | | x
for s.x, s.y = range seq { use(1) }             | | x y
for _, s.x = range map[int]int{1: 1} { use(1) } | | x
for s.lv = range 2 { use(1) }                   | | lv
for s.x = 0; s.x < 0; s.x++ { use(1) }          | | x
select { case s.x = <-filled(): use(1) }        | | x
select { case s.x, s.ok = <-filled(): use(1) }  | | x ok
s.x = <-filled()                                | | x
s.x, s.ok = <-filled()                          | | x ok
s.x, s.ok = s.m["a"]                            | m mv | x ok
s.x, s.ok = any(1).(int)                        | | x ok
if s.x, s.ok = s.m["a"]; yes() { use(1) }       | m mv | x ok
if s.x = 1; yes() { use(1) }                    | | x
var w sync.WaitGroup; w.Add(1); go func() { s.x = 1; w.Done() }(); w.Wait() | | x
s.fl = 1                                        | | fl
s.fl = float64(one())                           | | fl
s.lv = 2                                        | | lv
s.ok = true                                     | | ok
s.ok = one() == 1                               | | ok
s.in = Inner{}                                  | | in
s.in.n = 1                                      | | in.n
s.in.m++                                        | | in.m
s.in.inc()                                      | | in.n
var i incer = &s.in; i.inc()                    | | in.n
q := &s.in; q.m = 1                             | | in.m
q := &s.in; *q = Inner{1, 1}                    | | in
q := &s.in.m; *q = 1                            | | in.m
s.in.same().m = 1                               | | in.m
s.deep.in.m = 1                                 | | deep.in.m
s.deep.in = Inner{}                             | | deep.in
s.deep.arr[1] = 1                               | | deep.arr.1
s.deep.arr[one()]++                             | | deep.arr.1
s.deep.arr = [3]int{}                           | | deep.arr
s.deep = Deep{}                                 | | deep
s.pn = 1                                        | Prom | prom.pn
s.pm++                                          | Prom | prom.pm
s.Prom = new(Prom)                              | | Prom
*s.Prom = Prom{}                                | Prom | prom
s.pi = new(Inner)                               | | pi
s.pi.inc()                                      | pi | pin.n
s.pi.m = 1                                      | pi | pin.m
*s.pi = Inner{}                                 | pi | pin
s.arr[1] = 1                                    | | arr.1
s.arr[one()] = 1                                | | arr.1
s.arr[one()]++                                  | | arr.1
s.arr[1], s.arr[2] = s.arr[2], s.arr[1]         | | arr.1 arr.2
s.arr = [4]int{}                                | | arr
v := s.arr[:]; v[1] = 1                         | | arr.1
v := &s.arr; v[2] = 1                           | | arr.2
for _, s.arr[1] = range s.sl { use(1) }         | sl slv.0 slv.1 slv.2 | arr.1
clear(s.arr[1:3])                               | | arr.1 arr.2
copy(s.arr[2:3], []int{1})                      | | arr.2
s.small[1] = 1                                  | | small.1
s.small[2]++                                    | | small.2
s.small = [4]byte{}                             | | small
copy(s.small[:], "ab")                          | | small.0 small.1
s.pa[1] = 1                                     | pa | pav.1
s.pa = new([3]int)                              | | pa
*s.pa = [3]int{}                                | pa | pav
s.sl = make([]int, 3, 9)                        | | sl
s.sl = nil; s.sl = make([]int, 3)               | | sl
s.sl[1] = 1                                     | sl | slv.1
s.sl[one()]++                                   | sl | slv.1
s.sl[1], s.sl[2] = 1, 2                         | sl | slv.1 slv.2
t := s.sl; t[1] = 1                             | sl | slv.1
t := s.sl[1:]; t[1] = 1                         | sl | slv.2
t := append(s.sl, 1); use(t[0])                 | sl slv.0 | slv.3
t := append(s.sl, one(), 2); use(len(t))        | sl | slv.3 slv.4
t := append(s.sl, s.arr[:1]...); use(len(t))    | sl arr.0 | slv.3
s.sl = append(s.sl, 1)                          | | sl slv.3
if t := s.sl; len(t) > 2 { t = append(t[:1], t[2:]...); use(len(t)) } | sl slv.2 | slv.1
if t := s.sl; cap(t) > 2 { t = append(t[:2], 1); use(len(t)) } | sl | slv.2
t := s.sl; t = append(t, 1); use(t[len(t)-1])   | sl slv.3 | slv.3
if t := s.sl; len(t) > 1 { use([2]int(t)[0]) }  | sl slv.0 slv.1 |
if t := s.sl; len(t) > 2 { use([1]int(t[2:])[0]) } | sl slv.2 |
use(len(string(s.small[:])))                    | small.0 small.1 small.2 small.3 |
copy(s.sl, []int{1, 2})                         | sl | slv.0 slv.1
copy(s.sl[1:], s.sl)                            | sl slv.0 slv.1 | slv.1 slv.2
clear(s.sl)                                     | sl | slv.0 slv.1 slv.2
put(s.sl, 1)                                    | sl | slv.0
for i := range s.sl { s.sl[i] = 1 }             | sl | slv.0 slv.1 slv.2
s.big[1] = Inner{}                              | big | bigv.1
s.big[1].m = 1                                  | big | bigv.1.m
s.big[0].inc()                                  | big | bigv.0.n
q := &s.big[1]; q.n = 1                         | big | bigv.1.n
s.f = one                                       | | f
s.f = func() int { return 2 }                   | | f
s.e = 2                                         | | e
s.e = s.in                                      | in | e
s.e = one()                                     | | e
s.str = "b"                                     | | str
s.str += "c"                                    | | str
s.m = map[string]int{"a": 1}                    | | m
s.m["a"] = 1                                    | m | mv
s.m["b"] = one()                                | m | mv
s.m["a"]++                                      | m | mv
s.m["a"], s.m["b"] = 1, 2                       | m | mv
delete(s.m, "a")                                | m | mv
clear(s.m)                                      | m | mv
s.c = make(chan int, 4)                         | | c
s.at = 1                                        | | at
s.at++                                          | | at
atomic.AddInt64(&s.at, 1)                       | | @at
atomic.StoreInt64(&s.at, 1)                     | | @at
s.ai.Add(1)                                     | | @ai
h := s.ai.Add; h(1)                             | | @ai
gx = 1                                          | | gx
gx++                                            | | gx
gx, gy = 1, 2                                   | | gx gy
gin.n = 1                                       | | gin.n
gin = Inner{}                                   | | gin
loc = 1                                         | | loc
loc++                                           | | loc
loc, _ = pair()                                 | | loc
for loc = range 2 { use(1) }                    | | loc
locIn.n = 1                                     | | locIn.n
locIn = Inner{}                                 | | locIn
locIn.inc()                                     | | locIn.n
locArr[1] = 1                                   | | locArr.1
locArr[one()]++                                 | | locArr.1
*s = *fresh()                                   | | x y lv in deep arr small sl big f e str ok m c pa pi at ai fl bytes anys props ptrs byName Prom
`

func table(text string) (all []form) {
	for line := range strings.Lines(strings.TrimSpace(text)) {
		i := strings.LastIndex(line, "|")
		rest, writes := line[:i], line[i+1:]
		i = strings.LastIndex(rest, "|")
		all = append(all, form{strings.TrimSpace(rest[:i]), strings.TrimSpace(rest[i+1:]), strings.TrimSpace(writes)})
	}
	return all
}

// race reports whether two forms race when no rule orders them: both touch some
// cell, or one a part of what the other touches, one of them writes, and not both
// do so atomically.
func race(a, b form) bool {
	return meets(a.writes, b.writes) || meets(a.writes, b.reads) || meets(a.reads, b.writes)
}

func meets(a, b string) bool {
	for _, x := range strings.Fields(a) {
		for _, y := range strings.Fields(b) {
			p, atomic := strings.CutPrefix(x, "@")
			q, too := strings.CutPrefix(y, "@")
			if !(atomic && too) && (strings.HasPrefix(p+".", q+".") || strings.HasPrefix(q+".", p+".")) {
				return true
			}
		}
	}
	return false
}
