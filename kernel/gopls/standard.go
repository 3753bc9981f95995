package gopls

// standard holds the packages of the standard library that cells name without
// importing them, by the name they go by. Where two share a name, the one that
// goimports prefers.
var standard = byName(
	"bufio", "bytes", "cmp", "container/heap", "container/list", "container/ring", "context", "crypto/md5",
	"crypto/sha256", "database/sql", "embed", "encoding/base64", "encoding/binary", "encoding/csv",
	"encoding/hex", "encoding/json", "encoding/xml", "errors", "expvar", "flag", "fmt", "hash/fnv",
	"html", "html/template", "image", "io", "io/fs", "iter", "log", "log/slog", "maps", "math", "math/big",
	"math/bits", "math/cmplx", "math/rand", "mime", "net", "net/http", "net/url", "os", "os/exec", "os/signal",
	"path", "path/filepath", "reflect", "regexp", "runtime", "runtime/debug", "runtime/pprof", "runtime/trace",
	"slices", "sort", "strconv", "strings", "sync", "sync/atomic", "syscall", "testing", "text/tabwriter",
	"time", "unicode", "unicode/utf16", "unicode/utf8", "unsafe",
)

func byName(paths ...string) map[string]string {
	m := map[string]string{}
	for _, path := range paths {
		name := path
		for i := len(path) - 1; i >= 0; i-- {
			if path[i] == '/' {
				name = path[i+1:]
				break
			}
		}
		m[name] = path
	}
	return m
}
