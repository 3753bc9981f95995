package cell

import (
	"math"
	"path/filepath"
	"slices"
	"sort"
	"strings"

	"threading101/kernel/model"
)

// Map says where the lines of one main.go came from. It does not change and may
// be used from several goroutines.
type Map struct {
	spans   []span // by line of main.go
	cell    int    // whose text was put together from several cells:
	through func(line, col int) (model.Pos, int)
}

// span is one declaration of main.go and its partner in a cell.
type span struct {
	cell     int
	from, to int // lines of main.go
	toks     []tok
	partner  []tok  // partner[i] lies in the cell; line 0 where toks[i] has none
	first    tok    // the declaration's first token in the cell
	name     string // of the declaration: "main", "Worker.Run"
	path     string // of an import
	key      string // by which GoNB forgets it; "" of what belongs to one cell only
}

// Map reads a main.go that GoNB generated for the cell. A main.go that does not
// parse is taken for the cell's own text, as GoNB writes it before it knows the
// declarations.
func (d *Draft) Map(mainGo []byte) *Map {
	text := string(mainGo)
	f, err := parse(text, 0, func(line, col int) (int, int) { return line, col })
	if err != nil || text == d.raw.text {
		return d.rawMap()
	}
	m := &Map{cell: d.cell, through: d.through}
	claimed := map[*unit]bool{}
	for _, p := range d.pairs(f, claimed) {
		m.spans = append(m.spans, newSpan(p.written, p.original))
	}
	m.sort()
	return m
}

// rawMap is the map of the cell's own text.
func (d *Draft) rawMap() *Map {
	m := &Map{cell: d.cell, through: d.through}
	for i, line := range d.raw.lines {
		t, u := tok{line: i + 1, col: 1}, tok{line: line, col: 1}
		m.spans = append(m.spans, span{d.cell, i + 1, i + 1, []tok{t}, []tok{u}, u, "", "", ""})
	}
	return m
}

// pair is a declaration in main.go with the one in a cell it was written from.
type pair struct{ written, original *unit }

// pairs finds for each declaration of main.go the one it was written from.
func (d *Draft) pairs(f *file, claimed map[*unit]bool) []pair {
	var pairs []pair
	take := func(u, original *unit) {
		if original != nil {
			claimed[original] = true
			pairs = append(pairs, pair{u, original})
		}
	}
	for _, u := range f.imports {
		take(u, d.merged.imports[u.key])
	}
	for _, u := range f.types {
		take(u, d.merged.types[u.key])
	}
	consts := d.consts()
	for _, u := range f.consts {
		take(u, consts[u.key])
	}
	for _, u := range f.vars {
		switch {
		case u.key == "_" && u.written():
			take(u, likeliest(u, d.merged.vars, "_~", claimed))
		case u.written():
			take(u, d.merged.vars[u.key])
		}
	}
	inits := initsOf(d.merged.funcs)
	for _, u := range f.funcs {
		switch {
		case u.key == "init":
			if len(inits) > 0 {
				take(u, inits[0])
				inits = inits[1:]
			}
		case u.key == "main":
			take(u, d.main)
		default:
			take(u, d.merged.funcs[u.key])
		}
	}
	return pairs
}

// consts returns the constants GoNB writes, by name: those of a block come from
// its head, whatever is remembered under their own names.
func (d *Draft) consts() map[string]*unit {
	all := map[string]*unit{}
	for _, head := range sorted(d.merged.consts) {
		if head.prev == nil {
			for _, u := range block(head) {
				all[u.key] = u
			}
		}
	}
	return all
}

// initsOf returns the functions that GoNB writes as func init, in its order.
func initsOf(funcs map[string]*unit) []*unit {
	return slices.DeleteFunc(sorted(funcs), func(u *unit) bool {
		return u.key != "init" && !strings.HasPrefix(u.key, "init_")
	})
}

// likeliest returns the unit whose key begins with prefix and whose tokens are
// most like u's, an unclaimed one first: variables named _ have no key in
// main.go, and GoNB writes some of them twice.
func likeliest(u *unit, in map[string]*unit, prefix string, claimed map[*unit]bool) *unit {
	var best *unit
	most := math.MinInt
	for _, c := range sorted(in) {
		if !strings.HasPrefix(c.key, prefix) {
			continue
		}
		score := 2 * likeness(u.toks, c.toks)
		if !claimed[c] {
			score++
		}
		if score > most {
			best, most = c, score
		}
	}
	return best
}

// likeness counts the tokens with a partner, twice where the spelling is the
// same too, less those without.
func likeness(a, b []tok) int {
	n := -len(a) - len(b)
	for i, j := range align(a, b) {
		if j < 0 {
			continue
		}
		n += 3
		if a[i].text == b[j].text {
			n++
		}
	}
	return n
}

func newSpan(written, original *unit) span {
	s := span{key: original.key, cell: original.cell, toks: written.toks, partner: make([]tok, len(written.toks)), path: original.path, name: original.declared()}
	if len(original.toks) > 0 {
		s.first = original.toks[0]
	}
	for i, j := range align(written.toks, original.toks) {
		if j >= 0 {
			s.partner[i] = original.toks[j]
		}
	}
	if n := len(s.toks); n > 0 {
		s.from = s.toks[0].line
		s.to = s.toks[n-1].end()
	}
	return s
}

// declared is the name of a declaration as a program has it: "Worker.Run" for a method,
// and its own name alone if GoNB does not know its type.
func (u *unit) declared() string {
	return strings.ReplaceAll(strings.TrimPrefix(u.key, "unknown~"), "~", ".")
}

func (m *Map) sort() {
	sort.SliceStable(m.spans, func(i, j int) bool { return m.spans[i].from < m.spans[j].from })
}

// Pos returns the cell and line that a place in main.go came from. A col of 0
// means the line as a whole. What came from no cell (the package clause, an
// import that was added) keeps its place, with the file's name.
func (m *Map) Pos(line, col int) model.Pos {
	p, _ := m.Place(line, col)
	return p
}

// Place is Pos with the column in the cell's line, 0 if it is not known.
func (m *Map) Place(line, col int) (model.Pos, int) {
	if s := m.covering(line); s != nil {
		l, c := s.place(line, col)
		return m.origin(s.cell, l, c)
	}
	return model.Pos{File: "main.go", Line: line}, col
}

// origin is where a place in a cell's text comes from.
func (m *Map) origin(cell, line, col int) (model.Pos, int) {
	if cell == m.cell && m.through != nil {
		return m.through(line, col)
	}
	return model.Pos{Cell: cell, Line: line}, col
}

// LeftOver returns, for a place in main.go that an earlier cell declared, the key by
// which that is forgotten (%rm): "Worker~Run". ok is false of what the cell itself says.
func (m *Map) LeftOver(line int) (key string, ok bool) {
	if m == nil {
		return "", false
	}
	for _, s := range m.spans {
		if s.from <= line && line <= s.to && s.cell != m.cell {
			return s.key, s.key != "" && s.key != "main"
		}
	}
	return "", false
}

// Import returns the place in a cell of the import of a package, false if no
// cell imports it.
func (m *Map) Import(path string) (at model.Pos, col int, ok bool) {
	if m == nil || path == "" {
		return model.Pos{}, 0, false
	}
	for _, s := range m.spans {
		if s.path == path {
			at, col = m.origin(s.cell, s.first.line, s.first.col)
			return at, col, true
		}
	}
	return model.Pos{}, 0, false
}

// place finds the token at a place in main.go and its partner in the cell.
func (s span) place(line, col int) (int, int) {
	i := s.at(line, col)
	k := i
	for k >= 0 && s.partner[k].line == 0 {
		k--
	}
	if k < 0 {
		return s.first.line, 0
	}
	t, u := s.toks[k], s.partner[k]
	if line == t.line && k == i {
		if col < t.col {
			return u.line, u.col
		}
		return u.line, u.col + col - t.col
	}
	if n := line - t.line; k == i && 0 < n && n <= min(len(t.inner), len(u.inner)) {
		return u.inner[n-1], col
	}
	return min(u.line+line-t.line, s.ceiling(k)), 0
}

// at returns the index of the token that covers a place, or the nearest before
// it; for a place before the first token of its line, that token.
func (s span) at(line, col int) int {
	i := sort.Search(len(s.toks), func(i int) bool {
		t := s.toks[i]
		return t.line > line || t.line == line && t.col > col
	}) - 1
	if i+1 < len(s.toks) && s.toks[i+1].line == line {
		if i < 0 || s.toks[i].end() < line {
			return i + 1
		}
	}
	return i
}

// ceiling is the last line of the cell a place after token k can be on.
func (s span) ceiling(k int) int {
	for _, u := range s.partner[k+1:] {
		if u.line > 0 {
			return u.line
		}
	}
	return s.partner[k].end()
}

// Locate is Pos for a file's name, with the name of the declaration: it answers for the
// main.go or main_test.go of GoNB and leaves other files as they are. The main that was
// made of the statements of several cells is no declaration of theirs.
func (m *Map) Locate(file string, line, col int) model.Pos {
	if !IsGenerated(file) {
		return model.Pos{File: file, Line: line}
	}
	at := m.Pos(line, col)
	if s := m.covering(line); s != nil && (s.cell != m.cell || m.through == nil) {
		at.In = s.name
	}
	return at
}

// covering is the declaration that a line of main.go is in, nil if it is in none.
func (m *Map) covering(line int) *span {
	if m == nil {
		return nil
	}
	for i := len(m.spans) - 1; i >= 0; i-- {
		if s := &m.spans[i]; s.from <= line && line <= s.to {
			return s
		}
	}
	return nil
}

// IsGenerated reports whether a file's name, as it stands in an error or a
// stack trace, is that of a file GoNB generated.
func IsGenerated(file string) bool {
	dir, base := filepath.Split(file)
	if base != "main.go" && base != "main_test.go" {
		return false
	}
	dir = filepath.Base(filepath.Clean(dir))
	return dir == "." || strings.HasPrefix(dir, "gonb_")
}
