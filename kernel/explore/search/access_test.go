package search

import "testing"

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
