package build

import "testing"

// Of the standard library it is known how many results its functions have.
func TestResults(t *testing.T) {
	b := newBuilder(t)
	for name, want := range map[[2]string]int{
		{"strings", "Repeat"}: 1, {"fmt", "Println"}: 2, {"time", "Sleep"}: 0, {"time", "Duration"}: 1, {"rand", "Intn"}: 1,
		{"math", "Pi"}: noCall, {"strings", "Repaet"}: noCall, {"nowhere", "F"}: noCall,
	} {
		if got := b.Results(t.Context(), t.TempDir(), name[0], name[1]); got != want {
			t.Errorf("%v: %d results, want %d", name, got, want)
		}
	}
}
