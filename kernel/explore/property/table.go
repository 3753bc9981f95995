package property

import "threading101/kernel/model"

// kind is a property before anything is said about what it is a property of.
type kind struct {
	name    string
	args    string // what follows the name, as shown in the help
	example string // as a learner could write it
	means   string // one line

	// read reads what follows the name; nil if nothing does. A text that could go
	// on is not complete.
	read     func(text string) (subject, error)
	complete func(text string) bool

	needs    func(s subject) Needs
	rule     func(s subject) (first, then string) // what it asks of calls; nil: nothing
	violated func(p Property, o *model.Outcome) bool
	marked   bool                        // the search marks what violates it: a recorded run does not show that by itself
	seen     func(o *model.Outcome) bool // the fault shows in what was printed; nil: nobody can say
	mixed    bool                        // it is about steps of several goroutines among each other

	// fails says how an outcome violates it; nil: by the way in which it ends. Where
	// byEnd is set, the explanation of such a run begins with why.
	// Where says is set, one of its sentences begins with that.
	fails func(o *model.Outcome) string
	byEnd bool
	says  func(p Property) string
}

// always is what fails returns where it does not depend on the outcome.
func always(said string) func(*model.Outcome) string {
	return func(*model.Outcome) string { return said }
}

// subject is what a property is a property of: functions, and perhaps how many of
// their calls, or an expression and its value, or one that is to be true.
type subject struct {
	functions []string
	expr      string
	value     string // as fmt.Sprint writes it
	condition string // an expression that is to be true
	most      int    // so many calls at once, 0: nothing is said of how many
	started   int    // so many goroutines besides main, 0: nothing is said of how many
}

// table has one row for each property, in the order of the help.
var table = []*kind{
	&deadlockFree,
	&raceFree,
	&leakFree,
	&panicFree,
	&joined,
	&goroutines,
	&noOverlap,
	&atMost,
	&order,
	&outcome,
	&alwaysTrue,
	&eventually,
}

func lookup(name string) *kind {
	for _, k := range table {
		if k.name == name {
			return k
		}
	}
	return nil
}

// Names are the names of all properties, in the order of the help.
func Names() []string {
	var names []string
	for _, k := range table {
		names = append(names, k.name)
	}
	return names
}

// Usages are how the properties are written, in the order of the help.
func Usages() []string {
	var all []string
	for _, k := range table {
		all = append(all, k.usage())
	}
	return all
}

// Help has a line for each property: how it is written, and what it means.
func Help() [][2]string {
	var lines [][2]string
	for _, k := range table {
		lines = append(lines, [2]string{k.usage(), k.means})
	}
	return lines
}

func (k *kind) usage() string {
	if k.args == "" {
		return k.name
	}
	return k.name + " " + k.args
}
