package search

import (
	"testing"

	"threading101/kernel/sched"
)

// What is told of an outcome is what it has.
func TestReport(t *testing.T) {
	got := ""
	r := report{write: func(line []byte) { got += string(line) }}
	o := &outcome{
		status: "cut-off", value: "a\tb\nü\x00", stderr: "oops\n", values: "1\x1f\"two\"", marks: "race|unjoined", classes: 2, runs: 3, probes: 4, count: Count{hi: 1},
		best: Schedule{[]sched.Switch{{Step: 3, To: 2}, {Step: 5, To: 1}}, 1},
	}
	s := &Search{}
	r.outcome(0, o, s.counted(o.count))
	r.probes(0, o)
	r.outcome(12, &outcome{status: "ok"}, s.counted(Count{unknown: true}))
	r.probes(12, &outcome{status: "ok"})
	if got != wantReport {
		t.Errorf("the report is\n%s\nnot\n%s", got, wantReport)
	}
}

const wantReport = `outcome	0	cut-off	"a\tb\nü\x00"	"oops\n"	"1\x1f\"two\""	race|unjoined	2	3	18446744073709551616	2	1	3.2x5.1
probes	0	4
outcome	12	ok	""	""	""	-	0	0	-	0	0	-
`
