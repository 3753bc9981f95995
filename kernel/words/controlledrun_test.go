package words

import "testing"

func TestMarkBrief(t *testing.T) {
	for _, c := range []struct{ mark, want string }{
		{LostUpdate("A"), LostBrief}, {StaleRead(11), StaleBrief}, {RacesWith([]int{4}), "race"}, {RacesWith([]int{4, 9}), "race"}, {DataRace, DataRace},
	} {
		if got := MarkBrief(c.mark); got != c.want {
			t.Errorf("MarkBrief(%q) = %q, want %q", c.mark, got, c.want)
		}
	}
}
