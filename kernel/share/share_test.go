package share

import (
	"os"
	"path/filepath"
	"testing"
)

const gib = 1 << 30

func TestShare(t *testing.T) {
	for _, c := range []struct {
		set   string
		total int64
		bytes int64
		wrong bool
	}{
		{"", 8 * gib, 2 * gib, false},
		{"512M", 8 * gib, gib / 2, false},
		{" 1.5g ", 8 * gib, 3 * gib / 2, false},
		{"2GiB", 8 * gib, 2 * gib, false},
		{"10%", 10 * gib, gib, false},
		{"268435456", 8 * gib, 256 << 20, false},
		{"7G", 10 * gib, 4 * gib, true}, // never half of the machine
		{"60%", 10 * gib, 4 * gib, true},
		{"1K", 8 * gib, least, true},
		{"much", 8 * gib, 2 * gib, true},
		{"-1G", 8 * gib, 2 * gib, true},
		{"NaN", 8 * gib, 2 * gib, true},
		{"1e30G", 8 * gib, 2 * gib, true},
		{"%", 8 * gib, 2 * gib, true},
		{"", 256 << 20, least, false}, // a machine that is too small all the same
	} {
		if m := of(c.set, c.total); m.Bytes != c.bytes || m.Wrong != c.wrong {
			t.Errorf("%q of %d: %+v", c.set, c.total, m)
		}
	}
}

// The limit of a group that this process is in is the machine, for it: of version 2, of
// version 1, and of a group round it.
func TestControlGroups(t *testing.T) {
	for name, c := range map[string]struct{ cgroups, file, text string }{
		"version 2":       {"0::/user.slice/hub\n", "sys/fs/cgroup/user.slice/hub/memory.max", "1048576\n"},
		"around it":       {"0::/user.slice/hub\n", "sys/fs/cgroup/user.slice/memory.max", "1048576\n"},
		"in a container":  {"0::/\n", "sys/fs/cgroup/memory.max", "1048576\n"},
		"version 1":       {"4:memory:/hub\n0::/\n", "sys/fs/cgroup/memory/hub/memory.limit_in_bytes", "1048576\n"},
		"none":            {"0::/user.slice\n", "sys/fs/cgroup/user.slice/memory.max", "max\n"},
		"nothing to read": {"", "elsewhere", ""},
	} {
		root := t.TempDir()
		cgroups := filepath.Join(root, "cgroup")
		for path, text := range map[string]string{cgroups: c.cgroups, filepath.Join(root, c.file): c.text} {
			if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
				t.Fatal(err)
			}
		}
		want := int64(1 << 20)
		if name == "none" || name == "nothing to read" {
			want = machine()
		}
		if got := total(root, cgroups); got != want {
			t.Errorf("%s: %d", name, got)
		}
	}
}

func TestLargestFile(t *testing.T) {
	for set, want := range map[string]int64{"": gib, "2G": 2 * gib, "much": gib, "10%": gib} {
		if t.Setenv(FileSize, set); File() != want {
			t.Errorf("%q: %d", set, File())
		}
	}
}

func TestNice(t *testing.T) {
	for set, want := range map[string]struct {
		n  int
		ok bool
	}{"": {5, true}, "0": {0, true}, "19": {19, true}, "20": {5, false}, "-1": {5, false}, "low": {5, false}} {
		t.Setenv(Niceness, set)
		if n, ok := Nice(); n != want.n || ok != want.ok {
			t.Errorf("%q: %d, %v", set, n, ok)
		}
	}
}
