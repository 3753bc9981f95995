package event

import (
	"bytes"
	"flag"
	"fmt"
	"os"
	"slices"
	"strings"
	"testing"
)

var update = flag.Bool("update", false, "write testdata/table.txt anew")

// lacking names what a row lacks of what an operation of its kind needs.
func lacking(op Op, r *Row) (all []string) {
	need := func(ok bool, what string) {
		if !ok {
			all = append(all, what)
		}
	}
	want := r.Wait != None
	lock := r.Class == ClassMutex || r.Class == ClassRWMutex
	decided := r.Touch != TouchNone || r.Shared != TouchNone || len(r.May) > 0
	need(!lock || want || r.Hold != HoldNothing, "what becomes of the lock (Hold)")
	need(!lock || want || r.Shared != TouchNone, "how it touches a lock of readers and writers (Shared)")
	need(!lock || want || r.Takes|r.Gives != 0, "what it acquires or releases (Takes, Gives)")
	need(r.Hold == HoldNothing || r.Hold.Takes() == (r.Takes != 0) && r.Hold.Takes() == (r.Gives == 0), "to take from others where it gets the lock, and to give where it lets it go")
	need(r.Class != ClassAtomic || r.Takes|r.Gives == HandValue, "what it learns of others, or tells them (Takes, Gives)")
	need(!r.Anew || r.Gives != 0 && r.Takes == 0, "to give and to take nothing, as it begins anew (Gives, Takes)")
	need(len(r.May) == 0 || r.By != ByRow, "who decides how it touches its object (By)")
	need(r.Kept != KeptNot || decided, "how it touches its object (Touch)")
	need(len(r.Leads) > 0 || !r.Later && r.Mate == None, "what its link leads to (Leads)")
	need(r.Mate == None || slices.Contains(r.Leads, r.Mate), "to lead to its mate (Leads)")
	need(!want || byTime(op) || wakened(op), "somebody who wakes who waits in it (Wakes)")
	need(!r.Last || r.Class == ClassGoroutine, "to be of goroutines, as it ends one (Class)")
	need(!r.Straight || want, "what it waits for (Wait)")
	return all
}

// byTime says whether what is waited for does not come from a goroutine.
func byTime(want Op) bool { return want == Sleep || want == Outside }

// wakened says whether some operation brings a want to its end.
func wakened(want Op) bool {
	return slices.ContainsFunc(Table[:], func(r Row) bool { return slices.Contains(r.Wakes, want) })
}

func TestRowsAreWhole(t *testing.T) {
	for i := range Table {
		for _, what := range lacking(Op(i), &Table[i]) {
			t.Errorf("%s lacks %s", Op(i), what)
		}
	}
}

// The test of the test: rows of a new lock that forgot something.
func TestLacking(t *testing.T) {
	whole := Row{Class: ClassMutex, Touch: TouchAcquire, Shared: TouchAsk, By: ByLock, Takes: HandWriters, Hold: HoldToWrite}
	if got := lacking(Lock, &whole); got != nil {
		t.Fatalf("a whole row lacks %q", got)
	}
	for what, spoil := range map[string]func(*Row){
		"acquires nothing":   func(r *Row) { r.Takes = 0 },
		"holds nothing":      func(r *Row) { r.Hold = HoldNothing },
		"releases the lock":  func(r *Row) { r.Gives = HandWriters },
		"no readers":         func(r *Row) { r.Shared = TouchNone },
		"nobody decides":     func(r *Row) { r.May, r.By = []Touch{TouchTry}, ByRow },
		"leads to nothing":   func(r *Row) { r.Later = true },
		"has a distant mate": func(r *Row) { r.Leads, r.Mate = []Op{Unlock}, Send },
		"nobody wakes it":    func(r *Row) { r.Wait = Lock },
	} {
		r := whole
		spoil(&r)
		if lacking(None, &r) == nil {
			t.Errorf("%s: the row lacks nothing", what)
		}
	}
}

// What one operation gives another one takes, and whom it wakes learns from it:
// nothing is waited for in vain by Go's memory model.
func TestHandsMeet(t *testing.T) {
	var gives, takes Hands
	for i := range Table {
		gives, takes = gives|Table[i].Gives, takes|Table[i].Takes
		for _, want := range Table[i].Wakes {
			if Table[want].Wait == None {
				t.Errorf("%s wakes %s, which does not wait", Op(i), want)
			}
			if end := &Table[Table[want].Wait]; want != SelectWant && want != StatementWant && // the language knows of no database
				Table[i].Gives&end.Takes == 0 {
				t.Errorf("%s wakes %s, and tells it nothing", Op(i), want)
			}
		}
	}
	for hand := Hands(1); hand < endHands; hand <<= 1 {
		if takes&hand == 0 || hand != HandAll && gives&hand == 0 {
			t.Errorf("hand %#x is not both given and taken", hand)
		}
	}
}

// Who learns from another does not commute with it, or waits for it.
func TestWhatIsLearnedHasAnOrder(t *testing.T) {
	for i := range Table {
		for j := range Table {
			a, b := &Table[i], &Table[j]
			if a.Class == ClassGoroutine || a.Gives&b.Takes == 0 || i == j {
				continue
			}
			waits := slices.ContainsFunc(a.Wakes, func(want Op) bool { return Table[want].Wait == Op(j) })
			if !waits && !meet(a, b) {
				t.Errorf("%s learns from %s, and they may always change places", Op(j), Op(i))
			}
		}
	}
}

// meet says whether two operations can touch an object so that it matters.
func meet(a, b *Row) bool {
	always, _ := commute(a, b)
	return !always
}

// Links lead one way: what comes later for the one came before for the other.
func TestLinks(t *testing.T) {
	for i := range Table {
		for _, to := range Table[i].Leads {
			back := &Table[to]
			if Op(i) != to && slices.Contains(back.Leads, Op(i)) && back.Later == Table[i].Later {
				t.Errorf("%s and %s lead to each other, and each comes later", Op(i), to)
			}
			if Table[i].Mate == to && back.Mate != Op(i) {
				t.Errorf("%s belongs together with %s, but not the other way", Op(i), to)
			}
		}
	}
}

func TestConflictIsSymmetric(t *testing.T) {
	for a := range NumTouches {
		for b := range NumTouches {
			if Conflict(a, b) != Conflict(b, a) {
				t.Errorf("%s conflicts with %s one way only", touchNames[a], touchNames[b])
			}
		}
		if !Conflict(a, TouchGlobal) {
			t.Errorf("%s does not conflict with everything", touchNames[a])
		}
	}
}

func TestConflict(t *testing.T) {
	for _, c := range []struct {
		a, b Touch
		want bool
	}{
		{TouchRead, TouchRead, false}, {TouchRead, TouchWrite, true}, {TouchWrite, TouchWrite, true},
		{TouchBump, TouchBump, false}, {TouchBump, TouchRead, true}, {TouchBump, TouchWrite, true},
		{TouchAcquire, TouchAcquire, true}, {TouchTry, TouchTry, false}, {TouchTry, TouchAcquire, true},
		{TouchShare, TouchShare, false}, {TouchShare, TouchAsk, true}, {TouchShare, TouchUnshare, false},
		{TouchAdd, TouchDone, false}, {TouchAdd, TouchWait, true}, {TouchDoneLast, TouchWait, true}, {TouchWait, TouchWait, false},
		{TouchSend, TouchRecv, false}, {TouchSend, TouchSend, true}, {TouchRecv, TouchRecv, true}, {TouchClose, TouchSend, true}, {TouchClose, TouchRecv, false},
		{TouchPeek, TouchPeek, false}, {TouchPeek, TouchSend, true}, {TouchDrained, TouchDrained, false},
	} {
		if Conflict(c.a, c.b) != c.want {
			t.Errorf("%s and %s: conflict is %v", touchNames[c.a], touchNames[c.b], !c.want)
		}
	}
}

// A touch conflicts with something else than what conflicts with all, is meant for
// some operation, and enables nothing that it could come after.
func TestTouchesAreUsed(t *testing.T) {
	used := map[Touch]bool{}
	for i := range Table {
		for _, touch := range Table[i].Touches() {
			used[touch] = true
		}
	}
	for a := TouchNone + 1; a < NumTouches; a++ {
		if !used[a] {
			t.Errorf("no operation touches anything so: %s", touchNames[a])
		}
		alone := true
		for b := TouchNone + 1; b < TouchGlobal; b++ {
			alone = alone && !Conflict(a, b)
			if Enables(a, b) && !Conflict(a, b) {
				t.Errorf("%s enables %s, and does not conflict with it", touchNames[a], touchNames[b])
			}
		}
		if alone && a != TouchPass && a != TouchGlobal {
			t.Errorf("%s conflicts with nothing", touchNames[a])
		}
	}
}

// commute says whether two operations on one object may change places whatever
// its state, and whether they never may.
func commute(a, b *Row) (always, never bool) {
	always, never = true, true
	for _, x := range a.Touches() {
		for _, y := range b.Touches() {
			if Conflict(x, y) {
				always = false
			} else {
				never = false
			}
		}
	}
	return always, never && !always
}

// The whole table, and for each two operations whether they commute, to be looked
// at when it changes.
func TestGolden(t *testing.T) {
	var b bytes.Buffer
	b.WriteString("# The table of operations, written by go test ./kernel/event -update.\n\n")
	for i := range Table {
		writeRow(&b, Op(i), &Table[i])
	}
	b.WriteString("\n# What an operation does not commute with if both are on one object: never / in some\n# states of it. All others may change places with it. What touches all, as an end of\n# the program or a panic, commutes with nothing.\n\n")
	for i := range Table {
		writePairs(&b, Op(i), &Table[i])
	}
	const golden = "testdata/table.txt"
	if *update {
		if err := os.MkdirAll("testdata", 0o777); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(golden, b.Bytes(), 0o666); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	if !bytes.Equal(want, b.Bytes()) {
		t.Errorf("%s is not the table any more; look at it, then: go test ./kernel/event -update", golden)
	}
}

func writeRow(b *bytes.Buffer, op Op, r *Row) {
	fmt.Fprintf(b, "%s: %s", op, classNames[r.Class])
	say := func(what string, all ...string) {
		if s := strings.Join(all, " "); s != "" {
			fmt.Fprintf(b, "; %s %s", what, s)
		}
	}
	if r.Wait != None {
		say("waits for", r.Wait.String())
	}
	say("wakes", opNames(r.Wakes)...)
	var touches []string
	for _, touch := range r.Touches() {
		touches = append(touches, touchNames[touch])
	}
	say("touches", touches...)
	say("as says", byNames[r.By])
	say("counts", countNames[r.Counts])
	say("takes", handsOf(r.Takes)...)
	say("gives", handsOf(r.Gives)...)
	say("lock", holdNames[r.Hold])
	say("links to", opNames(r.Leads)...)
	for _, flag := range []struct {
		set  bool
		name string
	}{{r.Anew, "anew"}, {r.Later, "later"}, {r.Fails, "may fail"}, {r.Straight, "straight"}, {r.Last, "the last"}} {
		if flag.set {
			b.WriteString("; " + flag.name)
		}
	}
	say("kept", keptNames[r.Kept])
	say("shown", shownNames[r.Shown])
	say("aux", auxNames[r.Aux])
	b.WriteString("\n")
}

func writePairs(b *bytes.Buffer, op Op, r *Row) {
	var at, in []string
	for j := range Table {
		switch always, never := commute(r, &Table[j]); {
		case global(r) || global(&Table[j]) || kinOf(r) != kinOf(&Table[j]):
		case never:
			at = append(at, Op(j).String())
		case !always:
			in = append(in, Op(j).String())
		}
	}
	switch {
	case len(r.Touches()) == 0:
	case global(r):
		fmt.Fprintf(b, "%s: all\n", op)
	case at != nil || in != nil:
		fmt.Fprintf(b, "%s: %s / %s\n", op, orNone(at), orNone(in))
	}
}

// kinOf is the first class of those whose operations may be about one object: a
// condition's Wait also about its lock, a timer's about its channel.
func kinOf(r *Row) Class {
	switch {
	case r.Class == ClassRWMutex || r.Class == ClassCond:
		return ClassMutex
	case r.Class == ClassSelect || r.By == ByTimer:
		return ClassChannel
	case r.Class == ClassAtomic:
		return ClassMemory
	}
	return r.Class
}

func global(r *Row) bool { return r.Touch == TouchGlobal }

func orNone(all []string) string {
	if len(all) == 0 {
		return "-"
	}
	return strings.Join(all, " ")
}

func opNames(ops []Op) (all []string) {
	for _, op := range ops {
		all = append(all, op.String())
	}
	return all
}

func handsOf(h Hands) (all []string) {
	for ; h != 0; h = h.Rest() {
		all = append(all, handNames[h.First()])
	}
	return all
}

var (
	classNames = [...]string{"goroutine", "mutex", "rwmutex", "waitgroup", "channel", "select", "cond", "once", "time", "memory", "atomic", "output", "file", "database", "row"}
	touchNames = [NumTouches]string{
		"none", "read", "write", "bump", "acquire", "release", "try", "ask", "take", "share", "unshare", "give-up", "attempt",
		"add-first", "add", "done", "done-last", "supply", "demand", "wait", "send", "recv", "drained", "meet", "close", "peek", "offers", "awaits", "revoke",
		"pass", "global",
	}
	byNames    = [...]string{"", "access", "atomic", "lock", "group", "cond", "once", "channel", "select", "timer", "clock", "output", "file", "end", "statement"}
	countNames = [...]string{"", "visible", "by-state"}
	holdNames  = [...]string{"", "to-write", "to-read", "no-write", "no-read"}
	keptNames  = [...]string{"", "aside", "not"}
	shownNames = [...]string{"", "in-next", "nowhere"}
	auxNames   = [...]string{"", "value", "number", "bool", "duration", "text", "id"}
	handNames  = map[Hands]string{
		HandWriters: "writers", HandReaders: "readers", HandDone: "done", HandOnce: "once", HandSignal: "signal", HandValue: "value",
		HandMessage: "message", HandRoom: "room", HandClosing: "closing", HandChild: "child", HandAll: "all",
	}
)

// Each class that is about objects has a word for one without a name.
func TestEachThingHasANoun(t *testing.T) {
	for class, row := range Classes {
		if (row.Noun != "") != row.Thing {
			t.Errorf("class %d: it is about objects, or there is a word for them, but not both", class)
		}
	}
}
