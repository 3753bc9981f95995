package lessons

import (
	"crypto/sha256"
	"encoding/hex"
	"encoding/json"
	"fmt"
	"os"
	"strings"
)

// digest is a hash of what a notebook says: the kinds and texts of its cells. Outputs,
// execution counts and what front ends note are nobody's work.
func digest(path string) (string, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return "", err
	}
	var book struct {
		Cells []struct {
			Kind   string          `json:"cell_type"`
			Source json.RawMessage `json:"source"`
		} `json:"cells"`
	}
	if err := json.Unmarshal(text, &book); err != nil {
		return "", fmt.Errorf("%s: %w", path, err)
	}
	h := sha256.New()
	for _, c := range book.Cells {
		source, err := joined(c.Source)
		if err != nil {
			return "", fmt.Errorf("%s: %w", path, err)
		}
		if strings.TrimSpace(source) != "" {
			fmt.Fprintf(h, "%s %q\n", c.Kind, strings.TrimSpace(source))
		}
	}
	return hex.EncodeToString(h.Sum(nil)[:12]), nil
}

// joined is the text of a cell: a string, or a list of lines.
func joined(source json.RawMessage) (text string, err error) {
	if len(source) == 0 {
		return "", nil
	}
	if err := json.Unmarshal(source, &text); err == nil {
		return text, nil
	}
	var lines []string
	err = json.Unmarshal(source, &lines)
	return strings.Join(lines, ""), err
}
