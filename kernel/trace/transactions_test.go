package trace_test

import (
	"strings"
	"testing"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/proof/story"
	"threading101/kernel/trace"
)

// B waits for a row that A has locked, gets it with A's COMMIT, and is refused later.
const banked = `main start
main go A
main go B
A start
A sql db BEGIN
A says begins A_1
A sql db UPDATE_➜_1_row
A says keeps A_1
A says locks A_account_1
B start
B sql db BEGIN
B says begins B_2
B sql-want db A<SELECT
B says wants B_account_1
A sql db COMMIT
A says lets B
A says commits A_1
A says frees A_account_1
A says locks B_account_1
B sql db SELECT_➜_1
B says keeps B_2
B sql db UPDATE_➜_40001_no?
B says keeps B_2
B says refused B_2
B says frees B_account_1
B end
A end
main end`

// What a database says is no event: it is told of the statements.
func TestTransactions(t *testing.T) {
	x := told(t, banked)
	if err := trace.Validate(x); err != nil {
		t.Fatal(err)
	}
	if x.Dropped != 0 || len(x.Objects) != 2 || x.Objects[1].Name != "account 1" || x.Objects[1].Class != event.ClassTableRow {
		t.Fatalf("%d dropped, %+v", x.Dropped, x.Objects)
	}
	at := func(op event.Op, text string) int {
		for i := range x.Events {
			if e := &x.Events[i]; e.Op == op && strings.HasPrefix(e.Value, text) {
				return i
			}
		}
		t.Fatalf("no %s %s", op, text)
		return -1
	}
	want, commit, got, refused := at(event.StatementWant, "SELECT"), at(event.Statement, "COMMIT"), at(event.Statement, "SELECT"), at(event.Statement, "UPDATE ➜ 40001")
	if e := x.Events[want]; e.Wanted() != 1 || e.Partner != 1 || e.Link != got || e.Seen() != want {
		t.Errorf("it waits: %+v", e)
	}
	if e := x.Events[got]; e.Link != commit || e.Partner != 1 || e.Seen() != want {
		t.Errorf("it goes on: %+v", e)
	}
	if e := x.Events[refused]; e.Seen() != want || len(e.Rows) != 1 || e.Rows[0] != (model.RowLock{Object: 1, G: 2, Frees: true}) {
		t.Errorf("it is refused: %+v", e)
	}
	deals := []model.Transaction{{G: 1, First: at(event.Statement, "BEGIN"), Last: commit, How: event.Commits}, {G: 2, First: want - 1, Last: refused, How: event.IsRefused}}
	if len(x.Transactions) != 2 || x.Transactions[0] != deals[0] || x.Transactions[1] != deals[1] {
		t.Errorf("transactions %+v, want %+v", x.Transactions, deals)
	}
}

// The validator knows what no database says.
func TestUntrueFacts(t *testing.T) {
	for what, change := range map[string][2]string{
		"locked a second time":      {"B says keeps B_2\nB sql", "B says keeps B_2\nB says locks B_account_1\nB sql"},
		"freed, and was not locked": {"A says frees A_account_1", "A says frees A_account_2"},
		"nobody else has locked":    {"B says wants B_account_1", "B says wants B_account_2"},
		"did nothing":               {"B end", "B says locks A_account_3\nB end"},
	} {
		text := strings.Replace(banked, change[0], change[1], 1)
		x, err := story.Tell(text)
		if err != nil {
			t.Fatal(err)
		}
		if err := trace.Validate(x); text == banked || err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
	for what, spoil := range map[string]func(*model.Execution){
		"another goroutine begins or ends": func(x *model.Execution) { x.Transactions[0].G = 2 },
		"ends otherwise":                   func(x *model.Execution) { x.Transactions[0].Last = x.Transactions[0].First },
		"begins or ends with no statement": func(x *model.Execution) { x.Transactions[0].First = 0 },
		"there is no goroutine":            func(x *model.Execution) { x.Transactions[0].Last = 99 },
		"what another goroutine saw":       func(x *model.Execution) { x.Events[lastOf(x, event.Statement)].Sees = 1 },
		"said to see what event":           func(x *model.Execution) { x.Events[1].Sees = 1 },
		"and did nothing": func(x *model.Execution) {
			x.Events[lastOf(x, event.Statement)].Rows[0] = model.RowLock{Object: 1, G: 0}
		},
	} {
		x := told(t, banked)
		spoil(x)
		if err := trace.Validate(x); err == nil || !strings.Contains(err.Error(), what) {
			t.Errorf("%s: %v", what, err)
		}
	}
}
