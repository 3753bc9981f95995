package live

import (
	"crypto/sha256"
	"encoding/base64"
	"encoding/json"
	"regexp"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/render/rendertest"
)

var scripts = regexp.MustCompile(`(?s)<script([^>]*)>(.*?)</script>`)

// TestPage: whatever a program is called, has printed or has in its source, the page has
// two scripts, of which it may run one, and the data are whole.
func TestPage(t *testing.T) {
	hostile := "</script><script>alert(1)</script><!--\u2028<img src=x onerror=alert(1)>"
	for _, s := range rendertest.All {
		shown := &Shown{Run: s.Make(), Source: func(model.Pos) string { return hostile }}
		page := string(shown.Page())
		found := scripts.FindAllStringSubmatch(page, -1)
		if shown.Data() == nil {
			if len(found) > 0 {
				t.Errorf("%s: %d scripts without a run", s.Name, len(found))
			}
			continue
		}
		if len(found) != 2 || strings.Count(strings.ToLower(page), "<script") != 2 || strings.Count(strings.ToLower(page), "</script") != 2 || strings.Contains(page, "<!--") {
			t.Fatalf("%s: %d scripts", s.Name, len(found))
		}
		var data struct {
			Run   Run `json:"run"`
			Words struct {
				Text map[string]string `json:"text"`
			} `json:"words"`
		}
		if err := json.Unmarshal([]byte(found[0][2]), &data); err != nil || len(data.Run.Rows) == 0 || data.Words.Text["open"] == "" {
			t.Errorf("%s: %v", s.Name, err)
		}
		for _, source := range data.Run.Sources {
			if source.Text != hostile {
				t.Errorf("%s: %q", s.Name, source.Text)
			}
		}
		sum := sha256.Sum256([]byte(found[1][2]))
		if allowed := "script-src 'sha256-" + base64.StdEncoding.EncodeToString(sum[:]) + "'\""; !strings.Contains(page, allowed) {
			t.Errorf("%s: the page may not run its script", s.Name)
		}
	}
}
