package words

import "testing"

// What became of a statement comes first: it is not cut off.
func TestStatement(t *testing.T) {
	const update = "UPDATE account SET balance = 110 WHERE id = 1"
	for _, test := range []struct {
		text    string
		refused bool
		want    string
	}{
		{"COMMIT", false, "sends COMMIT"},
		{update + " ➜ 1 row", false, "changes 1 row: UPDATE account SET balance = 110 WHERE …"},
		{"select balance from account ➜ 100", false, "reads 100: select balance from account"},
		{update + " ➜ 40P01 deadlock detected", true, "is refused, 40P01 deadlock detected: UPDATE account SET balance = 110 WHERE …"},
		{update, false, "sends UPDATE account SET balance = 110 WHERE …"},
	} {
		if got := statement(test.text, test.refused); got != test.want {
			t.Errorf("%q, %v: %q, want %q", test.text, test.refused, got, test.want)
		}
	}
}
