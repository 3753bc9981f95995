package rtfmt

import "fmt"

// Println prints.
func Println(site uint32, args ...any) (int, error) { return fmt.Println(args...) }
