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
