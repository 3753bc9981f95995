package magic

import (
	"errors"
	"reflect"
	"testing"

	"threading101/kernel/words"
)

// What graders ask for stands between the properties, wherever one likes.
func TestCheckOptions(t *testing.T) {
	for _, c := range []struct {
		code string
		want Cell
	}{
		{"%check -points race-free:1 outcome n == 2:0.5 no-overlap work :2", Cell{Graded: true, Checks: []Check{
			{1, []string{"race-free"}, 1}, {1, []string{"outcome", "n", "==", "2"}, 0.5}, {1, []string{"no-overlap", "work"}, 2}}}},
		{"%check race-free -schedules 2_000 joined —unproven fail", Cell{Schedules: 2000, Unproven: UnprovenFails, Checks: []Check{{1, []string{"race-free", "joined"}, 0}}}},
		{"%check -points joined:1\n%check -points -unproven half race-free:3", Cell{Graded: true, Unproven: UnprovenIsHalf, Checks: []Check{
			{1, []string{"joined"}, 1}, {2, []string{"race-free"}, 3}}}},
		{`%check outcome s=="a:1" outcome -n==2`, Cell{Checks: []Check{{1, []string{"outcome", `s=="a:1"`, "outcome", "-n==2"}, 0}}}},
	} {
		got, err := Parse(c.code)
		got.Directives, got.Code = nil, ""
		if err != nil || !reflect.DeepEqual(got, c.want) {
			t.Errorf("%q: %+v, %v", c.code, got, err)
		}
	}
}

func TestCheckOptionsRefused(t *testing.T) {
	for code, want := range map[string]string{
		"%check -points race-free:1 joined":                 words.CheckNoPoints("joined"),
		"%check -points race-free:1\n%check joined":         words.CheckNoPoints("joined"),
		"%check race-free -unproven":                        words.CheckBadUnproven(""),
		"%check race-free -unproven maybe":                  words.CheckBadUnproven("maybe"),
		"%check race-free -unproven half":                   words.CheckHalfOfWhat,
		"%check -schedules none race-free":                  words.CheckBadSchedules("%check -schedules", "none", MostSchedules),
		"%explore 2s\n%check -schedules 20 race-free":       words.CheckTimeOrSchedules,
		"%check -points -schedules 20 race-free:-1 joined:": words.CheckNoPoints("race-free:-1 joined:"),
	} {
		_, err := Parse(code)
		if e := new(Error); !errors.As(err, &e) || e.Message != want || e.Word != "%check" {
			t.Errorf("%q: %v, want %q", code, err, want)
		}
	}
}
