package rt

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
