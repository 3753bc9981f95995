package rt

// Functions with a site, as values of the types that the library's have:
//
//	wait := time.After   becomes   wait := rt.Bind1R1(7, rt.TimeAfter)

// Bind1R0 is f at site s.
func Bind1R0[A1 any](s uint32, f func(uint32, A1)) func(A1) {
	return func(a1 A1) { f(s, a1) }
}

// Bind1R1 is f at site s.
func Bind1R1[A1, R1 any](s uint32, f func(uint32, A1) R1) func(A1) R1 {
	return func(a1 A1) R1 { return f(s, a1) }
}

// Bind1R2 is f at site s.
func Bind1R2[A1, R1, R2 any](s uint32, f func(uint32, A1) (R1, R2)) func(A1) (R1, R2) {
	return func(a1 A1) (R1, R2) { return f(s, a1) }
}

// Bind1R3 is f at site s.
func Bind1R3[A1, R1, R2, R3 any](s uint32, f func(uint32, A1) (R1, R2, R3)) func(A1) (R1, R2, R3) {
	return func(a1 A1) (R1, R2, R3) { return f(s, a1) }
}

// Bind2R1 is f at site s.
func Bind2R1[A1, A2, R1 any](s uint32, f func(uint32, A1, A2) R1) func(A1, A2) R1 {
	return func(a1 A1, a2 A2) R1 { return f(s, a1, a2) }
}

// Bind2R2 is f at site s.
func Bind2R2[A1, A2, R1, R2 any](s uint32, f func(uint32, A1, A2) (R1, R2)) func(A1, A2) (R1, R2) {
	return func(a1 A1, a2 A2) (R1, R2) { return f(s, a1, a2) }
}

// BindV1R0 is f at site s.
func BindV1R0[A1 any](s uint32, f func(uint32, ...A1)) func(...A1) {
	return func(a1 ...A1) { f(s, a1...) }
}

// BindV1R2 is f at site s.
func BindV1R2[A1, R1, R2 any](s uint32, f func(uint32, ...A1) (R1, R2)) func(...A1) (R1, R2) {
	return func(a1 ...A1) (R1, R2) { return f(s, a1...) }
}

// BindV2R0 is f at site s.
func BindV2R0[A1, A2 any](s uint32, f func(uint32, A1, ...A2)) func(A1, ...A2) {
	return func(a1 A1, a2 ...A2) { f(s, a1, a2...) }
}

// BindV2R2 is f at site s.
func BindV2R2[A1, A2, R1, R2 any](s uint32, f func(uint32, A1, ...A2) (R1, R2)) func(A1, ...A2) (R1, R2) {
	return func(a1 A1, a2 ...A2) (R1, R2) { return f(s, a1, a2...) }
}

// BindV3R0 is f at site s.
func BindV3R0[A1, A2, A3 any](s uint32, f func(uint32, A1, A2, ...A3)) func(A1, A2, ...A3) {
	return func(a1 A1, a2 A2, a3 ...A3) { f(s, a1, a2, a3...) }
}

// BindV3R2 is f at site s.
func BindV3R2[A1, A2, A3, R1, R2 any](s uint32, f func(uint32, A1, A2, ...A3) (R1, R2)) func(A1, A2, ...A3) (R1, R2) {
	return func(a1 A1, a2 A2, a3 ...A3) (R1, R2) { return f(s, a1, a2, a3...) }
}

// BindV4R0 is f at site s.
func BindV4R0[A1, A2, A3, A4 any](s uint32, f func(uint32, A1, A2, A3, ...A4)) func(A1, A2, A3, ...A4) {
	return func(a1 A1, a2 A2, a3 A3, a4 ...A4) { f(s, a1, a2, a3, a4...) }
}

// Bind3R2 is f at site s.
func Bind3R2[A1, A2, A3, R1, R2 any](s uint32, f func(uint32, A1, A2, A3) (R1, R2)) func(A1, A2, A3) (R1, R2) {
	return func(a1 A1, a2 A2, a3 A3) (R1, R2) { return f(s, a1, a2, a3) }
}

// Bind2R0 is f at site s.
func Bind2R0[A1, A2 any](s uint32, f func(uint32, A1, A2)) func(A1, A2) {
	return func(a1 A1, a2 A2) { f(s, a1, a2) }
}

// Bind3R1 is f at site s.
func Bind3R1[A1, A2, A3, R1 any](s uint32, f func(uint32, A1, A2, A3) R1) func(A1, A2, A3) R1 {
	return func(a1 A1, a2 A2, a3 A3) R1 { return f(s, a1, a2, a3) }
}

// Methods with a site, as values of the types that the library's have:
//
//	show := l.Println   becomes   show := rt.OwnV1R0(7, l, rtlog.LoggerPrintln)

// Own0R1 is f of x at site s.
func Own0R1[T, R1 any](s uint32, x T, f func(uint32, T) R1) func() R1 {
	return func() R1 { return f(s, x) }
}

// Own1R2 is f of x at site s.
func Own1R2[T, A1, R1, R2 any](s uint32, x T, f func(uint32, T, A1) (R1, R2)) func(A1) (R1, R2) {
	return func(a1 A1) (R1, R2) { return f(s, x, a1) }
}

// Own2R1 is f of x at site s.
func Own2R1[T, A1, A2, R1 any](s uint32, x T, f func(uint32, T, A1, A2) R1) func(A1, A2) R1 {
	return func(a1 A1, a2 A2) R1 { return f(s, x, a1, a2) }
}

// Own0R2 is f of x at site s.
func Own0R2[T, R1, R2 any](s uint32, x T, f func(uint32, T) (R1, R2)) func() (R1, R2) {
	return func() (R1, R2) { return f(s, x) }
}

// Own1R1 is f of x at site s.
func Own1R1[T, A1, R1 any](s uint32, x T, f func(uint32, T, A1) R1) func(A1) R1 {
	return func(a1 A1) R1 { return f(s, x, a1) }
}

// Own2R2 is f of x at site s.
func Own2R2[T, A1, A2, R1, R2 any](s uint32, x T, f func(uint32, T, A1, A2) (R1, R2)) func(A1, A2) (R1, R2) {
	return func(a1 A1, a2 A2) (R1, R2) { return f(s, x, a1, a2) }
}

// OwnV1R0 is f of x at site s.
func OwnV1R0[T, A1 any](s uint32, x T, f func(uint32, T, ...A1)) func(...A1) {
	return func(a1 ...A1) { f(s, x, a1...) }
}

// OwnV2R0 is f of x at site s.
func OwnV2R0[T, A1, A2 any](s uint32, x T, f func(uint32, T, A1, ...A2)) func(A1, ...A2) {
	return func(a1 A1, a2 ...A2) { f(s, x, a1, a2...) }
}

// OwnV3R0 is f of x at site s.
func OwnV3R0[T, A1, A2, A3 any](s uint32, x T, f func(uint32, T, A1, A2, ...A3)) func(A1, A2, ...A3) {
	return func(a1 A1, a2 A2, a3 ...A3) { f(s, x, a1, a2, a3...) }
}

// OwnV4R0 is f of x at site s.
func OwnV4R0[T, A1, A2, A3, A4 any](s uint32, x T, f func(uint32, T, A1, A2, A3, ...A4)) func(A1, A2, A3, ...A4) {
	return func(a1 A1, a2 A2, a3 A3, a4 ...A4) { f(s, x, a1, a2, a3, a4...) }
}

// Announced1R1 is f, announced before it is called, since it keeps others out
// while it prints:
//
//	e.Encode(v)   becomes   rt.Announced1R1(7, e.Encode)(v)
func Announced1R1[A1, R1 any](s uint32, f func(A1) R1) func(A1) R1 {
	return func(a1 A1) R1 {
		defer Announce(s, "")()
		return f(a1)
	}
}

// Announced2R1 is f, announced before it is called.
func Announced2R1[A1, A2, R1 any](s uint32, f func(A1, A2) R1) func(A1, A2) R1 {
	return func(a1 A1, a2 A2) R1 {
		defer Announce(s, "")()
		return f(a1, a2)
	}
}

// Methods of atomic types as values: f := x.Load becomes
// f := rt.AtomicLoadMFunc(7, &x). The variable is known when the value is made,
// what is done to it when it is called.

// AtomicLoadMFunc is x.Load.
func AtomicLoadMFunc[T, X any, P interface {
	*X
	Load() T
}](s uint32, x P) func() T {
	return func() T { return AtomicLoadM(s, x) }
}

// AtomicStoreMFunc is x.Store.
func AtomicStoreMFunc[T, X any, P interface {
	*X
	Store(T)
}](s uint32, x P) func(T) {
	return func(v T) { AtomicStoreM(s, x, v) }
}

// AtomicAddMFunc is x.Add.
func AtomicAddMFunc[T, X any, P interface {
	*X
	Add(T) T
}](s uint32, x P) func(T) T {
	return func(delta T) T { return AtomicAddM(s, x, delta) }
}

// AtomicSwapMFunc is x.Swap.
func AtomicSwapMFunc[T, X any, P interface {
	*X
	Swap(T) T
}](s uint32, x P) func(T) T {
	return func(v T) T { return AtomicSwapM(s, x, v) }
}

// AtomicCASMFunc is x.CompareAndSwap.
func AtomicCASMFunc[T, X any, P interface {
	*X
	CompareAndSwap(T, T) bool
}](s uint32, x P) func(old, v T) bool {
	return func(old, v T) bool { return AtomicCASM(s, x, old, v) }
}

// AtomicAndMFunc is x.And.
func AtomicAndMFunc[T Integer, X any, P interface {
	*X
	And(T) T
}](s uint32, x P) func(T) T {
	return func(mask T) T { return AtomicAndM(s, x, mask) }
}

// AtomicOrMFunc is x.Or.
func AtomicOrMFunc[T Integer, X any, P interface {
	*X
	Or(T) T
}](s uint32, x P) func(T) T {
	return func(mask T) T { return AtomicOrM(s, x, mask) }
}
