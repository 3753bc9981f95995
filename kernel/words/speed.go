package words

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// SpeedHead heads a measurement: so many runs with each of these numbers of processors.
func SpeedHead(procs []int, repeat int) string {
	return "Real run: Go's own scheduler, measured " + times(repeat) + " on " + processorList(procs)
}

func times(n int) string {
	if n == 1 {
		return "once"
	}
	return Count(n, "time")
}

// processorList is "1, 2 and 4 processors".
func processorList(procs []int) string {
	var all []string
	for _, n := range procs {
		all = append(all, Number(n))
	}
	return List(all) + " " + plural(len(procs) == 1 && procs[0] == 1, "processor")
}

// The heads of the table.
const (
	HeadProcessors = "processors"
	HeadMedian     = "median"
	HeadMiddle     = "middle half"
	HeadFastest    = "fastest–slowest"
	HeadTimes      = "times as fast"
	HeadIdeal      = "ideal"
	HeadVerdict    = "compared with the first row"
	HeadRan        = "ran for"
	HeadShare      = "share of the time"
	HeadWhen       = "when it ran"
)

// SpeedWhole says what a time is, and SpeedMiddle what the middle half is.
const (
	SpeedWhole  = "Each time is that of a whole process, from its start to its end."
	SpeedMiddle = SpeedWhole + " The middle half leaves out the fastest and the slowest quarter of the runs."
)

// SpeedRange is two times, from the shorter to the longer.
func SpeedRange(low, high time.Duration) string { return Elapsed(low) + " – " + Elapsed(high) }

// SpeedTimes is how many times as fast something is.
func SpeedTimes(f float64) string { return strconv.FormatFloat(f, 'f', 2, 64) + "×" }

// The verdicts on a row.
const (
	SpeedFirst   = "–"
	SpeedUnclear = "no verdict: the noise is wider than the difference"
	SpeedMixed   = "no verdict: not in nearly every round"
	SpeedTooFew  = "no verdict: too few runs"
)

// SpeedFaster and SpeedSlower are the verdicts in which something is certain.
func SpeedFaster(rounds, of int) string {
	return fmt.Sprintf("faster in %d of %d rounds", rounds, of)
}
func SpeedSlower(rounds, of int) string {
	return fmt.Sprintf("slower in %d of %d rounds", rounds, of)
}

// SpeedNoise says why there is no verdict on so many processors.
func SpeedNoise(procs int, effect, noise time.Duration) string {
	on := "With " + Count(procs, "processor") + ": no verdict. The medians differ by " + Elapsed(effect)
	if effect <= noise {
		return on + ", but the times of equal runs differ by " + Elapsed(noise) + " (their middle half)."
	}
	return on + ", but neither was faster in nearly every round."
}

// SpeedNothingConcluded says what follows from noise.
const SpeedNothingConcluded = "Where the noise is wider than the effect, nothing is concluded."

// SpeedMore says that there were too few runs for a verdict.
func SpeedMore(fewest int) string {
	return fmt.Sprintf("With fewer than %d runs of each, chance alone often makes such a difference: nothing is concluded. -repeat 7 measures more.", fewest)
}

// SpeedNoFit says that nothing was faster.
const SpeedNoFit = "It is not certain that more processors made it faster, so no serial part is calculated."

// SpeedFit says how Amdahl's law fits. serial, low and high are shares, most is how many
// times as fast it can get, 0 for no bound.
func SpeedFit(serial, low, high, most float64, points int) string {
	s := "Amdahl's law: time with p processors = time with one × (s + (1 − s) / p), where s is the serial part, which more processors do not shorten. "
	s += "Nearest to these medians is s = " + percent(serial) + " (middle half of the rounds: " + percent(low) + " – " + percent(high) + ")."
	if most > 0 && most < 1000 {
		s += " By this formula no number of processors makes it more than " + digits(most) + " times as fast. That is calculated, not measured."
	}
	if points == 2 {
		s += " Two rows always fit: only a third could show that the formula is wrong here."
	}
	return s
}

// SpeedShare is how much of a time a part of it is.
func SpeedShare(part, whole time.Duration) string {
	return percent(float64(part) / float64(max(whole, 1)))
}

// percent is a share with two digits at most.
func percent(share float64) string {
	precision := 0
	if share > 0.0005 && share < 0.0995 {
		precision = 1
	}
	return strconv.FormatFloat(100*share, 'f', precision, 64) + " %"
}

// SpeedMachine says that the machine has fewer processors than were asked for.
func SpeedMachine(machine, most int) string {
	return fmt.Sprintf("This machine has %s. With %s, no more than %s can run at the same moment, so the ideal stays at %d.",
		Count(machine, "processor"), Number(most), Count(machine, "goroutine"), machine)
}

// SpeedBusy says that other programs took part of the machine.
func SpeedBusy(others float64, machine int) string {
	return "Meanwhile other programs kept " + digits(others) + " of the " + Count(machine, "processor") +
		" busy. All times are longer for it, and more processors help less. Measure again when the machine is quiet."
}

// SpeedFirstRun says where the output above comes from.
const SpeedFirstRun = "The output above is that of a first run, which is not measured."

// SpeedDiffer says that runs printed something else.
func SpeedDiffer(n, of int) string {
	return "Of " + Count(of, "measured run") + " " + Number(n) + " printed something else than the first run."
}

// SpeedInput says that there was nothing to read.
const SpeedInput = "The program wanted to read its standard input. It is empty while a program is measured."

// SpeedCut says that a measurement ended early: by hand, or after so long.
func SpeedCut(byHand bool, limit time.Duration, n, of int) string {
	why := "Stopped after " + Elapsed(limit)
	if byHand {
		why = "Interrupted by you"
	}
	return fmt.Sprintf("%s: %d of %s measured.", why, n, Count(of, "run"))
}

// SpeedFailed says that a program that fails is not measured.
const SpeedFailed = "The program failed, so nothing is measured: the time to a failure is not the time of the work."

// SpeedFailedLater says that one of the measured runs failed.
func SpeedFailedLater(n int) string {
	return fmt.Sprintf("Run %d failed, though the first run had not. So no times are shown: the time to a failure is not the time of the work.", n)
}

// SpeedEndless says that not even the first run came to an end.
func SpeedEndless(limit time.Duration) string {
	return "The first run did not end within " + Elapsed(limit) + ", so nothing is measured."
}

// SpeedNothing says that it was interrupted before anything was measured.
const SpeedNothing = "Interrupted before a run was measured: there is nothing to show."

// SpeedProgress is what is shown meanwhile.
func SpeedProgress(n, of int) string {
	return fmt.Sprintf("Measuring: %d of %s", n, Count(of, "run"))
}

// SpeedTracing is what is shown while the time axis is made.
const SpeedTracing = "Measured. One more run, with Go's execution tracer …"

// TimelineHead heads the picture with a time axis.
func TimelineHead(procs int, length time.Duration) string {
	return "When who ran: one more run on " + Count(procs, "processor") + ", measured with Go's tracer on. Main took " + Elapsed(length)
}

// TimelineTogether says how much ran at the same moment.
func TimelineTogether(together, alone, length time.Duration) string {
	if together == 0 {
		return "No two goroutines of the program ran at the same moment. One ran for " + Elapsed(alone) + " of " + Elapsed(length) + "."
	}
	return "Two or more goroutines of the program ran at the same moment for " + Elapsed(together) + " of " + Elapsed(length) + ", and exactly one for " + Elapsed(alone) + "."
}

// The legend of the time axis.
const (
	TimelineRunning = "runs on a processor"
	TimelineReady   = "ready, waits for a processor"
	TimelineWaiting = "waits for something else"
	TimelineMeans   = "A goroutine runs where Go has given it a processor. The operating system may pause it even then, which cannot be seen here. The tracer makes this run a little slower than those in the table."
	TimelineText    = "█ runs all of the time that one sign stands for, ▓ half of it and more, ░ less; · is there and does not run"
)

// TimelineColumns says that there was too much to draw each change.
func TimelineColumns(wide time.Duration) string {
	return "There are too many changes to draw each of them. A column is " + Elapsed(wide) + " wide, and filled to the height of its part in which the goroutine ran."
}

// TimelineLeft says which goroutines have no lane.
func TimelineLeft(n int, ran time.Duration) string {
	return Count(n, "more goroutine") + " ran least and " + are(n) + " not drawn: " + Elapsed(ran) + " all together."
}

func are(n int) string {
	if n == 1 {
		return "is"
	}
	return "are"
}

// Untimed says why there is no time axis, by the reason.
func Untimed(reason string) string {
	const none = "There is no picture with a time axis: "
	switch reason {
	case "long":
		return none + "so much happened in this program that Go's tracer wrote too much."
	case "build":
		return none + "the program could not be built with Go's tracer."
	case "time":
		return none + "the measurement was stopped before."
	case "failed":
		return none + "the program failed when Go's tracer was on."
	}
	return none + "Go's tracer wrote nothing up to the end of main. A program that calls os.Exit ends before it."
}

// SpeedPlot is what the plot shows; SpeedPlotIdeal and SpeedPlotLaw name its lines.
const (
	SpeedPlot      = "times as fast, by the number of processors: medians, and the middle half of the runs"
	SpeedPlotIdeal = "ideal"
	SpeedPlotLaw   = "Amdahl"
)

// SpeedRow is a row of the table in a sentence.
func SpeedRow(procs int, median, low, high time.Duration, times, ideal float64, verdict string) string {
	s := Count(procs, "processor") + ": median " + Elapsed(median) + ", middle half " + SpeedRange(low, high) + ", " + SpeedTimes(times) + " as fast, ideal " + SpeedTimes(ideal)
	if verdict == SpeedFirst {
		return s + "."
	}
	return s + ", " + verdict + "."
}

// TimelineSpan is a time in which a goroutine did not change its state.
func TimelineSpan(name, does string, from, to time.Duration, proc int) string {
	s := name + " " + does + " from " + Elapsed(from) + " to " + Elapsed(to)
	if proc >= 0 {
		s += " (processor " + strconv.Itoa(proc) + ")"
	}
	return s
}

// TimelineWhen lists when a goroutine ran: the first few times.
func TimelineWhen(spans []string, more int) string {
	if len(spans) == 0 {
		return "never"
	}
	s := strings.Join(spans, ", ")
	if more > 0 {
		s += ", and " + Count(more, "more time")
	}
	return s
}

// MagicBadRealOption refuses an option of %real.
func MagicBadRealOption(option string) string {
	return fmt.Sprintf("%q is no option of %%real: it takes -procs 1,2,4 and -repeat 7", option)
}

// SpeedBadProcs refuses a list of processors.
func SpeedBadProcs(text string, values, most int) string {
	return fmt.Sprintf("-procs takes up to %d whole numbers from 1 to %d, as in 1,2,4, and not %q", values, most, text)
}

// SpeedBadRepeat refuses a number of runs.
func SpeedBadRepeat(text string, most int) string {
	return fmt.Sprintf("-repeat takes a whole number from 1 to %d, and not %q", most, text)
}

// What a cell that is measured cannot have, and why.
const (
	SpeedOrRace     = "the race detector makes a program several times slower: measure without %race"
	SpeedOrProcs    = "%real -procs says on how many processors: leave out %procs"
	SpeedOrOutcome  = "a measured program is built as it is, and tells no values: print them, or leave out %outcome"
	SpeedOrTokens   = "a measured run is not recorded: leave one of the two out"
	SpeedNoMain     = "there is no func main to measure"
	SpeedNoMainHint = "write the program with func main in this cell, below %real -procs"
	SpeedContinues  = "a cell that continues a program cannot be measured: the program waits at its prompts"
	SpeedTalks      = "a program that uses GoNB's displays cannot be measured: it waits for GoNB"
)

// SpeedCommand refuses one of GoNB's commands in a cell that is measured.
func SpeedCommand(command string) string {
	return "a cell with %" + command + " cannot be measured: GoNB would run the program itself"
}

// Of the command line.
const (
	HelpProcs       = "with -real, measure how much faster it gets with more processors: a `list` as 1,2,4"
	HelpRepeat      = "with -real, measure `so many` runs with each number of processors (usually 7)"
	FlagSpeedIsReal = "-procs and -repeat measure real runs: add -real"
)
