package search

import "testing"

func TestConflictIsSymmetric(t *testing.T) {
	for a := range kinds {
		for b := range kinds {
			if Conflict(a, b) != Conflict(b, a) {
				t.Errorf("%d conflicts with %d one way only", a, b)
			}
		}
		if !Conflict(a, Global) {
			t.Errorf("%d does not conflict with everything", a)
		}
	}
}

func TestConflict(t *testing.T) {
	for _, c := range []struct {
		a, b Kind
		want bool
	}{
		{Read, Read, false}, {Read, Write, true}, {Write, Write, true},
		{Bump, Bump, false}, {Bump, Read, true}, {Bump, Write, true},
		{Acquire, Acquire, true}, {Try, Try, false}, {Try, Acquire, true},
		{Share, Share, false}, {Share, Ask, true}, {Share, Unshare, false},
		{Add, Done, false}, {Add, Wait, true}, {DoneLast, Wait, true}, {Wait, Wait, false},
		{Send, Recv, false}, {Send, Send, true}, {Recv, Recv, true}, {Close, Send, true}, {Close, Recv, false},
		{Peek, Peek, false}, {Peek, Send, true}, {Drained, Drained, false},
	} {
		if Conflict(c.a, c.b) != c.want {
			t.Errorf("kinds %d and %d: conflict is %v", c.a, c.b, !c.want)
		}
	}
}

// Objects are different things, unless a step touches everything.
func TestDependent(t *testing.T) {
	one := []Access{{1, Read}, {2, Write}}
	for _, c := range []struct {
		other []Access
		want  bool
	}{
		{nil, false},
		{[]Access{{1, Read}}, false},
		{[]Access{{3, Write}}, false},
		{[]Access{{3, Write}, {2, Read}}, true},
		{[]Access{{0, Global}}, true},
	} {
		if dependent(one, c.other) != c.want || dependent(c.other, one) != c.want {
			t.Errorf("%v and %v: dependent is not %v", one, c.other, c.want)
		}
	}
}
