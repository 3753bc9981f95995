package explore

import "slices"

// ddmin leaves out as much of all as it can so that fails still says so of the
// rest, which keeps its order. No single element of what it returns can be left
// out as well. (Zeller, Hildebrandt: Simplifying and isolating failure-inducing
// input, IEEE TSE 2002.) fails must hold for all, and is not asked about it.
func ddmin[T any](all []T, fails func([]T) bool) []T {
	if len(all) == 0 || fails(nil) {
		return nil
	}
	for parts := min(2, len(all)); len(all) > 1; {
		switch less, left := reduce(all, parts, fails); {
		case less != nil:
			all, parts = less, min(max(left, 2), len(less))
		case parts == len(all):
			return all
		default:
			parts = min(2*parts, len(all))
		}
	}
	return all
}

// reduce cuts all into parts and returns one of them that fails, or else all but
// one of them, and how many parts are left of it; nil if none of these fails.
func reduce[T any](all []T, parts int, fails func([]T) bool) (less []T, left int) {
	cut := func(i int) int { return i * len(all) / parts }
	for i := range parts {
		if part := slices.Clone(all[cut(i):cut(i+1)]); fails(part) {
			return part, 1
		}
	}
	for i := range parts {
		if parts == 2 {
			break // all but one of two parts is the other
		}
		if rest := slices.Concat(all[:cut(i)], all[cut(i+1):]); fails(rest) {
			return rest, parts - 1
		}
	}
	return nil, parts
}
