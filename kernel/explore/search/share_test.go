package search

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestShares: what the parts of a search found is together what one search finds,
// and nothing was found twice. Each starts knowing the races, as in the kernel.
func TestShares(t *testing.T) {
	models := []model{lost(2, 1), lost(2, 3), lost(3, 1), lost(4, 1), philosophers(3), philosophers(4)}
	random := rand.New(rand.NewPCG(3, 4))
	for range 60 {
		models = append(models, randomModel(random))
	}
	for _, m := range models {
		whole := m.search(t, Config{Mode: "dpor", Runs: 3000})
		if whole.end != "done" {
			continue
		}
		for _, parts := range []int{2, 3} {
			all := map[string]string{}
			used := 0
			for part := range parts {
				one := m.search(t, Config{Mode: "dpor", Share: part, Shares: parts, Visible: whole.s.racing()})
				used += min(1, one.s.runs)
				for end, classes := range one.by(func(classes, _, _ string) string { return classes }) {
					all[end] = plus(all[end], classes)
				}
			}
			if diff := cmp.Diff(whole.by(func(classes, _, _ string) string { return classes }), all); diff != "" {
				t.Fatalf("%q: classes of one search (-), of %d parts (+):\n%s", m.goroutines, parts, diff)
			}
			if whole.s.classes > 100 && used < parts {
				t.Errorf("%q: %d of %d parts found nothing", m.goroutines, parts-used, parts)
			}
		}
	}
}

// racing are the sites that are known to race.
func (s *Search) racing() (sites []uint32) {
	for p := range s.races {
		sites = append(sites, p.a, p.b)
	}
	return sites
}

// plus adds two decimal numbers; "" is 0.
func plus(a, b string) string {
	x, _ := strconv.Atoi(a)
	y, _ := strconv.Atoi(b)
	return fmt.Sprint(x + y)
}
