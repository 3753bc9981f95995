package words

import "testing"

func TestMarkBrief(t *testing.T) {
	for _, c := range []struct{ mark, want string }{
		{LostUpdate("A"), LostBrief}, {StaleRead(11), StaleBrief}, {RacesWith([]int{4}), "race"}, {RacesWith([]int{4, 9}), "race"}, {DataRace, DataRace},
		{MarkInside("A"), InsideBrief}, {MarkCrowd(3), CrowdBrief}, {MarkEarly("A", true), EarlyBrief}, {MarkEarly("A", false), EarlyBrief},
	} {
		if got := MarkBrief(c.mark); got != c.want {
			t.Errorf("MarkBrief(%q) = %q, want %q", c.mark, got, c.want)
		}
	}
}
