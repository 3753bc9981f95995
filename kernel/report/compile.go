package report

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"syscall"

	"threading101/kernel/cell"
	"threading101/kernel/model"
	"threading101/kernel/words"
)

// fault is one error of the compiler.
type fault struct {
	at      model.Pos
	col     int
	message string // Go's own words; may have several lines
	placed  bool   // whether at is known
	left    string // by which GoNB forgets what stands there, where an earlier cell declared it
}

// Compile reports what go build said of the main.go that m maps.
func Compile(output []byte, m *cell.Map, source Source) *Report {
	faults := readFaults(string(output), m)
	for _, f := range faults {
		if isImport(f.message) {
			return imports(string(output), faults, m, source)
		}
	}
	r := list(CompileError, faults, source)
	if strings.Contains(string(output), syscall.ENOSPC.Error()) {
		return r.Advise(words.ReportDiskFull)
	}
	return r
}

// Syntax reports the first error of syntax in a cell. Those after it mostly say
// that Go lost the thread there.
func Syntax(found []cell.Fault, source Source) *Report {
	var faults []fault
	if len(found) > 0 {
		f := found[0]
		faults = []fault{{at: f.Pos, col: f.Col, message: f.Message, placed: true}}
	}
	return list(SyntaxError, faults, source)
}

// list reports errors in the order of their places, each with its line.
func list(name string, faults []fault, source Source) *Report {
	p := &page{source: source}
	value := words.ReportFailed
	for i, f := range faults {
		p.gap()
		if i == 0 {
			value = f.headline()
		}
		p.fault(f)
	}
	n := len(faults)
	if n > 0 && faults[n-1].message == tooMany {
		n--
	}
	if n > 1 {
		value += words.ReportAndMore(n - 1)
	}
	if len(faults) == 0 {
		p.line(part{bold, value})
	}
	r := p.report(name, value)
	if len(faults) > 0 {
		f := &faults[0]
		line := p.text(f.at)
		r.First = &Fault{f.at, f.message, line, hintFor(f.message, line)}
	}
	return r
}

// headline is the fault in one line.
func (f fault) headline() string {
	first, _, _ := strings.Cut(f.message, "\n")
	if !f.placed {
		return first
	}
	return Place(f.at) + ": " + first
}

// fault adds one error: place, words, source, hint.
func (p *page) fault(f fault) {
	if f.placed {
		p.line(part{bold, Place(f.at)}, part{plain, ": "}, part{bold, f.message})
		p.quote(f.at, f.col)
	} else {
		p.line(part{bold, f.message})
	}
	p.hint(hintFor(f.message, p.text(f.at)))
	if f.left != "" {
		p.hint(words.LeftOver(f.at.Cell, f.left))
	}
}

// NotDeclared is what a program names and nobody declares, if that is all that the
// compiler says, and no other name is near: nil otherwise.
func NotDeclared(output []byte, m *cell.Map) (names []string) {
	for _, f := range readFaults(string(output), m) {
		name, ok := strings.CutPrefix(f.message, "undefined: ")
		if f.message == tooMany {
			continue
		}
		if !ok || strings.ContainsAny(name, " .") {
			return nil
		}
		if !slices.Contains(names, name) {
			names = append(names, name)
		}
	}
	return names
}

// RunAbove reports that a kernel in which nothing was run yet knows nothing of what a
// cell names.
func RunAbove(names []string, source Source) *Report {
	p := &page{source: source}
	value := words.NotDeclaredYet(names)
	p.line(part{bold, value})
	p.hint(words.RunAbove)
	return p.report(CompileError, value)
}

// tooMany is how the compiler says that it stopped counting.
const tooMany = "too many errors"

// located is a line of go build that begins with a place.
var located = regexp.MustCompile(`^(?:vet: )?((?:[^\s:]*/)?[^\s:/]+\.go):(\d+)(?::(\d+))?: (.*)$`)

// readFaults takes the output of go build apart: one fault for each place, in
// the order of their places, the lines that belong to a fault kept with it.
func readFaults(output string, m *cell.Map) []fault {
	var faults []fault
	seen := map[string]bool{}
	for _, line := range strings.Split(strings.TrimRight(output, "\n"), "\n") {
		line = strings.TrimRight(line, "\r")
		switch match := located.FindStringSubmatch(line); {
		case strings.HasPrefix(line, "# "), strings.TrimSpace(line) == "":
		case strings.HasPrefix(line, "\t") && len(faults) > 0:
			faults[len(faults)-1].message += "\n" + mapped(line, m)
		case match != nil:
			f := fault{message: mapped(match[4], m), placed: true}
			f.at, f.col = place(match[1], atoi(match[2]), atoi(match[3]), m)
			if cell.IsGenerated(match[1]) {
				f.left, _ = m.LeftOver(atoi(match[2]))
			}
			if f.message == tooMany {
				f.placed = false
			}
			faults = append(faults, f)
		default:
			faults = append(faults, fault{message: mapped(line, m)})
		}
	}
	faults = slices.DeleteFunc(faults, func(f fault) bool {
		key := f.headline()
		again := seen[key]
		seen[key] = true
		return again
	})
	slices.SortStableFunc(faults, byPlace)
	return faults
}

func byPlace(a, b fault) int {
	if a.placed != b.placed {
		if a.placed {
			return -1
		}
		return 1
	}
	for _, d := range []int{a.at.Cell - b.at.Cell, strings.Compare(a.at.File, b.at.File), a.at.Line - b.at.Line, a.col - b.col} {
		if d != 0 {
			return d
		}
	}
	return 0
}

// place maps a place the compiler named.
func place(file string, line, col int, m *cell.Map) (model.Pos, int) {
	if cell.IsGenerated(file) {
		return m.Place(line, col)
	}
	return model.Pos{File: file, Line: line}, col
}

// mention is a place named within a message.
var mention = regexp.MustCompile(`(\.?[\w./-]*\bmain(?:_test)?\.go):(\d+)(?::(\d+))?`)

// quotedPackage is how the compiler writes a package where there are two of the name,
// which is so of sync, whose other one is internal.
var quotedPackage = regexp.MustCompile(`"([a-z]+)"(\.[A-Z])`)

// mapped replaces the places named in a message by those of the cells, and the names of
// packages by those that the learner wrote.
func mapped(text string, m *cell.Map) string {
	text = quotedPackage.ReplaceAllString(text, "$1$2")
	return mention.ReplaceAllStringFunc(text, func(s string) string {
		match := mention.FindStringSubmatch(s)
		if !cell.IsGenerated(match[1]) {
			return s
		}
		at, _ := place(match[1], atoi(match[2]), atoi(match[3]), m)
		return Place(at)
	})
}

func atoi(s string) int {
	n, _ := strconv.Atoi(s)
	return n
}
