package picture

import (
	"strings"
	"threading101/kernel/render/ink"
)

// page is the picture as a document of its own for a browser, with the table below. It
// loads nothing, and it runs no script.
func (p *Picture) page(paper ink.Paper) []byte {
	var b strings.Builder
	b.WriteString("<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n" +
		"<meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">\n" +
		"<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n" +
		"<meta name=\"color-scheme\" content=\"light dark\">\n<title>Threading 101</title>\n" +
		"<style>body{margin:16px;font-family:system-ui,sans-serif}table{border-collapse:collapse}td,th{padding:2px 8px}</style>\n</head>\n<body>\n")
	b.Write(p.html(paper))
	b.WriteString("</body>\n</html>\n")
	return []byte(b.String())
}
