package rtsql

import "testing"

// What looks like a call and is none is no reason to say that not all was tried.
func TestMakesUp(t *testing.T) {
	for statement, want := range map[string]string{
		"SELECT now()": "now()",
		"INSERT INTO t VALUES (1, Gen_Random_UUID ())":       "gen_random_uuid()",
		"SELECT nextval('ids')":                              "nextval()",
		"INSERT INTO t VALUES ('x''y', random())":            "random()",
		"CREATE TABLE t (at timestamptz DEFAULT now())":      "now()",
		"UPDATE t SET at = CURRENT_TIMESTAMP":                "current_timestamp",
		"INSERT INTO t VALUES (datetime('now'))":             "'now'",
		"SELECT clock_timestamp() - now()":                   "clock_timestamp()",
		"SELECT 'now() or random()', \"now()\" FROM t":       "",
		"SELECT 1 -- now()\n, 2 /* random()\n */":            "",
		"SELECT known(1), snow(), now, random FROM forecast": "",
		"UPDATE account SET balance = $1 WHERE id = 1":       "",
		"SELECT 'it''s', now()":                              "now()",
	} {
		if got := makesUp(statement); got != want {
			t.Errorf("%s: %q, want %q", statement, got, want)
		}
	}
}
