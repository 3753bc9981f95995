package cli

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// keepFault writes a program about which a search was wrong to a file that can be
// sent to us: its source, the outcome that was missed and its token. It returns what
// is to be said of it.
func keepFault(target string, fault *model.Fault) string {
	text, err := faultText(target, fault)
	if err != nil {
		return words.FaultNotKept(err)
	}
	f, err := os.CreateTemp("", "threading101-fault-*.txt")
	if err != nil {
		return words.FaultNotKept(err)
	}
	defer f.Close()
	if _, err := f.WriteString(text); err != nil {
		return words.FaultNotKept(err)
	}
	return words.FaultKept(f.Name())
}

// faultText is an archive, in the form of txtar, that a test can be made of.
func faultText(target string, fault *model.Fault) (string, error) {
	dir, files, err := sources(target)
	if err != nil {
		return "", err
	}
	var b strings.Builder
	fmt.Fprintf(&b, "missed: %s %q\ntoken: %s\n", fault.Status, fault.Value, fault.Token)
	for _, name := range files {
		src, err := os.ReadFile(filepath.Join(dir, name))
		if err != nil {
			return "", err
		}
		fmt.Fprintf(&b, "-- %s --\n%s\n", name, strings.TrimSuffix(string(src), "\n"))
	}
	return b.String(), nil
}
