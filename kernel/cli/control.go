package cli

import (
	"errors"
	"flag"
	"fmt"
	"math/rand/v2"
	"strconv"

	"threading101/kernel/build"
	"threading101/kernel/model"
	"threading101/kernel/run"
	"threading101/kernel/sched"
	"threading101/kernel/words"
)

// order is who decides the schedule of a run, as the flags say it.
type order struct {
	real, race, lenient bool
	seed, replay, clock string

	control *sched.Spec  // nil: Go's scheduler
	token   *sched.Token // the one to replay
	asked   bool         // for a controlled run, by a flag
}

func (o *order) declare(flags *flag.FlagSet) {
	flags.StringVar(&o.seed, "seed", "", words.HelpSeed)
	flags.StringVar(&o.replay, "replay", "", words.HelpReplay)
	flags.BoolVar(&o.lenient, "lenient", false, words.HelpLenient)
	flags.StringVar(&o.clock, "clock", "", words.HelpClock)
	flags.BoolVar(&o.real, "real", false, words.HelpReal)
	flags.BoolVar(&o.race, "race", false, words.HelpRace)
}

// settle reads the flags' values. The error is for whoever typed them.
func (o *order) settle() error {
	if clash := o.clash(); clash != "" {
		return errors.New(clash)
	}
	if o.asked = o.seed != "" || o.replay != "" || o.clock != ""; o.real || o.race {
		return nil
	}
	if o.replay != "" {
		return o.readToken()
	}
	spec := sched.Spec{Seed: rand.Uint64N(mostRandom) + 1}
	if o.seed != "" {
		n, err := strconv.ParseUint(o.seed, 10, 64)
		if err != nil {
			return errors.New(words.FlagBadSeed(o.seed))
		}
		spec.Seed = n
	}
	switch o.clock {
	case "", sched.Virtual.String():
	case sched.Free.String():
		spec.Clock = sched.Free
	default:
		return errors.New(words.FlagBadClock(o.clock))
	}
	o.control = &spec
	return nil
}

// mostRandom keeps the seeds that nobody chose short enough to be read out.
const mostRandom = 999_999

// clash says which flags exclude each other.
func (o *order) clash() string {
	free, which := o.real || o.race, "-real"
	if o.race {
		which = "-race"
	}
	for _, c := range []struct {
		clash      bool
		a, b, hint string
	}{
		{o.real && o.race, "-real", "-race", words.FlagRealIsNoRace},
		{o.seed != "" && o.replay != "", "-seed", "-replay", words.FlagSeedOrReplay},
		{o.clock != "" && o.replay != "", "-clock", "-replay", words.FlagReplayOrClock},
		{free && o.seed != "", which, "-seed", words.FlagRealIsFree},
		{free && o.replay != "", which, "-replay", words.FlagRealIsFree},
		{free && o.clock != "", which, "-clock", words.FlagRealIsFree},
	} {
		if c.clash {
			return words.FlagClash(c.a, c.b, c.hint)
		}
	}
	if o.lenient && o.replay == "" {
		return words.FlagLenient
	}
	return ""
}

func (o *order) readToken() error {
	token, err := sched.ParseToken(o.replay)
	switch {
	case errors.Is(err, sched.ErrVersion):
		return fmt.Errorf("threading101 run: %s", words.TokenVersion(token.Version, sched.TokenVersion))
	case err != nil:
		return fmt.Errorf("threading101 run: %s", words.TokenMangled(o.replay))
	}
	spec := token.Spec
	spec.Lenient = o.lenient
	o.token, o.control = &token, &spec
	return nil
}

// fit adapts the order to the program that was built. A token of another
// program is an error; note is what there is to say before the run.
func (o *order) fit(built build.Result) (note string, err error) {
	switch {
	case o.token != nil && !o.lenient && o.token.Code != built.Code:
		return "", errors.New(words.TokenOtherCode("threading101 run -replay " + o.token.String() + " -lenient"))
	case o.control == nil:
		return "", nil
	case !built.Instrumented:
		if o.control = nil; o.asked && built.Unrecorded == "" {
			note = words.NothingToControl(built.Uncontrolled)
		}
	case built.Outside && !o.asked:
		o.control, note = nil, words.RunsOutside(built.Uncontrolled)
	}
	return note, nil
}

// apply writes the order into what is to be run.
func (o *order) apply(spec *run.Spec, built build.Result) {
	switch spec.Mode = model.Real; {
	case o.race:
		spec.Mode = model.RaceDetector
	case o.control != nil:
		spec.Mode = model.Controlled
	}
	spec.Control, spec.ReplayOf = o.control, o.token
	spec.Code, spec.Uncontrolled, spec.Ledger = built.Code, built.Uncontrolled, built.Ledger
}

// decided says what decided a controlled run.
func (o *order) decided() string {
	if o.control.Switches != nil {
		return words.DecidedBySwitches
	}
	return words.DecidedBySeed(o.control.Seed)
}
