package build

import (
	"go/ast"
	"path/filepath"
	"slices"
	"strings"
)

// foreign is a package, or a part of one, in which goroutines wait, start or
// decide without the scheduler of a controlled run.
type foreign struct {
	path   string
	names  []string // what of it matters, "Dial*" for all that begin so; nil: all of it
	mostly bool     // a program that uses it spends its time there: a controlled run of it shows little that is true
}

// foreigners are those of the standard library. What only takes a moment and
// has nothing to do with order (files, the environment) is not among them.
var foreigners = []foreign{
	{"C", nil, true},
	{"database/sql", nil, true},
	{"crypto/tls", []string{"Dial*", "Listen", "NewListener", "Client", "Server"}, true},
	{"log/syslog", nil, true},
	{"net", []string{"Dial*", "Listen*", "Lookup*", "Resolve*", "File*", "Pipe", "Resolver", "DefaultResolver"}, true},
	{"net/http", []string{"Get", "Post*", "Head", "Client", "DefaultClient", "Transport", "DefaultTransport", "Server", "ListenAndServe*", "Serve", "ServeTLS"}, true},
	{"net/http/httptest", []string{"NewServer", "NewTLSServer", "NewUnstartedServer", "Server"}, true},
	{"net/http/pprof", nil, true},
	{"net/rpc", nil, true},
	{"net/rpc/jsonrpc", nil, true},
	{"net/smtp", nil, true},
	{"os", []string{"StartProcess"}, true},
	{"os/exec", []string{"Command*", "Cmd"}, true},
	{"os/signal", nil, true},
	{"plugin", nil, true},
	{"testing/synctest", nil, true},

	{"crypto/rand", nil, false},
	{"hash/maphash", nil, false},
	{"io", []string{"Pipe"}, false},
	{"runtime", []string{"AddCleanup", "SetFinalizer"}, false},
	{"runtime/pprof", nil, false},
	{"runtime/trace", nil, false},
	{"syscall", nil, false},
}

// elsewhere are modules of others that talk to something outside the program.
var elsewhere = []string{
	"cloud.google.com/go", "github.com/aws", "github.com/go-sql-driver", "github.com/gorilla/websocket", "github.com/jackc",
	"github.com/lib/pq", "github.com/mattn/go-sqlite3", "github.com/redis", "go.mongodb.org", "google.golang.org/grpc", "gorm.io", "modernc.org/sqlite",
}

// controlledModules are packages of others that are rewritten like the
// learner's own.
var controlledModules = []string{
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
}

// uncontrolled lists what the files use that no scheduler of ours controls, and
// says whether the program is mostly that. known says of an import path that it
// is the standard library's, or that of a package that is rewritten.
func uncontrolled(files []*file, known func(path string) bool) (list []string, mostly bool) {
	for path, names := range usedNames(files) {
		named, most := judge(path, names, known)
		list = append(list, named...)
		mostly = mostly || most
	}
	slices.Sort(list)
	return list, mostly
}

func judge(path string, names []string, known func(string) bool) (list []string, mostly bool) {
	for _, f := range foreigners {
		if f.path != path {
			continue
		}
		if f.names == nil {
			return []string{path}, f.mostly
		}
		for _, name := range names {
			if f.matters(name) {
				if f.mostly && path != "os" {
					return []string{path}, true
				}
				list = append(list, path+"."+name)
				mostly = mostly || f.mostly
			}
		}
		return list, mostly
	}
	if known(path) || slices.Contains(controlledModules, path) {
		return nil, false
	}
	return []string{path}, slices.ContainsFunc(elsewhere, func(p string) bool { return path == p || strings.HasPrefix(path, p+"/") })
}

func (f *foreign) matters(name string) bool {
	return slices.ContainsFunc(f.names, func(pattern string) bool {
		prefix, more := strings.CutSuffix(pattern, "*")
		return name == prefix || more && strings.HasPrefix(name, prefix)
	})
}

// usedNames maps each import path to the names that the files select from it.
func usedNames(files []*file) map[string][]string {
	used := map[string][]string{}
	for _, f := range files {
		if f.ast == nil {
			continue
		}
		paths := map[string]string{} // by the name in this file
		for i, path := range f.imports() {
			used[path] = slices.Clip(used[path])
			name := assumedName(path)
			if id := f.ast.Imports[i].Name; id != nil {
				name = id.Name
			}
			paths[name] = path
		}
		ast.Inspect(f.ast, func(n ast.Node) bool {
			if sel, ok := n.(*ast.SelectorExpr); ok {
				if x, ok := sel.X.(*ast.Ident); ok && paths[x.Name] != "" {
					path := paths[x.Name]
					if !slices.Contains(used[path], sel.Sel.Name) {
						used[path] = append(used[path], sel.Sel.Name)
					}
				}
			}
			return true
		})
	}
	return used
}

// describe adds to a result what is known of the source alone.
func (j *job) describe(r *Result) {
	files := j.src.files
	if j.target != nil {
		files = j.chosen()
	}
	r.Code = codeOf(files, j.ownMembers()...)
	rewritten := map[string]bool{}
	for _, m := range j.ownMembers() {
		rewritten[m.ImportPath] = true
		files = append(files, m.files...)
	}
	r.Uncontrolled, r.Outside = uncontrolled(files, func(path string) bool {
		return path == "unsafe" || rewritten[path] || exists(filepath.Join(j.tc.GOROOT, "src", filepath.FromSlash(path)))
	})
	r.Uncontrolled = append(r.Uncontrolled, j.loose...)
	slices.Sort(r.Uncontrolled)
	r.Uncontrolled = slices.Compact(r.Uncontrolled)
}
