package cell

import (
	"strings"
	"sync"
)

// Memory follows what GoNB remembers of the cells run so far. It may be used
// from several goroutines.
type Memory struct {
	mu      sync.Mutex
	decls   *declarations
	sources map[int]string // the text of a cell by execution number
}

// NewMemory returns an empty memory, like that of a GoNB just started.
func NewMemory() *Memory {
	return &Memory{decls: newDeclarations(), sources: map[int]string{}}
}

// Begin takes the text of the cell about to run, as it is sent to GoNB, and its
// execution number. Commands in it that make GoNB forget (%reset, %rm) have
// their effect at once, as they have there; its declarations are remembered
// with [Draft.Commit].
func (m *Memory) Begin(number int, code string) *Draft {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.prune()
	m.sources[number] = code
	forgets := m.forget(code)
	d := &Draft{memory: m, forgets: forgets, cell: number, raw: newRaw(code), merged: m.decls.clone()}
	d.parse()
	return d
}

// forget carries out the commands of a cell that remove declarations. It reports
// whether all are gone.
func (m *Memory) forget(code string) (all bool) {
	if isForeign(code) {
		return false
	}
	for _, text := range commands(strings.Split(code, "\n")) {
		text, isPercent := strings.CutPrefix(text, "%")
		fields := strings.Fields(text)
		if !isPercent || len(fields) == 0 {
			continue
		}
		switch fields[0] {
		case "reset":
			if len(fields) == 1 {
				m.decls, all = newDeclarations(), true
			}
		case "rm", "remove":
			for _, key := range fields[1:] {
				m.decls.remove(strings.Trim(key, `"`))
			}
		}
	}
	return all
}

// Reset forgets all declarations, as %reset does.
func (m *Memory) Reset() {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.decls = newDeclarations()
}

// Remove forgets the declaration with that key ("Name", or "Type~Method"), as
// %rm does, and reports whether there was one.
func (m *Memory) Remove(key string) bool {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.decls = m.decls.clone()
	return m.decls.remove(key)
}

// Source returns the text of the cell with that execution number, "" if it is
// not known any more.
func (m *Memory) Source(cell int) string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.sources[cell]
}

// Show sets the text that Source returns for a cell, where the learner's own
// text differs from the one sent to GoNB. Lines must correspond.
func (m *Memory) Show(cell int, code string) {
	m.mu.Lock()
	defer m.mu.Unlock()
	m.sources[cell] = code
}

// Line returns one line of a cell, "" if there is none.
func (m *Memory) Line(cell, line int) string {
	lines := strings.Split(m.Source(cell), "\n")
	if line < 1 || line > len(lines) {
		return ""
	}
	return strings.TrimSuffix(lines[line-1], "\r")
}

// Declarations returns the Go text of all memorised declarations. Run as a cell
// of a new GoNB it gives that GoNB the same memory. It is empty if nothing is
// remembered.
func (m *Memory) Declarations() string {
	m.mu.Lock()
	defer m.mu.Unlock()
	return m.decls.source()
}

// kept is how many texts of cells are kept beyond those declarations need.
const kept = 400

// prune drops texts that no declaration refers to when there are many.
func (m *Memory) prune() {
	if len(m.sources) < 2*kept {
		return
	}
	newest := 0
	for n := range m.sources {
		newest = max(newest, n)
	}
	used := map[int]bool{}
	d := m.decls
	for _, units := range []map[string]*unit{d.imports, d.types, d.consts, d.vars, d.funcs} {
		for _, u := range units {
			used[u.cell] = true
		}
	}
	for n := range m.sources {
		if !used[n] && n < newest-kept {
			delete(m.sources, n)
		}
	}
}
