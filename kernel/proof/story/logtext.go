package story

import (
	"bufio"
	"fmt"
	"io"
	"maps"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/judge"
	"threading101/kernel/trace"
)

// The text form of a log: a line of totals, a line for each goroutine whose end
// was not kept, and one for each record.
//
//	log procs=2 wall=0 count=3 goroutines=2 skipped=0
//	ended g2 end
//	judged leak
//	left g3 waiting
//	1 120 g1 go site=1 obj=0x1 aux=2
//	2 133 g2 name site=1 text="A"
//	3 250 g2 start site=1 flags=2
//
// A run that its scheduler ended has a line "stop why=1 site=3 g=2" after the
// first; "judged" and "left" are of a controlled run whose main returned. Number, nanoseconds, goroutine and operation stand first; what is 0 is left out.

// WriteLog writes the log's text form.
func WriteLog(w io.Writer, l *trace.Log) error {
	b := bufio.NewWriter(w)
	fmt.Fprintf(b, "log procs=%d wall=%d count=%d goroutines=%d skipped=%d\n", l.Procs, l.Wall, l.Count, l.Goroutines, l.Skipped)
	if l.Stop != event.NotStopped {
		fmt.Fprintf(b, "stop why=%d site=%d g=%d\n", l.Stop, l.StopSite, l.StopG)
	}
	for _, g := range slices.Sorted(maps.Keys(l.Ended)) {
		fmt.Fprintf(b, "ended g%d %s\n", g, l.Ended[g])
	}
	if l.End != judge.Unjudged {
		fmt.Fprintf(b, "judged %s\n", l.End)
	}
	for _, g := range slices.Sorted(maps.Keys(l.Left)) {
		fmt.Fprintf(b, "left g%d %s\n", g, l.Left[g])
	}
	for _, e := range l.Entries {
		b.WriteString(entryText(e))
		b.WriteByte('\n')
	}
	return b.Flush()
}

// entryText is the entry's line.
func entryText(e trace.Entry) string {
	var b strings.Builder
	fmt.Fprintf(&b, "%d %d g%d %s", e.N, e.T, e.G, e.Op)
	if e.Site != 0 {
		fmt.Fprintf(&b, " site=%d", e.Site)
	}
	if e.Flags != 0 {
		fmt.Fprintf(&b, " flags=%d", e.Flags)
	}
	if e.Obj != 0 {
		fmt.Fprintf(&b, " obj=%#x", e.Obj)
	}
	if e.Aux != 0 {
		fmt.Fprintf(&b, " aux=%d", e.Aux)
	}
	if e.Text != "" {
		fmt.Fprintf(&b, " text=%q", e.Text)
	}
	return b.String()
}

// ParseLog reads the text form. Empty lines and those that begin with # are skipped.
func ParseLog(r io.Reader) (*trace.Log, error) {
	l := new(trace.Log)
	lines := bufio.NewScanner(r)
	for n := 1; lines.Scan(); n++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || line[0] == '#' {
			continue
		}
		if err := parseLine(l, line); err != nil {
			return nil, fmt.Errorf("line %d: %w", n, err)
		}
	}
	return l, lines.Err()
}

func parseLine(l *trace.Log, line string) error {
	if rest, ok := strings.CutPrefix(line, "log "); ok {
		_, err := fmt.Sscanf(rest, "procs=%d wall=%d count=%d goroutines=%d skipped=%d", &l.Procs, &l.Wall, &l.Count, &l.Goroutines, &l.Skipped)
		return err
	}
	if rest, ok := strings.CutPrefix(line, "stop "); ok {
		_, err := fmt.Sscanf(rest, "why=%d site=%d g=%d", &l.Stop, &l.StopSite, &l.StopG)
		return err
	}
	if rest, ok := strings.CutPrefix(line, "ended "); ok {
		return parseEnded(l, rest)
	}
	if rest, ok := strings.CutPrefix(line, "judged "); ok {
		if l.End, ok = judge.ParseEnd(rest); !ok {
			return fmt.Errorf("parsing %q: no such judgement", rest)
		}
		return nil
	}
	if rest, ok := strings.CutPrefix(line, "left "); ok {
		return parseLeft(l, rest)
	}
	e, err := parseEntry(line)
	if err == nil {
		l.Entries = append(l.Entries, e)
	}
	return err
}

func parseEnded(l *trace.Log, line string) error {
	g, name, _ := strings.Cut(line, " ")
	op, ok := event.Parse(name)
	if !ok || !event.Table[op].Last {
		return fmt.Errorf("parsing %q: no such end", name)
	}
	n, err := parseG(g)
	if err == nil {
		if l.Ended == nil {
			l.Ended = map[uint32]event.Op{}
		}
		l.Ended[n] = op
	}
	return err
}

func parseLeft(l *trace.Log, line string) error {
	g, name, _ := strings.Cut(line, " ")
	s, ok := judge.Parse(name)
	if !ok {
		return fmt.Errorf("parsing %q: no such standing", name)
	}
	n, err := parseG(g)
	if err == nil {
		if l.Left == nil {
			l.Left = map[uint32]judge.Standing{}
		}
		l.Left[n] = s
	}
	return err
}

// parseG parses "g12".
func parseG(s string) (uint32, error) {
	n, err := strconv.ParseUint(strings.TrimPrefix(s, "g"), 10, 32)
	if err != nil {
		return 0, fmt.Errorf("parsing %q: %w", s, err)
	}
	return uint32(n), nil
}

func parseEntry(line string) (e trace.Entry, err error) {
	var g, op string
	line, quoted, hasText := strings.Cut(line, " text=")
	if hasText {
		if e.Text, err = strconv.Unquote(quoted); err != nil {
			return e, fmt.Errorf("parsing %q: %w", quoted, err)
		}
	}
	fields := strings.Fields(line)
	if len(fields) < 4 {
		return e, fmt.Errorf("parsing %q: too few words", line)
	}
	if _, err := fmt.Sscan(strings.Join(fields[:4], " "), &e.N, &e.T, &g, &op); err != nil {
		return e, fmt.Errorf("parsing %q: %w", line, err)
	}
	if e.G, err = parseG(g); err != nil {
		return e, err
	}
	var ok bool
	if e.Op, ok = event.Parse(op); !ok {
		return e, fmt.Errorf("parsing %q: no such operation", op)
	}
	for _, f := range fields[4:] {
		if err := setField(&e, f); err != nil {
			return e, err
		}
	}
	return e, nil
}

// setField sets one "key=value".
func setField(e *trace.Entry, field string) error {
	key, value, _ := strings.Cut(field, "=")
	bits := map[string]int{"site": 20, "flags": 4, "obj": 64, "aux": 64}[key]
	if bits == 0 {
		return fmt.Errorf("parsing %q: no such field", field)
	}
	n, err := strconv.ParseUint(value, 0, bits)
	if err != nil {
		return fmt.Errorf("parsing %q: %w", field, err)
	}
	switch key {
	case "site":
		e.Site = uint32(n)
	case "flags":
		e.Flags = uint8(n)
	case "obj":
		e.Obj = n
	case "aux":
		e.Aux = n
	}
	return nil
}
