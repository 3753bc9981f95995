package explain

import (
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// Kind is one thing that a run shows: what it is called, "lost update", and the
// sentence that tells how it came about.
type Kind struct{ Name, Sentence string }

// table has a row for each kind, what matters most first.
var table = []struct {
	name   string
	find   func(*speaker) []string
	titled bool // the sentence does not use the name: a list of sentences puts it before
}{
	{finding.KindEndless, (*speaker).stopped, false},
	{finding.KindClosed, (*speaker).closed, true},
	{finding.KindClosedTwice, (*speaker).closedTwice, true},
	{finding.KindNil, (*speaker).nilPointers, true},
	{finding.KindNegative, (*speaker).negativeCounters, true},
	{finding.KindUnlocked, (*speaker).unlockedTwice, true},
	{finding.KindLateAdd, (*speaker).lateAdds, true},
	{finding.KindCopied, (*speaker).copiedLocks, true},
	{finding.KindCopiedGroup, (*speaker).copiedGroups, true},
	{finding.KindLostWakeUp, (*speaker).lostWakeUps, true},
	{finding.KindWrongWaiter, (*speaker).wrongWaiters, true},
	{finding.KindDeadlock, (*speaker).deadlock, false},
	{finding.KindLeak, (*speaker).leak, false},
	{finding.KindCutOff, (*speaker).cutOff, false},
	{finding.KindUntrue, (*speaker).untrue, false},
	{finding.KindOverlap, (*speaker).overlaps, true},
	{finding.KindCrowd, (*speaker).crowds, true},
	{finding.KindDisorder, (*speaker).disorders, true},
	{finding.KindCheckThenAct, (*speaker).checkThenActs, true},
	{finding.KindHalfLocked, (*speaker).halfLocked, true},
	{finding.KindTwoLocks, (*speaker).twoLocks, true},
	{finding.KindLostUpdate, (*speaker).lostUpdates, false},
	{finding.KindRace, (*speaker).races, false},
	{finding.KindLucky, (*speaker).lucky, false},
}

// The most sentences of each kind.
const (
	mostWaits = 4
	mostCut   = 4
	mostLost  = 2
	mostRaces = 3
)

// Sentences explains a run, what matters most first; nil if there is nothing to
// explain, as in a run in which everyone returned and nothing was lost.
func Sentences(x *model.Execution) (all []string) {
	explain(x, func(name, sentence string, titled bool) {
		if titled {
			sentence = finding.ExplainTitled(name, sentence)
		}
		all = append(all, sentence)
	})
	return all
}

// Kinds explains a run as Sentences does, and names what each sentence is an
// example of.
func Kinds(x *model.Execution) (all []Kind) {
	explain(x, func(name, sentence string, _ bool) { all = append(all, Kind{name, sentence}) })
	return all
}

func explain(x *model.Execution, tell func(name, sentence string, titled bool)) {
	if x == nil || len(x.Goroutines) == 0 {
		return
	}
	s := &speaker{x: x, steps: trace.Steps(x), files: files(x), explained: map[int]bool{}}
	s.memory = s.followMemory()
	for _, row := range table {
		for _, sentence := range row.find(s) {
			tell(row.name, sentence, row.titled)
		}
	}
}

// speaker puts goroutines, objects, places and steps in words.
type speaker struct {
	x         *model.Execution
	steps     model.Steps
	said      model.Pos // the place named last in this sentence
	files     bool      // there is more than one file
	memory    memory
	inCircle  bool         // some wait for each other's locks: who waits besides waits for them
	explained map[int]bool // goroutines whose waiting a sentence has explained
}

// sentence begins a sentence: the first place in it is said in full.
func (s *speaker) sentence() { s.said = model.Pos{} }

// name is a goroutine's name.
func (s *speaker) name(g int) string {
	if g < 0 || g >= len(s.x.Goroutines) {
		return ""
	}
	return words.Name(s.x.Goroutines[g].Name)
}

// object is an object's name, "" if it has none.
func (s *speaker) object(i int) string {
	if i < 0 || i >= len(s.x.Objects) {
		return ""
	}
	return words.Plain(s.x.Objects[i].Name, 32)
}

// at is where event i was: "Worker.Run:9", and if that declaration was just named,
// "line 9".
func (s *speaker) at(i int) string { return s.place(s.x.Events[i].Pos) }

func (s *speaker) place(p model.Pos) string {
	if p.Line <= 0 {
		return ""
	}
	same := s.said.Line > 0 && s.said.Together(p)
	s.said = p
	return finding.ExplainPlace(p, words.Plain(base(p.File), 40), same || p.Cell == 0 && !s.files)
}

// files says whether the run's places are in more than one file.
func files(x *model.Execution) bool {
	first := ""
	for i := range x.Events {
		p := x.Events[i].Pos
		if p.Line > 0 && first == "" {
			first = p.File
		}
		if p.Line > 0 && p.File != first {
			return true
		}
	}
	return false
}

func base(file string) string {
	for i := len(file) - 1; i >= 0; i-- {
		if file[i] == '/' {
			return file[i+1:]
		}
	}
	return file
}

// whenAt is where event i was, and its step: "line 9, step 4".
func (s *speaker) whenAt(i int) string { return finding.ExplainStep(s.at(i), s.step(i)) }

// step is the number of the step that shows event i, 0 if none does.
func (s *speaker) step(i int) int {
	if i < 0 || i >= len(s.steps.Of) || s.steps.Of[i] < 0 {
		return 0
	}
	return s.steps.List[s.steps.Of[i]].N
}

// plainName is the name of an object without the number that tells it from
// others of that name.
func (s *speaker) plainName(i int) string {
	name, _, _ := strings.Cut(s.object(i), "·")
	return name
}

// site is what the source says of where event i was recorded.
func (s *speaker) site(i int) *event.Site {
	if at := s.x.Events[i].Site; at != nil {
		return at
	}
	return &event.Site{}
}

// names are those of several goroutines.
func (s *speaker) names(lanes []int) []string {
	var names []string
	for _, g := range lanes {
		names = append(names, s.name(g))
	}
	return names
}
