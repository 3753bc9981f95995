package rt

// Held notes that *p is about to be read, where p, a pointer to a T, is what the
// interface holds, and returns v: a method with a value receiver gets a copy of it.
func Held[T, I any](s uint32, v I) I {
	if p, ok := any(v).(*T); ok && p != nil {
		Load(s, p)
	}
	return v
}

// HeldAfter is Held where a call further right comes before the read: it returns
// what that returned.
func HeldAfter[T, V, I any](v V, s uint32, held I) V {
	Held[T](s, held)
	return v
}
