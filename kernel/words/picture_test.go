package words

import (
	"testing"

	"threading101/kernel/model"
)

func TestMarkBrief(t *testing.T) {
	for _, c := range []struct{ mark, want string }{
		{LostUpdate("A"), LostBrief}, {StaleRead(11), StaleBrief}, {RacesWith([]int{4}), "race"}, {RacesWith([]int{4, 9}), "race"}, {DataRace, DataRace},
		{MarkInside("A"), InsideBrief}, {MarkCrowd(3), CrowdBrief}, {MarkEarly("A", true), EarlyBrief}, {MarkEarly("A", false), EarlyBrief},
		{MarkUntrue(model.Condition{Expr: "a < b"}), UntrueBrief},
	} {
		if got := MarkBrief(c.mark); got != c.want {
			t.Errorf("MarkBrief(%q) = %q, want %q", c.mark, got, c.want)
		}
	}
}
