package property

import (
	"os"
	"path/filepath"
	"regexp"
	"strings"
	"testing"

	"threading101/kernel/model"
	"threading101/kernel/proof/howto"
	"threading101/kernel/words"
)

// Each row has all that a property needs, and says so where it lacks something.
func TestRowsAreWhole(t *testing.T) {
	for _, k := range table {
		lacks := func(what string) { t.Errorf("the row of %q lacks %s", k.name, what) }
		switch {
		case k.name == "":
			lacks("its name")
		case k.means == "":
			lacks("what it means: see kernel/words/property.go")
		case k.violated == nil:
			lacks("what violates it")
		case (k.args == "") != (k.read == nil):
			lacks("either what follows the name, args, or how that is read")
		case k.rule != nil && (k.needs == nil || !k.marked):
			lacks("what the rule needs: calls that are watched, and a mark")
		}
		ps, err := Parse([]string{k.example})
		if err != nil || len(ps) != 1 || ps[0].kind != k {
			t.Errorf("the row of %q lacks an example that is read as one: %q, %v", k.name, k.example, err)
			continue
		}
		for _, status := range []model.Status{model.Deadlock, model.OK, model.Leak, model.Panicked} {
			if k.how(&model.Outcome{Status: status, Value: "n = 1", Values: []string{"1"}}) == "" {
				lacks("how it fails in a run that ends by " + string(status))
			}
		}
	}
}

// Each list of properties that is written for readers has all of them.
func TestListsHaveAllProperties(t *testing.T) {
	for _, file := range []string{"../../../README.md", "../../../lessons/10-00-detective.md"} {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		for _, k := range table {
			if !strings.Contains(string(text), "`"+k.usage()+"`") && !strings.Contains(string(text), "`"+k.example+"`") {
				t.Errorf("%s lists no `%s`", file, k.usage())
			}
		}
	}
}

// An explanation is of the run, which may have more to it than what is checked.
func TestWhy(t *testing.T) {
	explanation := []string{"Deadlock: A waits for b, and B for a."}
	deadlock := &model.Result{Outcomes: []model.Outcome{{Status: model.Deadlock, Marks: []string{"race"}}}}
	for text, want := range map[string]string{
		"deadlock-free": explanation[0],
		"race-free":     words.RaceFreeFails,
		"outcome n==2":  words.FoundEndings["deadlock"],
	} {
		v := Judge(parse(t, text), deadlock)[0]
		if got := v.Why(explanation); got != want {
			t.Errorf("%s: %q, want %q", text, got, want)
		}
		if got := v.Why(nil); got == "" {
			t.Errorf("%s: nothing is said without an explanation", text)
		}
	}
}

func TestToAddAProperty(t *testing.T) {
	howto.Hold(t, "To add a property", "disorder", "OrderFails", "order A<B", "\t&order,\n")
	howto.Hold(t, "To add a property with a number", "&atMost,", "AtMostFails", "property.AtOnce", "spec.AtOnce", "s.AtOnce", "subject.most",
		"spans.tooMany", "inner: k.spans", "at-once-", "firstTooMany", "rule.Most", "b.Others", "First, Then, Most int", "KindCrowd", "ExplainCrowd", "MarkCrowd")
	howto.Hold(t, "To add a property of variables", "alwaysTrue", "func Watched(", "Watch has conditions", "CheckConditions", "ConditionCalls", "func See[", "how many are of all moments",
		"momentPasses", "func (s *Search) Monitor", "property.MarkOf", "model.Lost{", "KindUntrue", "ExplainUntrue", "MarkUntrue")
}

// A property of which the search must mark what violates it fails in some program: one
// that nobody marks would hold of all.
func TestMarksAreMade(t *testing.T) {
	files, err := filepath.Glob("../../proof/cases/testdata/*.txtar")
	if err != nil || len(files) == 0 {
		t.Fatalf("no programs: %v", err)
	}
	var scripts strings.Builder
	for _, file := range files {
		text, err := os.ReadFile(file)
		if err != nil {
			t.Fatal(err)
		}
		scripts.Write(text)
	}
	for _, k := range table {
		fails := regexp.MustCompile(`(?m)^check '?` + k.name + `\b.*\n! holds$`)
		if k.marked && !fails.MatchString(scripts.String()) {
			t.Errorf("%s fails in no program of kernel/proof/cases/testdata", k.name)
		}
	}
}
