package hint

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/explain"
	"threading101/kernel/model"
	"threading101/kernel/trace"
	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// Levels is how many hints there are of one thing.
const Levels = 3

// relevant are the kinds of explanations that a property can fail with, what says most
// first. The last one stands for the property where the run shows none of them.
var relevant = map[string][]string{
	"deadlock-free": {finding.KindEndless, finding.KindLateAdd, finding.KindCopiedGroup, finding.KindLostWakeUp, finding.KindWrongWaiter, finding.KindCopied, finding.KindDeadlock},
	"race-free":     {finding.KindLateAdd, finding.KindCopied, finding.KindHalfLocked, finding.KindTwoLocks, finding.KindCheckThenAct, finding.KindLostUpdate, finding.KindRace},
	"leak-free":     {finding.KindEndless, finding.KindCopiedGroup, finding.KindLostWakeUp, finding.KindWrongWaiter, finding.KindLeak},
	"panic-free":    {finding.KindClosed, finding.KindClosedTwice, finding.KindNil, finding.KindNegative, finding.KindUnlocked, finding.KindPanic},
	"joined":        {finding.KindLateAdd, finding.KindCopiedGroup, finding.KindCutOff},
	"goroutines":    {finding.KindAlone},
	"no-overlap":    {finding.KindCopied, finding.KindTwoLocks, finding.KindOverlap},
	"at-most":       {finding.KindCopied, finding.KindCrowd},
	"order":         {finding.KindDisorder},
	"always":        {finding.KindCopied, finding.KindTwoLocks, finding.KindCheckThenAct, finding.KindLostUpdate, finding.KindUntrue},
	"eventually": {finding.KindLateAdd, finding.KindCopied, finding.KindCopiedGroup, finding.KindLostWakeUp, finding.KindWrongWaiter, finding.KindDeadlock, finding.KindCheckThenAct,
		finding.KindHalfLocked, finding.KindTwoLocks, finding.KindLostUpdate, finding.KindCutOff, finding.KindOutcome},
	"outcome": {finding.KindClosed, finding.KindClosedTwice, finding.KindNil, finding.KindNegative, finding.KindUnlocked, finding.KindLateAdd, finding.KindCopied,
		finding.KindCopiedGroup, finding.KindLostWakeUp, finding.KindWrongWaiter, finding.KindDeadlock, finding.KindCheckThenAct, finding.KindHalfLocked,
		finding.KindTwoLocks, finding.KindLostUpdate, finding.KindCutOff, finding.KindOutcome},
}

// OfCheck makes hints of a run that violates a property, as it was written. kind names
// what they are about: the same mistake elsewhere has the same kind.
func OfCheck(property string, x *model.Execution) (kind string, hints []string) {
	name, args, _ := strings.Cut(property, " ")
	kinds := relevant[name]
	if len(kinds) == 0 || x == nil || len(x.Goroutines) == 0 {
		return "", nil
	}
	k := chosen(kinds, explain.Kinds(x))
	c := cluesOf(k, x)
	if c.Function = words.Plain(args, 60); name == "at-most" {
		_, c.Function, _ = strings.Cut(c.Function, " ")
	}
	rows := finding.HintsOfKind[k.Name]
	if k.Name == finding.KindDeadlock && c.circle {
		rows = finding.HintsOfCircle
	}
	return k.Name, []string{finding.HintLook(c.Clues), c.Fill(rows.Missing), c.Fill(rows.Write)}
}

// chosen is what the run shows that the property fails with; the last of the kinds, in
// no particular words, if it shows none.
func chosen(kinds []string, shown []explain.Kind) explain.Kind {
	for _, k := range kinds {
		if i := slices.IndexFunc(shown, func(s explain.Kind) bool { return s.Name == k }); i >= 0 {
			return shown[i]
		}
	}
	return explain.Kind{Name: kinds[len(kinds)-1]}
}

// clues are who is to be looked at, where.
type clues struct {
	finding.Clues
	circle bool // they wait for each other's locks
}

// stepIn is how a sentence of package explain names a step.
var stepIn = regexp.MustCompile(`\bstep (\d+)`)

// cluesOf finds the steps that an explanation speaks of; where it names none, who did
// not get to the end.
func cluesOf(k explain.Kind, x *model.Execution) (c clues) {
	steps := trace.Steps(x)
	for _, m := range stepIn.FindAllStringSubmatch(k.Sentence, -1) {
		n, _ := strconv.Atoi(m[1])
		if i := slices.IndexFunc(steps.List, func(s model.Step) bool { return s.N == n }); i >= 0 {
			c.step(x, &steps.List[i])
		}
	}
	for g := range x.Goroutines {
		if k.Name == finding.KindDeadlock || k.Name == finding.KindLeak || len(c.Steps) == 0 {
			c.stuck(x, g)
		}
	}
	c.circle = len(trace.Circle(trace.Waits(x))) > 1
	return c
}

// step adds who takes a step, where, and with what.
func (c *clues) step(x *model.Execution, s *model.Step) {
	e := &x.Events[s.Event]
	c.who(x, e.G)
	if !slices.Contains(c.Steps, s.N) {
		c.Steps = append(c.Steps, s.N)
	}
	c.where(e.Pos)
	name := words.Plain(x.ObjectName(e.Object), 40)
	switch class := event.Table[e.Op].Class; {
	case name == "":
	case class == event.ClassMutex || class == event.ClassRWMutex:
		c.Lock = name
	case c.Object == "" || class == event.ClassMemory:
		c.Object = name
	}
}

// stuck adds a goroutine that did not return, and where it was.
func (c *clues) stuck(x *model.Execution, g int) {
	one := &x.Goroutines[g]
	if one.End != model.WasBlocked && one.End != model.WasCutOff && one.End != model.DidPanic {
		return
	}
	c.who(x, g)
	c.where(one.BlockedAt)
}

func (c *clues) who(x *model.Execution, g int) {
	if name := words.Name(x.Goroutines[g].Name); !slices.Contains(c.Lanes, name) {
		c.Lanes = append(c.Lanes, name)
	}
}

func (c *clues) where(p model.Pos) {
	if p.Line <= 0 {
		return
	}
	at := words.Place(p, words.Plain(p.File[strings.LastIndexByte(p.File, '/')+1:], 40))
	if c.From == "" {
		c.From = at
	}
	c.To = at
}
