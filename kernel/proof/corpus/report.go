package main

import (
	"fmt"
	"io"
	"maps"
	"slices"
	"strings"
)

// report is the sum of all verdicts.
type report struct {
	programs, concurrent int // that plain Go runs here
	agree, agreeing      int // of these, those that agree
	unfit                []verdict
	listed               []verdict         // differ, as said in the list
	surprises            []verdict         // differ, though not in the list
	healed               map[string]string // agree, or are gone, though in the list
	reasons              map[string]string
	complete             bool
	threshold            float64 // the least share of the concurrent programs that must agree
}

// sum adds up; complete says that all programs were compared.
func sum(verdicts []verdict, exceptions map[string]string, complete bool) report {
	r := report{reasons: exceptions, complete: complete, healed: map[string]string{}, threshold: plainThreshold}
	for name, reason := range exceptions {
		if complete && !strings.HasPrefix(reason, "sometimes") {
			r.healed[name] = reason
		}
	}
	for _, v := range verdicts {
		r.add(v)
	}
	return r
}

func (r *report) add(v verdict) {
	if v.unfit != "" {
		r.unfit = append(r.unfit, v)
		delete(r.healed, v.program.name)
		return
	}
	r.programs++
	if v.program.concurrent {
		r.concurrent++
	}
	reason, listed := r.reasons[v.program.name]
	switch {
	case v.err == nil:
		r.agree++
		if v.program.concurrent {
			r.agreeing++
		}
		if listed && !strings.HasPrefix(reason, "sometimes") {
			r.healed[v.program.name] = reason
		}
		return
	case listed:
		r.listed = append(r.listed, v)
	default:
		r.surprises = append(r.surprises, v)
	}
	delete(r.healed, v.program.name)
}

// How many must agree: when Go schedules, and when we do.
const (
	plainThreshold   = 0.99
	controlThreshold = 0.95
)

func (r *report) ok() bool {
	enough := !r.complete || float64(r.agreeing) >= r.threshold*float64(r.concurrent)
	return enough && len(r.surprises) == 0 && len(r.healed) == 0
}

func (r *report) print(w io.Writer) {
	for _, v := range r.unfit {
		fmt.Fprintf(w, "not compared: %s: %s\n", v.program.name, v.unfit)
	}
	for _, v := range r.listed {
		fmt.Fprintf(w, "differs, as listed: %s: %s\n", v.program.name, r.reasons[v.program.name])
	}
	for _, name := range slices.Sorted(maps.Keys(r.healed)) {
		fmt.Fprintf(w, "listed, but agrees or is not there: %s\n", name)
	}
	for _, v := range r.surprises {
		fmt.Fprintf(w, "DIFFERS: %s: %v\n", v.program.name, v.err)
	}
	fmt.Fprintf(w, "%d of %d programs agree with plain Go (%s); of these that are concurrent %d of %d (%s)\n",
		r.agree, r.programs, percent(r.agree, r.programs), r.agreeing, r.concurrent, percent(r.agreeing, r.concurrent))
}

func percent(n, of int) string {
	if of == 0 {
		return "–"
	}
	return fmt.Sprintf("%.1f %%", 100*float64(n)/float64(of))
}

// lines are the verdicts on a program in short.
func lines(all []*verdict) string {
	var text strings.Builder
	for _, v := range all {
		if v != nil {
			text.WriteString(v.line() + "\n")
		}
	}
	return text.String()
}

// line is one verdict in short.
func (v verdict) line() string {
	switch {
	case v.unfit != "":
		return "unfit " + v.program.name
	case v.err != nil:
		return "DIFF  " + v.program.name
	}
	return fmt.Sprintf("ok    %s (%d events)", v.program.name, v.events)
}
