package explain_test

import (
	"slices"
	"strings"
	"testing"

	"golang.org/x/tools/txtar"

	"threading101/kernel/explain"
	"threading101/kernel/words/finding"
)

// TestTruth: of two goroutines that each add 1 to a variable an update is said to
// be lost exactly in the runs that print 1, and the total to be right, though by
// luck, exactly in those that print 2.
func TestTruth(t *testing.T) {
	a, err := txtar.ParseFile("testdata/kinds/lostupdate.txtar")
	if err != nil {
		t.Fatal(err)
	}
	p := compile(t, newWorkshop(t), a.Files[0].Data, false)
	seen := map[string]int{}
	for seed := range uint64(60) {
		x := p.run(t, seed+1)
		total := strings.TrimSpace(x.Stdout)
		seen[total]++
		for name, when := range map[string]string{finding.KindLostUpdate: "1", finding.KindLucky: "2"} {
			said := slices.ContainsFunc(explain.Kinds(x), func(k explain.Kind) bool { return k.Name == name })
			if said != (total == when) {
				t.Errorf("seed %d prints %s, %s: %v", seed+1, total, name, said)
			}
		}
	}
	if seen["1"] == 0 || seen["2"] == 0 {
		t.Errorf("not both outcomes: %v", seen)
	}
}
