package seed

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"time"
)

// The go command trims its cache, but not the one that a program keeps for it. So that is
// done here, by the same rules, and noted in the same file: once a day what was not used for
// five days is removed. Its times of use are an hour late.
const (
	trimEvery = 24 * time.Hour
	trimAfter = 5*24*time.Hour + time.Hour
)

func (s store) trim(now time.Time) {
	note := filepath.Join(s.dir, "trim.txt")
	text, _ := os.ReadFile(note)
	if last, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil {
		if passed := now.Sub(time.Unix(last, 0)); passed < trimEvery && passed > -time.Hour {
			return
		}
	}
	files, _ := filepath.Glob(filepath.Join(s.dir, "[0-9a-f][0-9a-f]", "*-[ad]"))
	if len(files) == 0 || os.WriteFile(note, fmt.Append(nil, now.Unix()), 0o666) != nil {
		return
	}
	for _, path := range files {
		if info, err := os.Stat(path); err == nil && now.Sub(info.ModTime()) > trimAfter {
			os.Remove(path)
		}
	}
}
