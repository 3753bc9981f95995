package proxy

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"threading101/kernel/program"
	"threading101/kernel/sched"
)

const cellTwo = "func main() {\n\tvar wg sync.WaitGroup\n\tfor _, name := range []string{\"A\", \"B\"} {\n\t\twg.Go(func() {\n\t\t\tfor i := range 3 {\n\t\t\t\tfmt.Println(name, i)\n\t\t\t}\n\t\t})\n\t}\n\twg.Wait()\n}"

// wantError executes a cell that must fail, with that name and these words, and
// without having printed anything.
func (c *client) wantError(code, name string, parts ...string) result {
	c.t.Helper()
	r := c.execute(code)
	if r.status() != "error" || len(r.errors) != 1 || r.errors[0]["ename"] != name || r.stdout != "" {
		c.t.Errorf("%q: want a %s, got %v, %q", code, name, r.reply, r.stdout)
		return r
	}
	text := fmt.Sprint(r.errors[0]["evalue"], r.errors[0]["traceback"])
	for _, part := range parts {
		if !contains(text, part) {
			c.t.Errorf("%q: %s does not hold %q", code, text, part)
		}
	}
	return r
}

// TestTokensThatAreNotReplayed are told apart, and nothing is run by guess.
func TestTokensThatAreNotReplayed(t *testing.T) {
	c := startKernel(t).client()
	other := sched.Token{Code: "00000", Spec: sched.Spec{Seed: 42}, Trail: []byte{1, 2, 3}}
	text := other.String()
	earlier := sched.Token{Version: 1, Code: "00000", Spec: sched.Spec{Seed: 42}}.String()
	later := sched.Token{Version: 7, Code: "00000", Spec: sched.Spec{Seed: 42}}.String()
	mangled := text[:len(text)-4] + "zzzz"
	c.wantError("%replay "+mangled+"\n"+cellTwo, "ReplayError", "cell 1, line 1", "not a complete token", "copy it again")
	c.wantError("%replay t2-\n"+cellTwo, "ReplayError", "cell 2, line 1", "not a complete token")
	c.wantError("\n%replay "+later+"\n"+cellTwo, "ReplayError", "cell 3, line 2", "has version 7", "a newer version made it")
	c.wantError("%replay "+text+"\n"+cellTwo, "ReplayError", "cell 4, line 1", "other code", "00000", "%replay -lenient "+text)
	c.wantError("%replay "+text+"\n"+cellTwo, "ReplayError", "cell 5, line 1", "other code")
	c.wantError("%replay "+text+"\n%%\nfmt.Println(1)", "ReplayError", "cell 6, line 1", "one goroutine")
	c.wantError("%replay "+text, "WordError", "cell 7, line 1", "nothing to run")
	c.wantError("\n%seed 5", "WordError", "cell 8, line 2", "nothing to run")
	c.wantError("%seed 5\n%real\n"+cellTwo, "WordError", "cell 9, line 2", "exclude each other")
	c.wantError("%diff", "ReplayError", "cell 10, line 1", "not two yet")
	c.wantError("%diff "+text+" "+text, "ReplayError", "no longer remembered")
	for words, name := range map[string]string{"%replay ": "ReplayError", "%replay -lenient ": "ReplayError", "%step ": "ReplayError"} {
		c.wantError(words+earlier+"\n"+cellTwo, name, "has version 1", "an older version made it", "use its new token")
	}
	c.wantError("%export "+earlier, "WordError", "has version 1", "an older version made it", "use its new token")
	c.wantError("%diff "+mangled+" "+text, "ReplayError", "not a complete token")
	if r := c.ok("%clock free"); len(r.displays) != 1 || !contains(fmt.Sprint(r.displays), "session") {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%clock virtual\n%%\nfmt.Println(1)"); len(r.displays) != 0 {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%seed 5\n%%\nfmt.Println(1)"); r.stdout != "1\n" || len(r.displays) != 1 || !contains(fmt.Sprint(r.displays), "nothing to control") {
		t.Errorf("%+v", r)
	}
	if r := c.ok(strings.Replace(cellTwo, "3", "1", 1)); !contains(r.stdout, "A 0\n") {
		t.Errorf("%+v", r)
	}
}

// runData is what is looked at in the data of a picture.
type runData struct {
	Mode        string   `json:"mode"`
	Seed        *float64 `json:"seed"`
	Token       *string  `json:"token"`
	Clock       string   `json:"clock"`
	Status      string   `json:"status"`
	Explanation []string `json:"explanation"`
}

// picture returns the data and the SVG of the only picture of a run.
func (r result) picture(t *testing.T) (data runData, svg string) {
	t.Helper()
	for _, d := range r.displays {
		all := d["data"].(map[string]any)
		if raw, ok := all["application/vnd.threading101.run+json"]; ok {
			text, _ := json.Marshal(raw)
			if err := json.Unmarshal(text, &data); err != nil {
				t.Fatal(err)
			}
			svg, _ = all["image/svg+xml"].(string)
			return data, svg
		}
	}
	t.Fatalf("no picture: %+v", r)
	return data, ""
}

func (r result) token(t *testing.T) string {
	t.Helper()
	data, _ := r.picture(t)
	if data.Mode != "controlled" || data.Token == nil || data.Seed == nil {
		t.Fatalf("not a controlled run: %+v", data)
	}
	return *data.Token
}

// TestControlled: each run has a seed of its own; a seed or a token gives the run
// again, the same picture to the last byte.
func TestControlled(t *testing.T) {
	q := quickKernel(t)
	outputs, tokens := map[string]bool{}, map[string]bool{}
	for i := range 10 {
		r := q.ok(cellTwo)
		outputs[r.stdout], tokens[r.token(t)] = true, true
		if data, _ := r.picture(t); *data.Seed < 1 || *data.Seed > program.Seeds || data.Clock != "virtual" || data.Status != "ok" {
			t.Errorf("run %d: %+v", i, data)
		}
	}
	if len(outputs) < 2 || len(tokens) < 9 {
		t.Errorf("%d outputs and %d tokens in 10 runs", len(outputs), len(tokens))
	}
	first := q.ok("%seed 42\n" + cellTwo)
	second := q.ok("//t101:seed 42\n" + cellTwo)
	if first.stdout != second.stdout || first.token(t) != second.token(t) {
		t.Errorf("seed 42 gave %q %s, then %q %s", first.stdout, first.token(t), second.stdout, second.token(t))
	}
	fresh := q.k.client()
	again := fresh.ok("%replay " + strings.ToUpper(first.token(t)) + "\n// A comment.\n" + cellTwo)
	if again.stdout != first.stdout || again.token(t) != first.token(t) {
		t.Errorf("the token of %q gave %q", first.stdout, again.stdout)
	}
	for _, mode := range []string{"real", "race"} {
		r := q.ok("%" + mode + "\n" + cellTwo)
		if data, _ := r.picture(t); data.Mode != mode || data.Token != nil {
			t.Errorf("%%%s: %+v", mode, data)
		}
	}
}

var cellNumber = regexp.MustCompile(`cell \d+|>\d+:|t101-[0-9a-z]+-`)

func anyCell(svg string) string { return cellNumber.ReplaceAllString(svg, "…") }

// TestReplayOfOtherCode: strictly, nothing is run; leniently, it is said where the
// run parts from the token's.
func TestReplayOfOtherCode(t *testing.T) {
	c := startKernel(t).client()
	token := c.ok(cellTwo).token(t)
	other := strings.Replace(cellTwo, "range 3", "range 2", 1)
	c.wantError("%replay "+token+"\n"+other, "ReplayError", "cell 2, line 1", "other code", "cell 1 made", "%replay -lenient "+token)
	r := c.ok("%replay -lenient " + token + "\n" + other)
	if text := fmt.Sprint(r.displays); !contains(text, "not the token's") || contains(text, "From step 1 ") || !contains(text, "From step ") || r.stdout == "" {
		t.Errorf("%s", text)
	}
	if got := r.token(t); got == token {
		t.Errorf("another run has the same token %s", got)
	}
}

// TestReplayThatStrays: what is not controlled may decide, too; then the run is
// not passed off as the token's.
func TestReplayThatStrays(t *testing.T) {
	c := startKernel(t).client()
	file := filepath.Join(t.TempDir(), "n")
	write := func(s string) { os.WriteFile(file, []byte(s), 0o600) }
	cell := "func main() {\n\ttext, _ := os.ReadFile(" + fmt.Sprintf("%q", file) + ")\n\tvar wg sync.WaitGroup\n\tfor i := range len(text) {\n\t\twg.Go(func() { fmt.Println(i) })\n\t}\n\twg.Wait()\n}"
	write("ab")
	token := c.ok(cell).token(t)
	write("abcd")
	r := c.execute("%replay " + token + "\n" + cell)
	if r.status() != "error" || r.reply["ename"] != "ReplayError" || !contains(fmt.Sprint(r.reply), "although the code is the same") {
		t.Errorf("%v", r.reply)
	}
	write("ab")
	if r := c.ok("%replay " + token + "\n" + cell); r.token(t) != token {
		t.Errorf("%+v", r)
	}
}

// TestOutside: a program that lives on what is not controlled runs as it is,
// unless a seed is asked for.
func TestOutside(t *testing.T) {
	c := startKernel(t).client()
	const cell = "func main() {\n\tdone := make(chan bool)\n\tgo func() {\n\t\tout, _ := exec.Command(\"echo\", \"hello\").Output()\n\t\tfmt.Print(string(out))\n\t\tclose(done)\n\t}()\n\t<-done\n}"
	r := c.ok("import \"os/exec\"\n" + cell)
	if data, _ := r.picture(t); data.Mode != "real" || !contains(fmt.Sprint(r.displays), "os/exec") || r.stdout != "hello\n" {
		t.Errorf("%+v, %q", data, r.stdout)
	}
	r = c.ok("%seed 3\nimport \"os/exec\"\n" + cell)
	if data, _ := r.picture(t); data.Mode != "controlled" || *data.Seed != 3 || r.stdout != "hello\n" {
		t.Errorf("%+v, %q", data, r.stdout)
	}
}

// TestDiff: the last two runs of the last cell, or two by their tokens, also one
// that must be made again.
func TestDiff(t *testing.T) {
	c := startKernel(t).client()
	a := c.ok("%seed 1\n" + cellTwo)
	if r := c.wantError("%diff", "ReplayError"); len(r.displays) != 0 {
		t.Errorf("%+v", r)
	}
	b := c.ok("%seed 2\n" + cellTwo)
	if r := c.ok("%diff"); len(r.displays) != 1 || r.stdout != "" || !contains(fmt.Sprint(r.displays), "seed 1") || !contains(fmt.Sprint(r.displays), "seed 2") {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%diff " + a.token(t) + " " + b.token(t)); len(r.displays) != 1 || r.stdout != "" {
		t.Errorf("%+v", r)
	}
	if r := c.ok("%seed 3\n%diff\n" + cellTwo); len(r.displays) != 2 {
		t.Errorf("%d displays", len(r.displays))
	}
	parsed, err := sched.ParseToken(a.token(t))
	if err != nil {
		t.Fatal(err)
	}
	parsed.Spec.Seed, parsed.Trail = 4711, nil
	if r := c.ok("%diff " + a.token(t) + " " + parsed.String()); len(r.displays) != 1 || r.stdout != "" {
		t.Errorf("one that was never shown: %+v", r)
	}
	parsed.Code = "00000"
	c.wantError("%diff "+a.token(t)+" "+parsed.String(), "ReplayError", "no longer remembered")
}
