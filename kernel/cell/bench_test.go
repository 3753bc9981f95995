package cell

import (
	"strings"
	"testing"
)

// BenchmarkMap maps a main.go of a thousand lines; the figure counts for each
// cell that is run.
func BenchmarkMap(b *testing.B) {
	code := "%%\n" + strings.Repeat("fmt.Println(a, b, c)\n", 1000)
	mainGo := []byte("package main\n\nfunc main() {\n\tflag.Parse()\n" + strings.Repeat("\tfmt.Println(a, b, c)\n", 1000) + "}\n")
	for b.Loop() {
		NewMemory().Begin(1, code).Map(mainGo)
	}
}

// BenchmarkMapOfDifferent aligns texts that hardly agree.
func BenchmarkMapOfDifferent(b *testing.B) {
	code := "%%\n" + strings.Repeat("fmt.Println(a, b, c)\n", 1000)
	mainGo := []byte("package main\n\nfunc main() {\n\tflag.Parse()\n" + strings.Repeat("x = y.z[1]\n\tfmt.Println()\n", 1000) + "}\n")
	for b.Loop() {
		NewMemory().Begin(1, code).Map(mainGo)
	}
}
