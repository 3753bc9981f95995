package rendertest

import (
	"crypto/sha256"
	"fmt"
	"os"
	"strings"
	"testing"
)

// Sums are the checksums of many pictures, in one golden file: they tell which of them
// a change has changed. How those look now, the few that are kept whole tell, and
// go test -update -keep FOLDER, which writes all of them there.
type Sums struct{ lines []string }

// Add adds a picture.
func (s *Sums) Add(t *testing.T, name string, picture []byte) {
	t.Helper()
	s.lines = append(s.lines, fmt.Sprintf("%.6x %s", sha256.Sum256(picture), name))
	if *keep != "" {
		if err := os.WriteFile(*keep+"/"+name, picture, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// Check compares with a golden file, or writes it.
func (s *Sums) Check(t *testing.T, file string) {
	t.Helper()
	if *update {
		Golden(t, file, []byte(strings.Join(s.lines, "\n")+"\n"))
		return
	}
	golden, err := os.ReadFile(file)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSuffix(string(golden), "\n"), "\n")
	if len(want) != len(s.lines) {
		t.Fatalf("%s has %d pictures, there are %d; go test -update writes it anew", file, len(want), len(s.lines))
	}
	for i, line := range s.lines {
		if line != want[i] {
			t.Errorf("%s has changed; go test -keep FOLDER writes it there, go test -update its checksum", line[13:])
		}
	}
}
