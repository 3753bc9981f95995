package words

import "testing"

// What became of a statement is not cut off with its end.
func TestStatement(t *testing.T) {
	const update = "UPDATE account SET balance = 110 WHERE id = 1"
	for _, test := range []struct {
		text    string
		refused bool
		want    string
	}{
		{"COMMIT", false, "COMMIT"},
		{update + " ➜ 1 row", false, "UPDATE account SET balanc… ➜ 1 row"},
		{update + " ➜ 40P01 deadlock detected", true, "40P01 deadlock detected (UPDATE account SET balanc…)"},
		{update, false, "UPDATE account SET balance = 110 WHERE id = 1"},
	} {
		if got := statement(test.text, test.refused); got != test.want {
			t.Errorf("%q, %v: %q, want %q", test.text, test.refused, got, test.want)
		}
	}
}
