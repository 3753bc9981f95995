package jupyter

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

func TestConnectionFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "c.json")
	if err := os.WriteFile(path, []byte("old"), 0o644); err != nil {
		t.Fatal(err)
	}
	c := NewConnection("/tmp/x")
	c.KernelName = "threading101"
	if err := c.Write(path); err != nil {
		t.Fatal(err)
	}
	if info, err := os.Stat(path); err != nil || info.Mode().Perm() != 0o600 {
		t.Errorf("got %v, %v", info.Mode(), err)
	}
	got, err := ReadConnection(path)
	if err != nil {
		t.Fatal(err)
	}
	if diff := cmp.Diff(c, got); diff != "" {
		t.Error(diff)
	}
}

func TestReadConnection(t *testing.T) {
	for _, test := range []struct{ text, want string }{
		{`{`, "parsing connection file"},
		{`{"shell_port":"x"}`, "parsing connection file"},
		{`{"transport":"udp"}`, `transport "udp"`},
		{`{"transport":"tcp","key":"k","signature_scheme":"hmac-md5"}`, `signature_scheme "hmac-md5"`},
		{`{"transport":"tcp","hb_port":70000}`, "hb_port 70000"},
		{`{"transport":"tcp","hb_port":-1}`, "hb_port -1"},
		{`{"transport":"ipc"}`, "ip is empty"},
		{`{"transport":"ipc","ip":"/` + strings.Repeat("x", 110) + `"}`, "113 bytes long: the system allows 107"},
		{`{"transport":"tcp","ip":"127.0.0.1","key":""}`, ""},
		{`{"ip":"127.0.0.1","key":"k","signature_scheme":"hmac-sha256","later":[1]}`, ""},
	} {
		path := filepath.Join(t.TempDir(), "c.json")
		if err := os.WriteFile(path, []byte(test.text), 0o600); err != nil {
			t.Fatal(err)
		}
		_, err := ReadConnection(path)
		switch {
		case test.want == "" && err != nil:
			t.Errorf("%s: %v", test.text, err)
		case test.want != "" && (err == nil || !strings.Contains(err.Error(), test.want)):
			t.Errorf("%s: got %v, want %q", test.text, err, test.want)
		}
	}
	if _, err := ReadConnection("/no/such/file"); !os.IsNotExist(unwrap(err)) {
		t.Errorf("got %v", err)
	}
}

func unwrap(err error) error {
	if u, ok := err.(interface{ Unwrap() error }); ok {
		return u.Unwrap()
	}
	return err
}

func TestAddress(t *testing.T) {
	for _, test := range []struct {
		c    Connection
		want [2]string
	}{
		{Connection{Transport: "tcp", IP: "127.0.0.1"}, [2]string{"tcp", "127.0.0.1:5"}},
		{Connection{Transport: "tcp", IP: "*"}, [2]string{"tcp", "0.0.0.0:5"}},
		{Connection{Transport: "tcp", IP: "::1"}, [2]string{"tcp", "[::1]:5"}},
		{Connection{Transport: "ipc", IP: "/tmp/a"}, [2]string{"unix", "/tmp/a-5"}},
	} {
		if network, address := test.c.address(5); [2]string{network, address} != test.want {
			t.Errorf("got %s %s, want %s", network, address, test.want)
		}
	}
}
