package forms

// ways are what forms have that come to a variable by another way than its name.
const ways = `
type twin struct{ n, m int }
type intp *int
type mine = Inner
type holder struct{ p *int }
type box[T any] struct{ p *T }
type pile[T any] struct{ list []T }
type bumper[T any] interface {
	*T
	inc()
}
type byNumber []int
type node struct {
	p    *int
	next *node
}

func (b box[T]) put(v T)             { *b.p = v }
func (b *box[T]) at() *T             { return b.p }
func (p pile[T]) first(v T)          { p.list[0] = v }
func (h holder) hold(v int)          { *h.p = v }
func (h *holder) where() *int        { return h.p }
func (b byNumber) Len() int          { return len(b) }
func (b byNumber) Less(i, j int) bool { return b[i] < b[j] }
func (b byNumber) Swap(i, j int)     { b[i], b[j] = b[j], b[i] }
func swap[T any](p, q *T)            { *p, *q = *q, *p }
func bump[T any, P bumper[T]](p P)   { p.inc() }
func each[T any](v []T, f func(*T)) {
	for i := range v {
		f(&v[i])
	}
}
func zero(v ...int)                     { v[0] = 0 }
func all(p ...*int)                     { *p[0] = 1 }
func same[T any](v T) T                 { return v }
func pointers(s *State) func(func(*int) bool) { return func(yield func(*int) bool) { yield(&s.x) } }
func writer(p *int) func(int)           { return func(v int) { *p = v } }
func result(p *int) (q *int)            { q = p; return }
func third[A ~[3]int](a *A)             { (*a)[1] = 7 }
func fill[M ~map[K]V, K comparable, V any](m M, k K, v V) { m[k] = v }
func grow[S ~[]E, E any](s S, v E) S    { return append(s, v) }
func into2[S ~[]E, E any](to, from S)   { copy(to, from) }
func wipe[S ~[]E, E any](s S)           { clear(s) }
func drop[M ~map[K]V, K comparable, V any](m M, k K) { delete(m, k) }
func have[M ~map[K]V, K comparable, V any](m M, k K) V { return m[k] }
func count[M ~map[K]V, K comparable, V any](m M) int { return len(m) }
func walk[M ~map[K]V, K comparable, V any](m M) { for range m { break } }
func last[S ~[]E, E any](s S) (v E)     { for _, v = range s { }; return }
func piece[S ~[]E, E any](s S) S        { return s[1:2] }
func twoOf[A ~[3]int](a *A) int         { return (*a)[2] }
func whole[A ~[3]int](a *A) A           { return *a }
func both2[A ~[3]int | ~[4]int](a *A) int { return (*a)[1] }
func sorted[S ~[]E, E ~int](s S)        { slices.Sort(s) }
func setIn[T ~struct{ n, m int }](p *T, v T) { *p = v }
func plus[T ~int](p *T)                 { *p++ }
func plus2[T ~int](p *T)                { *p += 2 }
func keep[K comparable, V any](m map[K]V, k K, v V) { m[k] = v }
func items[T any](v []T, x T)           { v[0] = x }
func lens[T any](v []T) int             { return len(v) }
func tallyOne[M ~map[K]int, K comparable](m M, k K) { m[k]++ }
func tallyUp[M ~map[K]int, K comparable](m M, k K) { m[k] += 2 }
func asBytes[S ~[]byte](s S) string { return string(s) }
func asArray[S ~[]E, E any](s S) [2]E { return [2]E(s) }
func insert[S ~[]E, E any](s S, v E) S { return slices.Insert(s, 0, v) }
type cents = int
type mix interface{ ~[]byte | ~string }
func point[T any](v []*T, p *T) { v[0] = p }
func lists[T any](m map[string][]T, v []T) { m["a"] = v }
func byteOf[S mix](s S) byte { return s[1] }
func anyOf(s *State) any                { return s }
func (s *State) list() []int            { return s.sl }
func (s *State) inner() (*Inner, error) { return &s.in, nil }
`

// aliases are the forms that come to a variable by a pointer, a slice, a function or
// a value that has been elsewhere: it is known to change only to who follows these.
const aliases = `
(*[3]int)(s.sl)[1] = 7                           | sl | slv.1
for i := range (*[3]int)(s.sl) { (*[3]int)(s.sl)[i] = 1 } | sl | slv.0 slv.1 slv.2
(*twin)(&s.in).n = 1                             | | in.n
q := (*twin)(&s.in); q.m = 1                     | | in.m
*(*twin)(&s.in) = twin{}                         | | in
(*struct{ n, m int })(&s.in).m = 1               | | in.m
q := (*mine)(&s.in); q.n = 1                     | | in.n
q := intp(&s.x); *q = 1                          | | x
h := holder{&s.x}; *h.p = 1                      | | x
holder{&s.x}.hold(1)                             | | x
h := holder{&s.x}; *h.where() = 1                | | x
h := holder.hold; h(holder{&s.x}, 1)             | | x
h := (&holder{&s.x}).hold; h(1)                  | | x
box[int]{&s.x}.put(1)                            | | x
b := box[int]{p: &s.x}; *b.at() = 1              | | x
box[Inner]{&s.in}.put(Inner{})                   | | in
pile[int]{s.sl}.first(1)                         | sl | slv.0
pile[Inner]{s.big}.first(Inner{})                | big | bigv.0
v := 1; swap(&s.x, &v)                           | | x
bump(&s.in)                                      | | in.n
bump[Inner](&s.big[1])                           | big | bigv.1.n
each(s.sl, func(p *int) { *p = 1 })              | sl | slv.0 slv.1 slv.2
each(s.big, func(p *Inner) { p.m = 1 })          | big | bigv.0.m bigv.1.m
each(s.big, (*Inner).inc)                        | big | bigv.0.n bigv.1.n
zero(s.sl...)                                    | sl | slv.0
zero(s.sl[1:]...)                                | sl | slv.1
all(&s.x)                                        | | x
all([]*int{&s.x}...)                             | | x
*same(&s.x) = 1                                  | | x
same(s.sl)[1] = 1                                | sl | slv.1
same(s.m)["a"] = 1                               | m | mv
for p := range pointers(s) { *p = 1 }            | | x
writer(&s.x)(1)                                  | | x
*result(&s.x) = 1                                | | x
s.list()[1] = 1                                  | sl | slv.1
q, _ := s.inner(); q.n = 1                       | | in.n
if q, err := s.inner(); err == nil { q.m = 1 }   | | in.m
h := func(p *int) { *p = 1 }; h(&s.x)            | | x
func(p *int) { *p = 1 }(&s.x)                    | | x
func(p ...*int) { *p[0] = 1 }(&s.x)              | | x
func() { defer set(&s.x, 1) }()                  | | x
var w sync.WaitGroup; w.Add(1); go func(p *int) { *p = 1; w.Done() }(&s.x); w.Wait() | | x
m := map[string]*int{"a": &s.x}; *m["a"] = 1     | | x
m := map[string]*Inner{"a": &s.in}; m["a"].n = 1 | | in.n
m := map[string][]int{"a": s.sl}; m["a"][1] = 1  | sl | slv.1
m := map[string]func(int){"a": s.setX}; m["a"](1) | | x
v := []*int{&s.x}; *v[0] = 1                     | | x
v := [...]*int{&s.x}; *v[0] = 1                  | | x
v := []*Inner{&s.in}; for _, q := range v { q.m = 1 } | | in.m
v := [][]int{s.sl}; v[0][1] = 1                  | sl | slv.1
v := []func(int){s.setX}; v[0](1)                | | x
c := make(chan *int, 1); c <- &s.x; *<-c = 1     | | x
c := make(chan []int, 1); c <- s.sl; (<-c)[1] = 1 | sl | slv.1
c := make(chan func(int), 1); c <- s.setX; (<-c)(1) | | x
c := make(chan *Inner, 1); c <- &s.in; close(c); for q := range c { q.n = 1 } | | in.n
c := make(chan *int, 1); c <- &s.x; select { case q := <-c: *q = 1 } | | x
var a any = &s.x; *a.(*int) = 1                  | | x
var a any = &s.in; a.(incer).inc()               | | in.n
var a any = &s.in; switch q := a.(type) { case *Inner: q.m = 1 } | | in.m
var a any = s.sl; a.([]int)[1] = 1               | sl | slv.1
var a any = s.m; a.(map[string]int)["a"] = 1     | m | mv
var a any = s.setX; a.(func(int))(1)             | | x
l := &node{&s.x, nil}; l = &node{nil, l}; *l.next.p = 1 | | x
v := struct{ p *int }{&s.x}; *v.p = 1            | | x
v := struct{ *Inner }{&s.in}; v.n = 1            | | in.n
v := struct{ *Inner }{&s.in}; v.inc()            | | in.n
p, q := &s.x, &s.y; p, q = q, p; *q = 1; use(p)  | | x
p := &s.x; q := p; *q = 1                        | | x
p := &s.x; q := &p; *(*q) = 1                    | | x
var p *int; p = &s.x; *p = 1                     | | x
var p *int; q := &p; *q = &s.x; *p = 1           | | x
p := &s.deep; q := &p.in; q.n = 1                | | deep.in.n
p := &s.deep.arr; p[1] = 1                       | | deep.arr.1
p := s.arr[1:3]; p = p[1:]; p[0] = 1             | | arr.2
p := s.big[1:]; p[0].m = 1                       | big | bigv.1.m
v := s.big; for i := range v { v[i].n = 1 }      | big | bigv.0.n bigv.1.n
t := append(s.sl[:1], 5); use(len(t))            | sl | slv.1
t := append(s.sl[:0:2], 5, 6); use(len(t))       | sl | slv.0 slv.1
t := slices.Insert(s.sl[:1], 0, 5); use(len(t))  | sl slv.0 | slv.0 slv.1
slices.Reverse(s.sl)                             | sl | slv.0 slv.1 slv.2
slices.Reverse(s.big)                            | big | bigv.0 bigv.1
sort.Sort(byNumber(s.sl)) /* Len, Less, Swap */  | sl slv.0 slv.1 slv.2 |
byNumber(s.sl).Swap(0, 1)                        | sl | slv.0 slv.1
rand.Shuffle(3, func(i, j int) { s.sl[0] = 1 })  | sl | slv.0
maps.Copy(s.m, map[string]int{"b": 1})           | m | mv
maps.Insert(s.m, maps.All(map[string]int{"b": 1})) | m | mv
q := s.m; q["a"] = 1                             | m | mv
func(m map[string]int) { delete(m, "a") }(s.m)   | m | mv
var p atomic.Pointer[int]; p.Store(&s.x); *p.Load() = 1 | | x
var p atomic.Pointer[Inner]; p.Store(&s.in); p.Load().m = 1 | | in.m
var v atomic.Value; v.Store(&s.x); *v.Load().(*int) = 1 | | x
var m sync.Map; m.Store("a", &s.x); v, _ := m.Load("a"); *v.(*int) = 1 | | x
p := sync.Pool{New: func() any { return &s.x }}; *p.Get().(*int) = 1 | | x
h := sync.OnceValue(func() *int { return &s.x }); *h() = 1 | | x
var o sync.Once; o.Do(func() { s.x = 1 })        | | x
ctx := context.WithValue(context.Background(), "a", &s.x); *ctx.Value("a").(*int) = 1 | | x
reflect.ValueOf(&s.x).Elem().SetInt(1)           | | x
reflect.ValueOf(s.sl).Index(1).SetInt(1)         | sl | slv.1
reflect.Swapper(s.sl)(0, 1)                      | sl | slv.0 slv.1
*(*int)(unsafe.Pointer(&s.x)) = 1                | | x
unsafe.Slice(&s.arr[0], 4)[2] = 1                | | arr.2
q := (*[2]int)(unsafe.Pointer(&s.in)); q[1] = 1  | | in.m
json.Unmarshal([]byte("1"), &s.x)                | | x
json.Unmarshal([]byte("[1,2,3]"), &s.sl)         | | sl slv.0 slv.1 slv.2
json.NewDecoder(strings.NewReader("1")).Decode(&s.x) | | x
fmt.Sscan("1", &s.x)                             | | x
p := &s.x; fmt.Sscanf("1", "%d", p)              | | x
binary.Read(bytes.NewReader(make([]byte, 8)), binary.LittleEndian, &s.at) | | at
binary.LittleEndian.PutUint16(s.small[1:], 1)    | | small.1 small.2 small.3
binary.PutUvarint(s.small[:], 1)                 | | small
utf8.EncodeRune(s.small[:], 'a')                 | | small
hex.Encode(s.small[:], []byte("a"))              | | small
io.ReadFull(strings.NewReader("ab"), s.small[:2]) | | small.0 small.1
b := strconv.AppendInt(s.small[:0], 5, 10); use(len(b)) | | small.0
b := fmt.Appendf(s.small[:0], "a"); use(len(b))  | | small.0
fs := flag.NewFlagSet("", 0); fs.IntVar(&s.x, "x", 0, ""); fs.Set("x", "3") | | x
t := s.list(); t = append(t, 1); use(len(t))     | sl | slv.3
t := same(s.sl); t = append(t, 1); use(len(t))   | sl | slv.3
var t []int; t = s.sl; t = append(t, 1); use(len(t)) | sl | slv.3
var t []int; t, s.ok = s.sl, true; t = append(t, 1); use(len(t)) | sl | ok slv.3
v := struct{ l []int }{s.sl}; v.l = append(v.l, 1); use(len(v.l)) | sl | slv.3
v := [][]int{s.sl}; v[0] = append(v[0], 1)       | sl | slv.3
for _, t := range [][]int{s.sl} { t = append(t, 1); use(len(t)) } | sl | slv.3
m := map[int][]int{1: s.sl}; t := m[1]; t = append(t, 1); use(len(t)) | sl | slv.3
m := map[int][]int{1: s.sl}; m[1] = append(m[1], 1) | sl | slv.3
c := make(chan []int, 1); c <- s.sl; t := <-c; t = append(t, 1); use(len(t)) | sl | slv.3
var a any = s.sl; t := a.([]int); t = append(t, 1); use(len(t)) | sl | slv.3
var a any = s.sl; switch t := a.(type) { case []int: t = append(t, 1); use(len(t)) } | sl | slv.3
var a any = s.sl; switch t := a.(type) { case []int: t[1] = 1 } | sl | slv.1
var a any = s.m; switch m := a.(type) { case map[string]int: m["a"] = 1 } | m | mv
var a any = &s.x; switch q := a.(type) { case *int, *string: use(q) } | |
func(t []int) { t = append(t, 1); use(len(t)) }(s.sl) | sl | slv.3
func(t ...int) { t = append(t, 1); use(len(t)) }(s.sl...) | sl | slv.3
func() (t []int) { t = s.sl; t = append(t, 1); return }() | sl | slv.3
p := &s.sl; *p = append(*p, 1)                   | | sl slv.3
p := &s.sl; (*p)[1] = 1                          | sl | slv.1
q := pile[int]{s.sl}; q.list = append(q.list, 1); use(len(q.list)) | sl | slv.3
*same(&s.sl) = nil; *same(&s.sl) = make([]int, 3) | | sl
use(*same(&s.x))                                 | x |
use(*result(&s.x))                               | x |
use(*box[int]{&s.x}.p)                           | x |
b := box[int]{p: &s.x}; use(*b.at())             | x |
use((*twin)(&s.in).m)                            | in.m |
use(twin(s.in).m)                                | in |
v := (*[3]int)(s.sl); use(v[1])                  | sl slv.1 |
use([3]int(s.sl)[0])                             | sl slv.0 slv.1 slv.2 |
var a any = &s.in; switch q := a.(type) { case *Inner: use(q.m) } | in.m |
var a any = &s.in; use(a.(*Inner).n)             | in.n |
var a any = s.sl; switch t := a.(type) { case []int: use(t[1]) } | sl slv.1 |
c := make(chan *int, 1); c <- &s.x; use(*<-c)    | x |
m := map[string]*Inner{"a": &s.in}; use(m["a"].n) | in.n |
for _, q := range []*int{&s.x} { use(*q) }       | x |
for p := range pointers(s) { use(*p) }           | x |
each(s.sl, func(p *int) { use(*p) })             | sl slv.0 slv.1 slv.2 |
each(s.big, func(p *Inner) { use(p.m) })         | big bigv.0.m bigv.1.m |
q, _ := s.inner(); use(q.n)                      | in.n |
use(s.list()[1])                                 | sl slv.1 |
var p atomic.Pointer[int]; p.Store(&s.x); use(*p.Load()) | x |
var m sync.Map; m.Store("a", &s.x); v, _ := m.Load("a"); use(*v.(*int)) | x |
use(reflect.ValueOf(&s.x).Elem().Int())          | x |
use(*(*int)(unsafe.Pointer(&s.x)))               | x |
b, _ := json.Marshal(&s.x); use(len(b))          | x |
b, _ := json.Marshal(s.sl); use(len(b))          | sl slv.0 slv.1 slv.2 |
use(fmt.Sprint(s.sl))                            | sl slv.0 slv.1 slv.2 |
use(fmt.Sprint(&s.in))                           | in |
use(fmt.Sprint(s.in, s.arr))                     | in arr |
use(fmt.Sprint(s.m))                             | m mv |
use(reflect.DeepEqual(s.sl, []int{1}))           | sl slv.0 slv.1 slv.2 |
use(slices.Index(s.sl, 7))                       | sl slv.0 slv.1 slv.2 |
use(binary.LittleEndian.Uint16(s.small[1:]))     | small.1 small.2 small.3 |
t := append(s.list(), 1); use(len(t))            | sl | slv.3
t := append(same(s.sl), 1); use(len(t))          | sl | slv.3
t := append([]int(s.sl), 1); use(len(t))         | sl | slv.3
c := make(chan []int, 1); c <- s.sl; t := append(<-c, 1); use(len(t)) | sl | slv.3
q := *s; q.sl = append(q.sl, 1); use(len(q.sl))  | x y lv in deep arr small sl big f e str ok m c pa pi at ai fl bytes anys props ptrs byName Prom | slv.3
func(q pile[int]) { q.list = append(q.list, 1); use(len(q.list)) }(pile[int]{s.sl}) | sl | slv.3
v := [1][]int{s.sl}; v[0] = append(v[0], 1)      | sl | slv.3
v := [1][]int{}; v[0] = s.sl; v[0] = append(v[0], 1) | sl | slv.3
m := map[int][]int{}; m[1] = s.sl; m[1] = append(m[1], 1) | sl | slv.3
q := &pile[int]{}; q.list = s.sl; q.list = append(q.list, 1); use(len(q.list)) | sl | slv.3
t, u := s.list(), s.list(); t, u = append(t, 1), append(u, 2); use(len(t), len(u)) | sl | slv.3
t := s.sl; t = append(t[:1], 5); use(len(t))     | sl | slv.1
if t := s.sl; yes() { t = append(t, 1); use(len(t)) } | sl | slv.3
v := struct{ *State }{s}; v.x = 1                | | x
v := struct{ *State }{s}; v.in.n = 1             | | in.n
v := struct{ *State }{s}; v.sl[1] = 1            | sl | slv.1
v := struct{ *State }{s}; v.setX(1)              | | x
v := [1]struct{ *State }{{s}}; v[0].x = 1        | | x
v := struct{ incer }{&s.in}; v.inc()             | | in.n
v := struct{ *State }{s}; use(v.x)               | x |
var a any = s.sl; b, _ := json.Marshal(a); use(len(b)) | sl slv.0 slv.1 slv.2 |
var a any = &s.in; use(fmt.Sprint(a))            | in |
func(v []mine) { v[1] = mine{1, 1} }(s.big)      | big | bigv.1
var v []mine = s.big; v[0] = mine{}              | big | bigv.0
func(v []uint8) { v[1] = 1 }(s.bytes)            | bytes | bytesv.1
var v []interface{} = s.anys; v[1] = 1           | anys | anysv.1
func(v map[string]interface{}) { v["a"] = 1 }(s.props) | props | propsv
use(s.bytes[1])                                  | bytes bytesv.1 |
use(s.anys[1])                                   | anys anysv.1 |
use(s.props["a"])                                | props propsv |
s.bytes[1] = 1                                   | bytes | bytesv.1
s.anys[1] = 1                                    | anys | anysv.1
third(s.pa)                                      | pa | pav.1
third((*[3]int)(s.sl))                           | sl | slv.1
fill(s.m, "a", 1)                                | m | mv
anyOf(s).(*State).x = 1                          | | x
if q, ok := anyOf(s).(*State); ok { q.in.n = 1 } | | in.n
if q, ok := anyOf(s).(interface{ setX(int) }); ok { q.setX(1) } | | x
p := &s.big[0]; func() { p.n = 1 }()             | big | bigv.0.n
h := func() *Inner { return &s.in }; h().m = 1   | | in.m
for _, h := range []func(){func() { s.x = 1 }} { h() } | | x
v := struct{ set func(int) }{s.setX}; v.set(1)   | | x
var i interface{ setX(int) } = s; i.setX(1)      | | x
var h func(*State, int) = (*State).setX; h(s, 1) | | x
p, q := &s.in, &s.in.n; *q = p.m                 | in.m | in.n
*(&s.in) = Inner{}                               | | in
(&s.in).n = 1                                    | | in.n
(*s).x = 1                                       | | x
(&(*s).arr)[1] = 1                               | | arr.1
s.arr[:][2] = 1                                  | | arr.2
for i := range s.arr[:2] { s.arr[i] = 1 }        | | arr.0 arr.1
for i, p := 0, &s.arr; i < 2; i++ { p[i] = 1 }   | | arr.0 arr.1
func() { defer func() { recover(); s.x = 1 }(); panic(1) }() | | x
func() { defer func() { *recover().(*int) = 1 }(); panic(&s.x) }() | | x
for range 1 { goto end }; end: s.x = 1           | | x
switch { case yes(): s.x = 1; fallthrough; default: s.y = 1 } | | x y
t := grow(s.sl, 1); use(len(t))                  | sl | slv.3
into2(s.sl, []int{1, 2})                         | sl | slv.0 slv.1
into2(make([]int, 2), s.sl)                      | sl slv.0 slv.1 |
wipe(s.sl)                                       | sl | slv.0 slv.1 slv.2
drop(s.m, "a")                                   | m | mv
use(have(s.m, "a"))                              | m mv |
use(count(s.m))                                  | m mv |
walk(s.m)                                        | m mv |
use(last(s.sl))                                  | sl slv.0 slv.1 slv.2 |
piece(s.sl)[0] = 1                               | sl | slv.1
use(twoOf(s.pa))                                 | pa pav.2 |
use(whole(s.pa))                                 | pa pav |
use(both2(s.pa))                                 | pa pav.1 |
sorted(s.sl)                                     | sl | slv.0 slv.1 slv.2
setIn(&s.in, Inner{1, 1})                        | | in
plus(&s.x)                                       | | x
plus(&s.lv)                                      | | lv
plus2(&s.sl[1])                                  | sl | slv.1
keep(s.m, "b", 1)                                | m | mv
items(s.sl, 1)                                   | sl | slv.0
items(s.big, Inner{})                            | big | bigv.0
use(lens(s.sl))                                  | sl |
tallyOne(s.m, "a")                               | m | mv
tallyUp(s.m, "a")                                | m | mv
use(asBytes(s.bytes))                            | bytes bytesv.0 bytesv.1 bytesv.2 |
use(asArray(s.sl))                               | sl slv.0 slv.1 |
t := insert(s.sl[:1], 5); use(len(t))            | sl slv.0 | slv.0 slv.1
third((*[3]int)(s.sl[:3]))                       | sl | slv.1
func(v []cents) { v[1] = 1 }(s.sl)               | sl | slv.1
point(s.ptrs, &s.x)                              | ptrs | ptrsv.0
use(s.ptrs[0])                                   | ptrs ptrsv.0 |
lists(s.byName, nil)                             | byName | byNamev
use(s.byName["a"])                               | byName byNamev |
use(byteOf(s.bytes))                             | bytes bytesv.1 |
`
