package cli

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){
		"threading101": func() {
			args := append([]string{"threading101"}, os.Args[1:]...)
			os.Exit(Main(args, os.DirFS(os.Getenv("KERNEL_SOURCE")), os.Stdin, os.Stdout, os.Stderr))
		},
	})
}

// TestScripts runs testdata/*.txtar: what a person types, and what they see.
func TestScripts(t *testing.T) {
	source, err := filepath.Abs("..")
	if err != nil {
		t.Fatal(err)
	}
	caches := goEnv(t, "GOCACHE", "GOMODCACHE", "GOPROXY")
	testscript.Run(t, testscript.Params{
		Dir: "testdata",
		Setup: func(env *testscript.Env) error {
			env.Vars = append(env.Vars, "KERNEL_SOURCE="+source)
			env.Vars = append(env.Vars, caches...)
			return nil
		},
	})
}

// goEnv returns NAME=value of the go command's settings: scripts run with a
// home of their own, and would fill new caches.
func goEnv(t *testing.T, names ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"env"}, names...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	values := strings.Split(strings.TrimRight(string(out), "\n"), "\n")
	for i, name := range names {
		values[i] = name + "=" + values[i]
	}
	return values
}
