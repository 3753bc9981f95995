package finding

import "testing"

// Where one step is shown there is nothing between them.
func TestHintLook(t *testing.T) {
	for want, c := range map[string]Clues{
		"Look at step 19 in the lane of buy 101, at buy:18. What has come before it, and in which lane?": {Steps: []int{19}, Lanes: []string{"buy 101"}, From: "buy:18", To: "buy:18"},
		"Look at steps 4 and 7 in the lanes of A and B. What comes between them?":                        {Steps: []int{4, 7}, Lanes: []string{"A", "B"}},
	} {
		if got := HintLook(c); got != want {
			t.Errorf("%s\nwant %s", got, want)
		}
	}
}
