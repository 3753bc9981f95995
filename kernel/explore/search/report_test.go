package search

import (
	"testing"

	"threading101/kernel/sched"
)

func TestReport(t *testing.T) {
	got := ""
	r := report{write: func(line []byte) { got += string(line) }}
	o := &outcome{
		status: "cut-off", value: "a\tb\nü\x00", stderr: "oops\n", values: "1\x1f\"two\"", marks: "race|unjoined", classes: 2, runs: 3, count: Count{hi: 1},
		best: Schedule{[]sched.Switch{{Step: 3, To: 2}, {Step: 5, To: 1}}, 1},
	}
	r.outcome(0, o, o.count.String())
	r.outcome(12, &outcome{status: "ok"}, "0")
	r.class(&class{12, Count{unknown: true}, "3.2"}, "-")
	r.class(&class{0, Count{lo: 6}, ""}, "6")
	r.race(pair{7, 9}, &o.best)
	r.level("bound", 2)
	r.note("unrepeatable", 4, "it is\nso")
	if got != wantReport {
		t.Errorf("the report is\n%s\nnot\n%s", got, wantReport)
	}
}

const wantReport = `outcome	0	cut-off	"a\tb\nü\x00"	"oops\n"	"1\x1f\"two\""	race|unjoined	2	3	18446744073709551616	2	1	3.2x5.1
outcome	12	ok	""	""	""	-	0	0	0	0	0	-
class	12	-	3.2
class	0	6	-
race	7	9	""	3.2x5.1
level	bound	2
note	unrepeatable	4	"it is\nso"
`
