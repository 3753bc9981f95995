package rtfmt

// All returns its arguments: fmt.Println(f()), where f has several results,
// becomes rtfmt.Println(7, rtfmt.All(f())...).
func All(a ...any) []any { return a }
