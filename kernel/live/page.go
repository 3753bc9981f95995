package live

import (
	"crypto/sha256"
	"encoding/base64"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/render/picture"
)

// Page is the run as a page of its own, which needs no kernel, no server and no network;
// nil without a run. It is the page of the static picture, with the run's data and the
// script besides, and may run no other script. Where scripts are blocked, the picture is
// what is seen.
func (s *Shown) Page() []byte {
	static := string(picture.In("page", s.Run, s.Options))
	run := s.Data()
	if run == nil {
		return []byte(static)
	}
	sum := sha256.Sum256([]byte(Script))
	page := strings.Replace(static, "style-src 'unsafe-inline'", "style-src 'unsafe-inline'; script-src 'sha256-"+base64.StdEncoding.EncodeToString(sum[:])+"'", 1)
	before, body, _ := strings.Cut(page, "<body>")
	body, foot, _ := strings.Cut(body, "</body>")
	return []byte(before + "<body>\n<main>" + body + "</main>\n<style>" + Style + pageStyle + "</style>\n" +
		`<script type="application/json" id="t101-data">` + string(ink.Marshal(map[string]any{"run": run, "words": Words()})) + "</script>\n" +
		`<script type="module">` + Script + "</script>\n</body>" + foot)
}

// pageStyle gives the player the height of the window, and a dark page its colour, which
// a browser does not tell.
const pageStyle = "\n@media(prefers-color-scheme:dark){body{background:#14181d}}\nmain>.t101-run .t101-lanes,main>.t101-run .t101-text{max-height:70vh}"
