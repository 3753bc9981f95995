package words

// ControlledPage is the notebook that says it at length, beside the lessons.
const ControlledPage = "90-controlled.ipynb"

// ControlledLink is the text of the link to it; SeeControlled stands where there
// are no links.
const (
	ControlledLink = "What “all” and “controlled” mean"
	SeeControlled  = "See: what “all” and “controlled” mean, and where they can be wrong: %t101 controlled in a notebook, threading101 help controlled in a shell."
)

// ControlledTitle and Controlled are the page in short.
const ControlledTitle = "What “controlled” means, and where it can be wrong"

// Controlled has a term and its meaning in each row.
var Controlled = [][2]string{
	{"controlled run", "Your program is compiled from your own source, with a scheduler added: at each lock, channel, wait, print and shared variable it decides which goroutine goes on. Only one runs at a time. The token names all these decisions, so it gives the same run again."},
	{"all N interleavings", "Every order of those steps was tried, or one order that stands for it because the two differ only in steps that do not touch the same thing. This is about this program with these inputs, not about the program with other numbers."},
	{"interleaving, class, outcome", "An interleaving is one order of the steps. Interleavings that differ only in the order of unrelated steps are one class. An outcome is how the program ended and what came out. If A writes x and B writes y, there are two interleavings of these steps, one class, and one outcome."},
	{"holds", "The property was true in all of them. “Held in the N tried” is less: only some orders were tried, and another one may break it."},
	{"not all", "There were too many orders for the time, a limit was reached, or something is not controlled; the line says which. More time helps (%explore 30s, -budget 30s), or a smaller program: two goroutines instead of ten usually show the same bug."},
	{"not controlled", "Code that the scheduler cannot see: files, the network, other processes, packages that work between goroutines on their own. The result lists it by name and place. A race there can be missed, and orders that start there are not tried."},
	{"clocks", "Virtual: time.Sleep takes no real time, and sleepers wake in the order of their delays. Free: a sleeper may wake at any later moment, because Go promises no more. A search uses the free clock unless you say otherwise; a run uses the virtual one."},
	{"fixed choices", "Random numbers and the order of a map's keys come from the seed. Where a search does not try all of them, its result is about those it tried."},
	{"limits", "A run is stopped after a number of steps, and when a goroutine asks again and again and nothing changes. That is our limit, not a finding about your program: nobody knows how the run would have continued."},
	{"deadlock, leak, cut off", "Deadlock: every goroutine waits, and none is left to wake another. Leak: main has returned while a goroutine waits for something that can never come. Cut off: it could have continued, but main did not wait."},
	{"data race", "Two goroutines use one variable, at least one writes, and no lock, channel or wait orders the two. It is found by what orders the accesses, not by luck. In code that is not controlled it cannot be found; go run -race looks there, in the runs it happens to see."},
	{"real runs", "%real and %race leave the program to Go's own scheduler and record what it did. That is what your computer did, once: seeing nothing there proves nothing."},
	{"counts", "“In 2 of 6 interleavings” counts orders. It is not a probability: Go may take the same one of the six nearly every time."},
}
