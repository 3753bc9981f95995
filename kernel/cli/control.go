package cli

import (
	"errors"
	"flag"
	"fmt"
	"strconv"

	"threading101/kernel/program"
	"threading101/kernel/sched"
	"threading101/kernel/speed"
	"threading101/kernel/words"
)

// order is who decides the schedule of a run, as the flags say it.
type order struct {
	real, race, lenient bool
	seed, replay, clock string
	procs, repeat       string

	speed *speed.Wish // the program is measured; nil: it is run once

	wish program.Wish
}

func (o *order) declare(flags *flag.FlagSet) {
	flags.StringVar(&o.seed, "seed", "", words.HelpSeed)
	flags.StringVar(&o.replay, "replay", "", words.HelpReplay)
	flags.BoolVar(&o.lenient, "lenient", false, words.HelpLenient)
	flags.StringVar(&o.clock, "clock", "", words.HelpClock)
	flags.BoolVar(&o.real, "real", false, words.HelpReal)
	flags.StringVar(&o.procs, "procs", "", words.HelpProcs)
	flags.StringVar(&o.repeat, "repeat", "", words.HelpRepeat)
	flags.BoolVar(&o.race, "race", false, words.HelpRace)
}

// settle reads the flags' values. The error is for whoever typed them.
func (o *order) settle() error {
	if clash := o.clash(); clash != "" {
		return errors.New(clash)
	}
	w := &o.wish
	w.Real, w.Lenient, w.Anyhow = o.real, o.lenient, true
	w.Asked = o.seed != "" || o.replay != "" || o.clock != ""
	w.Insist = w.Asked
	if o.real || o.race {
		return o.readSpeed()
	}
	if o.replay != "" {
		return o.readToken()
	}
	if o.seed != "" {
		n, err := strconv.ParseUint(o.seed, 10, 64)
		if err != nil {
			return errors.New(words.FlagBadSeed(o.seed))
		}
		w.Seed = &n
	}
	switch o.clock {
	case "", sched.Virtual.String():
	case sched.Free.String():
		w.Clock = sched.Free
	default:
		return errors.New(words.FlagBadClock(o.clock))
	}
	return nil
}

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
	if o.procs+o.repeat != "" && !o.real {
		return words.FlagSpeedIsReal
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
	o.wish.Token = &token
	o.wish.Retry = "threading101 run -replay " + token.String() + " -lenient"
	return nil
}

// decided says what decided a controlled run.
func decided(control *sched.Spec) string {
	if control.Switches != nil {
		return words.DecidedBySwitches
	}
	return words.DecidedBySeed(control.Seed)
}
