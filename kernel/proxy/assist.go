package proxy

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
	"unicode/utf8"

	"threading101/kernel/build"
	"threading101/kernel/cell"
	"threading101/kernel/gopls"
	"threading101/kernel/guard"
	"threading101/kernel/jupyter"
	"threading101/kernel/magic"
	"threading101/kernel/sequel"
	"threading101/kernel/share"
	"threading101/kernel/words"
)

// isComplete tells a console whether to run what was typed.
func (p *proxy) isComplete(r jupyter.Request) any {
	ask := jupyter.Content(r.Message, assistRequest{})
	status, indent := cell.Complete(ask.Code)
	if status == cell.Invalid && sequel.IsWhole(withoutCommands(ask.Code)) {
		status = cell.Whole
	}
	reply := map[string]any{"status": status}
	if status == cell.Unfinished {
		reply["indent"] = indent
	}
	return reply
}

// assistRequest is the content of what an editor asks while one types. Cursor
// counts code points.
type assistRequest struct {
	Code   string `json:"code"`
	Cursor int    `json:"cursor_pos"`
}

const (
	// completePatience: who types on does not wait for a list.
	completePatience = 2 * time.Second
	// inspectPatience: who asks what something is waits until gopls has started.
	inspectPatience = 15 * time.Second
)

// assist answers a complete_request or an inspect_request. Neither waits for a
// cell, nor a cell for them.
func (p *proxy) assist(r jupyter.Request) {
	ask := jupyter.Content(r.Message, assistRequest{})
	p.bracket(r, func() {
		if r.Message.Header.MsgType == "complete_request" {
			p.reply(r, p.complete(ask))
		} else {
			p.reply(r, p.inspect(ask))
		}
	})
}

// argumentAt completes what stands behind one of our words. rest is what is typed of it;
// ok is false if nothing of the kind is typed.
func argumentAt(line string) (matches []string, rest string, ok bool) {
	for _, complete := range []func(string) ([]string, string, bool){propertyAt, goalAt, questionAt} {
		if matches, rest, ok = complete(line); ok {
			return matches, rest, true
		}
	}
	return nil, "", false
}

// complete offers our own words at the start of a line, and Go's elsewhere. The
// first question of all only starts gopls.
func (p *proxy) complete(ask assistRequest) any {
	at, offset := place(ask)
	line := strings.Split(ask.Code, "\n")[at.Line]
	matches, start := []string{}, at.Col
	word := strings.TrimLeft(line[:at.Col], " \t")
	if names, typed, ok := argumentAt(word); ok {
		matches, start = append(matches, names...), at.Col-len(typed)
	} else if strings.HasPrefix(word, "%") || strings.HasPrefix(word, "//") {
		matches, start = append(matches, magic.Complete(word)...), at.Col-len(word)
	} else if lsp := p.language(); lsp != nil && !lsp.Up() {
		lsp.Warm()
	} else if lsp != nil {
		ctx, cancel := context.WithTimeout(context.Background(), completePatience)
		defer cancel()
		c, err := lsp.Complete(ctx, p.asked(ask.Code), at)
		if err != nil {
			p.log("completing: %v", err)
		} else if len(c.Matches) > 0 {
			matches, start = c.Matches, c.Start
		}
	}
	end := utf8.RuneCountInString(ask.Code[:offset])
	return map[string]any{
		"status": "ok", "matches": matches, "metadata": map[string]any{},
		"cursor_start": end - utf8.RuneCountInString(line[start:at.Col]), "cursor_end": end,
	}
}

// inspect describes what is at the cursor.
func (p *proxy) inspect(ask assistRequest) any {
	data := map[string]any{}
	at, _ := place(ask)
	line := strings.Split(ask.Code, "\n")[at.Line]
	if strings.HasPrefix(strings.TrimSpace(line), "%") {
		plain, page := magic.Help()
		data = map[string]any{"text/plain": plain, "text/html": page}
	} else if lsp := p.language(); lsp != nil && strings.TrimSpace(line) != "" {
		ctx, cancel := context.WithTimeout(context.Background(), inspectPatience)
		defer cancel()
		text, err := lsp.Hover(ctx, p.asked(ask.Code), onName(line, at))
		if !lsp.There() {
			data = map[string]any{"text/plain": words.GoplsNotThere}
		} else if err != nil {
			p.log("inspecting: %v", err)
		} else if text != "" {
			data = map[string]any{"text/plain": text, "text/markdown": text}
		}
	}
	return map[string]any{"status": "ok", "found": len(data) > 0, "data": data, "metadata": map[string]any{}}
}

// withoutCommands is a cell with our own commands taken out, as far as they can be read.
func withoutCommands(code string) string {
	if c, err := magic.Parse(code); err == nil {
		return c.Code
	}
	return code
}

// asked is a cell that somebody types, with what stands around it: statements go on
// from those of the program so far.
func (p *proxy) asked(code string) gopls.Cell {
	c := gopls.Cell{Text: code, Declared: p.memory.Declarations()}
	if sequel.IsBare(withoutCommands(code)) {
		c.Above, c.Below = sequel.Around(nil)
		if around := p.around.Load(); around != nil {
			c.Above, c.Below = around[0], around[1]
		}
	}
	return c
}

// place is the cursor as line and column, and as an offset in bytes.
func place(ask assistRequest) (gopls.Position, int) {
	offset := len(ask.Code)
	n := 0
	for i := range ask.Code {
		if n >= ask.Cursor {
			offset = i
			break
		}
		n++
	}
	before := ask.Code[:offset]
	return gopls.Position{Line: strings.Count(before, "\n"), Col: len(before) - strings.LastIndex(before, "\n") - 1}, offset
}

// onName moves a cursor that is behind a name onto it, and one that is
// among or behind the arguments of a call onto the name of the function.
func onName(line string, at gopls.Position) gopls.Position {
	col := at.Col
	if col < len(line) && isName(line[col]) {
		return at
	}
	if col > 0 && !isName(line[col-1]) {
		col = opening(line, col)
	}
	for col > 0 && !isName(line[col-1]) {
		col--
	}
	if col > 0 {
		at.Col = col - 1
	}
	return at
}

func isName(c byte) bool {
	return c == '_' || c >= '0' && c <= '9' || c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= 0x80
}

// opening returns the column of the parenthesis that opens the call in which, or
// behind which, col stands; col itself if there is none.
func opening(line string, col int) int {
	depth := 0
	for i := col - 1; i >= 0; i-- {
		switch line[i] {
		case ')':
			depth++
		case '(':
			if depth--; depth <= 0 {
				return i
			}
		}
	}
	return col
}

// language returns the language server, nil while the stage is not set.
func (p *proxy) language() *gopls.Server {
	select {
	case <-p.staged:
		return p.stage.gopls
	default:
		return nil
	}
}

// newLanguage prepares gopls; it starts with the first question. It gets the
// modules of the session from GoNB's folder.
func (s *stage) newLanguage(c Config, mark string) *gopls.Server {
	return gopls.New(gopls.Config{
		Path: c.Gopls, Dir: filepath.Join(s.dir, "gopls"), Env: s.languageEnv(c, mark), Idle: languageRest, Logf: s.log,
		Attr:    func(cmd *exec.Cmd) { cmd.SysProcAttr = guard.OwnGroup() },
		Modules: s.modules,
	})
}

// languageEnv is gopls' environment: what the go commands that it starts leave lying about
// when they are killed is in the kernel's own folder, which is removed. Its cache is none
// that an editor has as well, since it is held to little: see gopls.
func (s *stage) languageEnv(c Config, mark string) []string {
	tmp := filepath.Join(s.dir, "tmp")
	env := append(os.Environ(), mark, "TMPDIR="+tmp, "GOTMPDIR="+tmp, fmt.Sprintf("GOMEMLIMIT=%d", languageMemory()))
	if cache := build.OwnCache(env); cache != "" && os.Getenv(languageCache) == "" {
		env = append(env, languageCache+"="+cache)
	}
	return build.Seeded(env, c.seed())
}

// languageCache is where gopls keeps what it knows of packages, in a folder of its name.
const languageCache = "GOPLSCACHE"

// languageMemory is what gopls is to do with: from there on it rather works than grows.
func languageMemory() int64 { return min(share.Read().Bytes/2, 160<<20) }

// languageRest is how long gopls stays without a question. It is up again in a second.
const languageRest = 3 * time.Minute

func (s *stage) modules() (mod, sum []byte) {
	dirs, _ := filepath.Glob(filepath.Join(s.dir, "tmp", "gonb_*"))
	for _, dir := range dirs {
		if text, err := os.ReadFile(filepath.Join(dir, "go.mod")); err == nil {
			mod = text
			sum, _ = os.ReadFile(filepath.Join(dir, "go.sum"))
		}
	}
	return mod, sum
}
