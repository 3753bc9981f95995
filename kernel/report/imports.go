package report

import (
	"regexp"
	"strings"

	"threading101/kernel/cell"
	"threading101/kernel/words"
)

// offline are the marks of a network that is not there.
var offline = []string{
	"no such host", "dial tcp", "module lookup disabled", "connection refused", "network is unreachable",
	"i/o timeout", "TLS handshake timeout", "server misbehaving", "proxyconnect", "context deadline exceeded",
}

// missing are the marks of a package nobody has.
var missing = []string{
	"is not in std", "cannot find module providing package", "no required module provides package",
	"cannot find package", "malformed module path", "malformed import path", "invalid import path", "unrecognized import path",
	"repository not found", "unknown revision", "404 Not Found", "410 Gone", "does not contain package", "missing dot in first path element",
}

// isImport reports whether a message is about a package that was not found.
func isImport(message string) bool {
	return has(message, missing) || strings.HasPrefix(message, "go: ") && has(message, offline)
}

func has(text string, marks []string) bool {
	for _, mark := range marks {
		if strings.Contains(text, mark) {
			return true
		}
	}
	return false
}

// imports reports a package that is not there.
func imports(output string, faults []fault, m *cell.Map, source Source) *Report {
	p := &page{source: source}
	value := ""
	for _, f := range faults {
		if isProgress(f.message) {
			continue
		}
		f = atImport(f, m)
		var advice string
		f.message, advice, _ = strings.Cut(f.message, "\n\t"+words.ReportHint)
		if value == "" {
			value = f.headline()
		}
		if f.placed {
			p.line(part{bold, Place(f.at)}, part{plain, ": "}, part{bold, f.message})
			p.quote(f.at, f.col)
		} else {
			p.line(part{bold, f.message})
		}
		p.hint(advice)
	}
	if value == "" {
		value = words.ReportImportFailed
		p.line(part{bold, value})
	}
	if len(p.hinted) == 0 {
		p.hint(importHint(output))
	}
	return p.report(ImportError, value)
}

// importer is how go get begins: "go: gonb_1 imports", then the package, perhaps
// through others, in lines of their own.
var importer = regexp.MustCompile(`^go: gonb_\w+ imports\n\t`)

// module is how go get begins where a host refuses to give out a module; it takes
// the path of the package for the module's.
var module = regexp.MustCompile(`^go: module ([^\s:]+): `)

// atImport takes a message of go get to the import it is about.
func atImport(f fault, m *cell.Map) fault {
	if f.placed {
		return f
	}
	if named := module.FindStringSubmatch(f.message); named != nil {
		f.at, f.col, f.placed = m.Import(named[1])
		return f
	}
	rest := importer.ReplaceAllString(f.message, "")
	if rest == f.message {
		return f
	}
	f.message = rest
	path, _, _ := strings.Cut(rest, ":")
	path, _, _ = strings.Cut(path, " imports")
	f.at, f.col, f.placed = m.Import(path)
	return f
}

// isProgress reports whether a line of the go command only says what it does.
func isProgress(message string) bool {
	for _, start := range []string{"go: finding module", "go: downloading", "go: trying", "failed to run"} {
		if strings.HasPrefix(message, start) {
			return true
		}
	}
	return false
}

func importHint(output string) string {
	switch {
	case has(output, offline):
		return words.ReportOffline
	case strings.Contains(output, "is not in std"):
		return words.ReportNotInStd
	case strings.Contains(output, "no required module provides package"):
		return words.ReportNotFetched
	}
	return words.ReportNoModule
}
