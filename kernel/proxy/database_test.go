package proxy

import "testing"

// What a cell has set with %env counts, the last of it.
func TestSettingsEnvironment(t *testing.T) {
	t.Setenv("DATABASE_URL", "first")
	var s settings
	for _, c := range []struct{ line, want string }{
		{"", "first"}, {"%env OTHER x", "first"}, {"%env DATABASE_URL second", "second"}, {"%env  DATABASE_URL=third", "third"},
		{"%env DATABASE_URLS=x", "third"}, {"//gonb:%env DATABASE_URL \"fourth\"", "fourth"}, {"%env DATABASE_URL=", ""},
	} {
		s.keep(c.line)
		if got := s.environment()[0]; got != "DATABASE_URL="+c.want {
			t.Errorf("after %q: %s, want %q", c.line, got, c.want)
		}
	}
}
