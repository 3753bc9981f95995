package outside

import (
	"slices"
	"strings"
)

// foreign is a package, or a part of one, through which something comes into a
// controlled run, or goes out of it, that no scheduler of ours controls:
// goroutines that wait or start on their own, input, chance, what the garbage
// collector does, what is kept from one run to the next.
type foreign struct {
	path     string
	names    []string // what of it matters, "Dial*" for all that begin so; nil: all of it
	harmless []string // of these, what does not; "Err*"
	mostly   bool     // a program that uses it spends its time there: a controlled run of it shows little that is true
}

// foreigners are those of the standard library. What depends on nothing but its
// arguments is not among them, nor what the scheduler knows. A method is named
// after its type: "Template.ParseFiles".
var foreigners = []foreign{
	// Others than the program's goroutines work there.
	{path: "C", mostly: true},
	{path: "crypto/tls", names: []string{"Dial*", "Listen", "NewListener", "Client", "Server"}, mostly: true},
	{path: "database/sql", names: []string{"Register", "Drivers", "Conn.Raw", "DB.SetConn*"}},
	{path: "log/syslog", mostly: true},
	{path: "net", names: []string{"Dial*", "Listen*", "Lookup*", "Resolve*", "File*", "Pipe", "Resolver", "DefaultResolver"}, mostly: true},
	{path: "net/http", names: []string{
		"Get", "Post*", "Head", "Client", "DefaultClient", "Transport", "DefaultTransport",
		"Server", "ListenAndServe*", "Serve", "ServeTLS",
	}, mostly: true},
	{path: "net/http/cgi", mostly: true},
	{path: "net/http/fcgi", mostly: true},
	{path: "net/http/httptest", names: []string{"NewServer", "NewTLSServer", "NewUnstartedServer", "Server"}, mostly: true},
	{path: "net/http/pprof", mostly: true},
	{path: "net/rpc", mostly: true},
	{path: "net/rpc/jsonrpc", mostly: true},
	{path: "net/smtp", mostly: true},
	{path: "net/textproto", names: []string{"Dial"}, mostly: true},
	{path: "os", names: []string{"StartProcess"}, mostly: true},
	{path: "os/exec", names: []string{"Command*", "Cmd"}, mostly: true},
	{path: "os/signal", mostly: true},
	{path: "plugin", mostly: true},
	{path: "testing/synctest", mostly: true},
	{path: "io", names: []string{"Pipe"}},
	{path: "testing", names: []string{"AllocsPerRun", "Benchmark", "Main*", "RunTests", "RunBenchmarks", "RunExamples"}},

	// Files, folders, the environment: anybody may change them, the program too.
	{path: "os", harmless: []string{
		"Args", "Exit", "Stdin", "Stdout", "Stderr", "File", "File.*", "FileInfo", "FileMode", "DirEntry", "Dev*", "Err*", "Is*", "Mode*", "O_*",
		"Path*", "SEEK_*", "LinkError", "SyscallError", "NewSyscallError", "Signal", "Interrupt", "Kill", "Expand", "Getpagesize", "StartProcess", "ProcAttr",
		"Process", "ProcessState", "Getenv", "LookupEnv", // who changes the environment is in the program, and among the names
		"Open", "Create", "OpenFile", "ReadFile", "WriteFile", "Rename", "Remove", "Truncate", "Stat", "Lstat", "ReadDir", // steps: see package rtfile
	}},
	{path: "os", names: []string{"File.Chdir", "File.Chmod", "File.Chown", "File.ReadDir", "File.Readdir*", "File.SetDeadline", "File.SyscallConn"}},
	{path: "io/fs", names: []string{"DirEntry.Info"}},
	{path: "os/exec", names: []string{"LookPath"}},
	{path: "os/user"},
	{path: "path/filepath", names: []string{"Abs", "EvalSymlinks", "Glob", "Walk", "WalkDir"}},
	{path: "io/ioutil", names: []string{"ReadDir", "ReadFile", "WriteFile", "TempDir", "TempFile"}},
	{path: "archive/zip", names: []string{"OpenReader"}},
	{path: "debug/buildinfo", names: []string{"ReadFile"}},
	{path: "debug/elf", names: []string{"Open"}},
	{path: "debug/macho", names: []string{"Open*"}},
	{path: "debug/pe", names: []string{"Open"}},
	{path: "go/build", names: []string{"Context", "Default", "Import*"}},
	{path: "go/importer"},
	{path: "go/parser", names: []string{"ParseDir"}},
	{path: "html/template", names: []string{"ParseFiles", "ParseGlob", "Template.ParseFiles", "Template.ParseGlob"}},
	{path: "text/template", names: []string{"ParseFiles", "ParseGlob", "Template.ParseFiles", "Template.ParseGlob"}},
	{path: "mime", names: []string{"ExtensionsByType", "TypeByExtension"}},
	{path: "net", names: []string{"Interface*"}},
	{path: "net/http", names: []string{"Dir", "FileServer*", "ServeFile*", "ProxyFromEnvironment"}},
	{path: "time", names: []string{"LoadLocation", "Local", "Time.Local", "Time.Zone"}},
	{path: "crypto/x509", names: []string{"SystemCertPool", "Certificate.Verify"}},
	{path: "syscall", harmless: []string{"SIG*", "Signal", "Errno", "Stdin", "Stdout", "Stderr", "Write"}},

	// Variables and channels, reached without being named.
	{path: "reflect", names: []string{"Copy", "Swapper", "Value.Call*", "Value.Elem", "Value.Seq*", "Value.Set*"}},
	{path: "unsafe", names: []string{"Pointer", "Add", "Slice*", "String*"}},

	// Chance.
	{path: "crypto/rand"},
	{path: "crypto/dsa", names: []string{"Generate*", "Sign"}},
	{path: "crypto/ecdh", names: []string{"Curve.GenerateKey"}},
	{path: "crypto/ecdsa", names: []string{"GenerateKey", "Sign*", "PrivateKey.Sign"}},
	{path: "crypto/ed25519", names: []string{"GenerateKey"}},
	{path: "crypto/hpke"},
	{path: "crypto/mlkem", names: []string{"Generate*", "EncapsulationKey*"}},
	{path: "crypto/rsa", names: []string{"Encrypt*", "Generate*", "Sign*", "PrivateKey.Sign"}},
	{path: "crypto/x509", names: []string{"Create*", "EncryptPEMBlock"}},
	{path: "hash/maphash"},
	{path: "mime/multipart", names: []string{"NewWriter"}},
	{path: "testing/quick"},

	// What the garbage collector and the runtime do, and when.
	{path: "runtime", names: []string{
		"AddCleanup", "SetFinalizer", "MemStats", "ReadMemStats", "Stack", "StackRecord*", "NumCgoCall", "*Profile", "CPUProfile", "ReadTrace", "StartTrace",
	}},
	{path: "runtime/coverage"},
	{path: "runtime/debug", names: []string{"GCStats", "PrintStack", "ReadGCStats", "Stack", "WriteHeapDump"}},
	{path: "runtime/metrics"},
	{path: "runtime/pprof"},
	{path: "runtime/trace"},
	{path: "weak"},

	// What is registered once, and kept from one run of a search to the next.
	{path: "expvar"},
	{path: "net/http", names: []string{"DefaultServeMux", "Handle", "HandleFunc"}},
}

// foreignPaths are the packages that have something of the kind.
var foreignPaths = func() map[string]bool {
	paths := map[string]bool{}
	for _, f := range foreigners {
		paths[f.path] = true
	}
	return paths
}()

// elsewhere are modules of others that talk to something outside the program.
var elsewhere = []string{
	"cloud.google.com/go", "github.com/aws", "github.com/go-sql-driver", "github.com/gorilla/websocket", "github.com/jackc",
	"github.com/lib/pq", "github.com/mattn/go-sqlite3", "github.com/redis", "go.mongodb.org", "google.golang.org/grpc", "gorm.io", "modernc.org/sqlite",
}

// drivers are those of databases whose statements are controlled, where the program
// itself has nothing to do with them but to import them.
var drivers = []string{"github.com/jackc/pgx/v5/stdlib", "modernc.org/sqlite"}

// Rewritten are packages of others that are rewritten like the
// learner's own.
var Rewritten = []string{
	"golang.org/x/sync/errgroup", "golang.org/x/sync/semaphore", "golang.org/x/sync/singleflight",
}

// matters reports whether a name of the package is one that is not controlled.
func (f *foreign) matters(name string) bool {
	return (f.names == nil || matches(f.names, name)) && !matches(f.harmless, name)
}

// all reports whether it is the package that is not controlled, and not some of
// its names.
func (f *foreign) all() bool { return f.names == nil && f.harmless == nil }

// matches reports whether a name is one of a list of names and patterns: "Dial*"
// and "*Profile".
func matches(patterns []string, name string) bool {
	return slices.ContainsFunc(patterns, func(pattern string) bool {
		if prefix, ok := strings.CutSuffix(pattern, "*"); ok {
			return strings.HasPrefix(name, prefix)
		}
		if suffix, ok := strings.CutPrefix(pattern, "*"); ok {
			return strings.HasSuffix(name, suffix)
		}
		return name == pattern
	})
}
