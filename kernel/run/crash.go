package run

import (
	"regexp"
	"strconv"
	"strings"

	"threading101/kernel/model"
)

// keptGoroutines is how many goroutines of a crash are listed.
const keptGoroutines = 50

// keptFrames is how many calls of one goroutine are listed.
const keptFrames = 40

// crashOf takes apart what Go's runtime wrote before it ended the program:
//
//	panic: MESSAGE                      fatal error: MESSAGE
//		its second line                     (perhaps after "runtime: …" lines)
//	[signal SIGSEGV: …]
//
//	goroutine 1 [running]:
//	main.f(…)
//		FILE:LINE +0x1d
//	created by main.main in goroutine 1
//		FILE:LINE +0x1d
func crashOf(text string, locate func(string, int, int) model.Pos) *Crash {
	head, rest := splitDump(text)
	c := &Crash{}
	c.Kind, c.Message = message(head)
	for _, block := range strings.Split(rest, "\n\n") {
		g, ok := stackOf(block, locate)
		switch {
		case !ok:
		case len(c.Goroutines) < keptGoroutines:
			c.Goroutines = append(c.Goroutines, g)
		default:
			c.Omitted++
		}
	}
	return c
}

// splitDump parts the message from the goroutines.
func splitDump(text string) (head, goroutines string) {
	for at := 0; at < len(text); {
		end := strings.IndexByte(text[at:], '\n')
		if end < 0 {
			break
		}
		line := text[at : at+end+1]
		if strings.HasPrefix(line, "runtime stack:") || goroutineHeading.MatchString(line) {
			return text[:at], text[at:]
		}
		at += end + 1
	}
	return text, ""
}

var stackLimit = regexp.MustCompile(`goroutine stack exceeds \d+-byte limit`)

// message returns the kind of a crash and what there is to say about it. The
// lines of a panic's value are indented by Go with a tab, which is taken back.
func message(head string) (kind, text string) {
	kind = KindPanic
	var lines []string
	for line := range strings.Lines(head) {
		line = strings.TrimSuffix(line, "\n")
		if t, ok := strings.CutPrefix(line, "panic: "); ok && len(lines) == 0 {
			lines = append(lines, t)
		} else if t, ok := strings.CutPrefix(line, "fatal error: "); ok {
			kind, lines = KindFatal, []string{t}
		} else if strings.HasPrefix(line, "SIG") {
			kind, lines = KindSignal, []string{line}
		} else if t, ok := strings.CutPrefix(line, "\t"); ok && len(lines) > 0 {
			lines = append(lines, t)
		}
	}
	text = strings.Join(lines, "\n")
	if kind == KindFatal && strings.HasSuffix(text, "deadlock!") {
		kind = KindDeadlock
	}
	if limit := stackLimit.FindString(head); limit != "" {
		text += " (" + limit + ")"
	}
	return kind, text
}

// heading is "goroutine 7 gp=0x… m=nil mp=… [chan receive, 2 minutes, locked to thread]:".
var heading = regexp.MustCompile(`^goroutine (\d+) [^\[]*\[(.*)\]:$`)

// stackOf takes one goroutine apart. It returns false for what is none, and
// for goroutines that are the runtime's or the recorder's own.
func stackOf(block string, locate func(string, int, int) model.Pos) (g Stack, ok bool) {
	lines := strings.Split(strings.Trim(block, "\n"), "\n")
	m := heading.FindStringSubmatch(lines[0])
	if m == nil {
		return g, false
	}
	g.ID, _ = strconv.Atoi(m[1])
	g.State, g.Minutes = waiting(m[2])
	own := false // the runtime's
	for i := 1; i < len(lines); i++ {
		if m := elided.FindStringSubmatch(lines[i]); m != nil && len(g.Frames) > 0 {
			n, _ := strconv.Atoi(m[1]) // of a deep recursion
			g.Frames[len(g.Frames)-1].Repeated += n
		}
		name, isCreator := strings.CutPrefix(lines[i], "created by ")
		if i+1 >= len(lines) || !strings.HasPrefix(lines[i+1], "\t") {
			continue
		}
		i++
		f := frameOf(name, lines[i], locate)
		switch {
		case isCreator && hidden(f):
			own = len(g.Frames) == 0
		case isCreator:
			g.CreatedBy = &f
		case !hidden(f):
			g.push(f)
		}
	}
	return g, !own && g.ID != 0 && len(g.Frames) > 0
}

// push adds a call; one that only repeats the call above it is counted there.
func (g *Stack) push(f Frame) {
	if n := len(g.Frames); n > 0 {
		last := &g.Frames[n-1]
		if last.Func == f.Func && last.File == f.File && last.Line == f.Line {
			last.Repeated++
			return
		}
	}
	if len(g.Frames) < keptFrames {
		g.Frames = append(g.Frames, f)
	}
}

// waiting parts "chan receive, 2 minutes, locked to thread".
func waiting(s string) (state string, minutes int) {
	state, rest, _ := strings.Cut(s, ", ")
	for part := range strings.SplitSeq(rest, ", ") {
		if n, ok := strings.CutSuffix(part, " minutes"); ok {
			minutes, _ = strconv.Atoi(n)
		}
	}
	return state, minutes
}

// frameOf reads a call, "main.(*T).f(0x1, {0x2, 0x3})" or, of a creator,
// "main.main in goroutine 1", and its place, "\tFILE:LINE +0x1d".
func frameOf(call, place string, locate func(string, int, int) model.Pos) Frame {
	name, _, _ := strings.Cut(call, " in goroutine ")
	if i := strings.LastIndexByte(name, '('); i > 0 && strings.HasSuffix(name, ")") {
		name = name[:i]
	}
	place, _, _ = strings.Cut(strings.TrimSpace(place), " +0x")
	f := Frame{Func: name, File: place}
	if i := strings.LastIndexByte(place, ':'); i >= 0 {
		if n, err := strconv.Atoi(place[i+1:]); err == nil {
			f.File, f.Line = place[:i], n
		}
	}
	f.Pos = locate(f.File, f.Line, 0)
	return f
}

var elided = regexp.MustCompile(`^\.\.\.(\d+) frames elided\.\.\.$`)

var wrapper = regexp.MustCompile(`\.(gowrap|deferwrap)\d+$`)

// recorder is the path of the packages that record, linked into the program.
const recorder = "threading101/kernel/rt"

// unpacked is where the recorder's source lies when it is linked into programs,
// see package build. Of its functions that the compiler has put into the
// learner's, only the file tells that they are not his.
var unpacked = regexp.MustCompile(`/threading101/[0-9a-f]{24}/kernel/`)

// hidden says of a call that it is none of the learner's business: Go's
// runtime, the recorder and how it walks maps, or a wrapper that the compiler
// made.
func hidden(f Frame) bool {
	name := f.Func
	if unpacked.MatchString(f.File) {
		return true
	}
	for _, p := range []string{"runtime.", "internal/", "runtime/", "reflect.mapIter", "reflect.(*MapIter).", recorder + ".", recorder + "/"} {
		if strings.HasPrefix(name, p) {
			return true
		}
	}
	return name == "panic" || strings.HasPrefix(name, "sync.runtime_") || wrapper.MatchString(name)
}
