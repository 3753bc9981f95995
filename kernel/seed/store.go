package seed

import (
	"encoding/hex"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"time"
)

// store is a folder laid out as Go's build cache: for each action a small file that names
// its output, and for each output a file with its bytes.
type store struct{ dir string }

// entry is what a store knows of an action.
type entry struct {
	output []byte
	size   int64
	at     time.Time
	path   string // of the output
}

func (s store) path(id []byte, kind string) string {
	name := hex.EncodeToString(id)
	return filepath.Join(s.dir, name[:2], name+"-"+kind)
}

// get finds what came of an action. An output that is not as long as it should be was not
// written to its end: that is nothing.
func (s store) get(action []byte) (entry, bool) {
	text, err := os.ReadFile(s.path(action, "a"))
	if err != nil {
		return entry{}, false
	}
	var of, output string
	var size, at int64
	if n, _ := fmt.Sscanf(string(text), "v1 %s %s %d %d\n", &of, &output, &size, &at); n != 4 || of != hex.EncodeToString(action) {
		return entry{}, false
	}
	id, err := hex.DecodeString(output)
	if err != nil || len(id) == 0 {
		return entry{}, false
	}
	e := entry{id, size, time.Unix(0, at), s.path(id, "d")}
	info, err := os.Stat(e.path)
	return e, err == nil && info.Mode().IsRegular() && info.Size() == size
}

// put keeps the output of an action. Both files appear whole or not at all.
func (s store) put(action, output []byte, size int64, body io.Reader) (entry, error) {
	e := entry{output, size, time.Now(), s.path(output, "d")}
	if err := whole(e.path, body); err != nil {
		return e, err
	}
	line := fmt.Sprintf("v1 %x %x %20d %20d\n", action, output, size, e.at.UnixNano())
	return e, whole(s.path(action, "a"), strings.NewReader(line))
}

// used notes that the go command has read an entry, which it removes when it has not done
// so for days. It notes that once an hour.
func (s store) used(action []byte, e entry) {
	now := time.Now()
	for _, path := range []string{s.path(action, "a"), e.path} {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > time.Hour {
			os.Chtimes(path, now, now)
		}
	}
}

func whole(path string, body io.Reader) error {
	if err := os.MkdirAll(filepath.Dir(path), 0o777); err != nil {
		return err
	}
	f, err := os.CreateTemp(filepath.Dir(path), "new-*")
	if err != nil {
		return err
	}
	defer os.Remove(f.Name())
	if _, err = io.Copy(f, body); err == nil {
		err = f.Chmod(0o644)
	}
	if failed := f.Close(); err == nil {
		err = failed
	}
	if err != nil {
		return err
	}
	return os.Rename(f.Name(), path)
}
