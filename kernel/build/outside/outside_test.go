package outside

import (
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
	"testing"
)

func parsed(t testing.TB, text string) *ast.File {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), "x.go", "package main\n\n"+text, parser.SkipObjectResolution)
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func TestUncontrolled(t *testing.T) {
	std := func(path string) bool { return !strings.Contains(path, ".") && !strings.HasPrefix(path, "school") }
	tests := []struct {
		name, text string
		want       []string
		mostly     bool
	}{
		{"nothing", `import ("fmt"; "sync"; "time"; "os"); var _ = os.Args`, nil, false},
		{"a server", `import "net/http"; func main() { http.ListenAndServe(":80", nil) }`, []string{"net/http"}, true},
		{"a client", `import web "net/http"; func main() { web.Get("x") }`, []string{"net/http"}, true},
		{"names of http", `import "net/http"; var x = http.StatusOK + len(http.MethodGet) + len(http.Header{})`, nil, false},
		{"a database", `import ("database/sql"; _ "modernc.org/sqlite")
func f(db *sql.DB) { db.Exec("DELETE FROM account") }`, nil, false},
		{"a database by a driver that is not known", `import ("database/sql"; _ "github.com/go-sql-driver/mysql")
func f(db *sql.DB) { db.Exec("DELETE FROM account") }`, []string{"github.com/go-sql-driver/mysql"}, true},
		{"a part of a driver", `import "github.com/jackc/pgx/v5"`, []string{"github.com/jackc/pgx/v5"}, true},
		{"an address", `import "net"; var ip = net.ParseIP("::1")`, nil, false},
		{"a pipe", `import "io"; var r, w = io.Pipe()`, []string{"io.Pipe"}, false},
		{"a reader", `import "io"; var r io.Reader`, nil, false},
		{"a process", `import "os/exec"; var c = exec.Command("x")`, []string{"os/exec"}, true},
		{"a path", `import "os/exec"; var c, _ = exec.LookPath("x")`, []string{"os/exec.LookPath"}, false},
		{"a process of os", `import "os"; var c, _ = os.StartProcess("x", nil, nil)`, []string{"os.StartProcess"}, true},
		{"signals", `import "os/signal"`, []string{"os/signal"}, true},
		{"a package of others", `import "github.com/x/y"`, []string{"github.com/x/y"}, false},
		{"a package of the learner's", `import "school/work"`, []string{"school/work"}, false},
		{"one that is rewritten", `import "golang.org/x/sync/errgroup"`, nil, false},
		{"cgo", `import "C"`, []string{"C"}, true},
	}
	for _, test := range tests {
		t.Run(test.name, func(t *testing.T) {
			used := map[string][]string{}
			Used(used, []*ast.File{parsed(t, test.text)}, nil)
			got, mostly := Uncontrolled(used, std)
			if !slices.Equal(got, test.want) || mostly != test.mostly {
				t.Errorf("%q, %v", got, mostly)
			}
		})
	}
}

func BenchmarkUncontrolled(b *testing.B) {
	files := []*ast.File{parsed(b, `import ("fmt"; "net/http"); func main() { fmt.Println(http.ListenAndServe(":80", nil)) }`)}
	for b.Loop() {
		used := map[string][]string{}
		Used(used, files, nil)
		Uncontrolled(used, func(string) bool { return true })
	}
}
