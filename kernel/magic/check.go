package magic

import (
	"math"
	"strconv"
	"strings"

	"threading101/kernel/explore/property"
	"threading101/kernel/words"
)

// Check is what %check names between the points that it gives: all properties of the
// line, where it gives none.
type Check struct {
	Line   int
	Args   []string // as written
	Points float64  // that the property is worth; 0 without -points
}

// Unproven is what a property is worth that has not failed, where not everything was
// tried.
type Unproven string

// The answers of %check -unproven.
const (
	UnprovenPasses Unproven = "pass"
	UnprovenFails  Unproven = "fail"
	UnprovenIsHalf Unproven = "half"
)

// MostSchedules is how many schedules can be asked for: more nobody waits for.
const MostSchedules = 10_000_000

// The options of %check, behind whatever kind of dash.
const (
	pointsOption    = "points"
	unprovenOption  = "unproven"
	schedulesOption = "schedules"
)

// setCheck takes the properties as they are: what they are called is for who checks
// them. Whoever names none is told which there are.
func setCheck(c *Cell, d Directive) error {
	named, points, err := c.checkOptions(d)
	switch {
	case err != nil:
		return err
	case len(named) == 0:
		return d.fail(words.CheckWhat, words.CheckHint(property.Help()))
	case !points:
		c.Checks = append(c.Checks, Check{Line: d.Line, Args: named})
		return nil
	}
	return c.pointsOf(d, named)
}

// checkOptions takes the options out of a %check, and says whether it gives points.
func (c *Cell) checkOptions(d Directive) (named []string, points bool, err error) {
	for i := 0; i < len(d.Args); i++ {
		option := strings.TrimLeft(d.Args[i], dashes)
		switch {
		case !dashed(d.Args[i]):
			named = append(named, d.Args[i])
		case option == pointsOption:
			points, c.Graded = true, true
		case option == unprovenOption || option == schedulesOption:
			i++
			if err := c.checkOption(d, option, strings.Join(d.Args[min(i, len(d.Args)):min(i+1, len(d.Args))], "")); err != nil {
				return nil, false, err
			}
		default:
			named = append(named, d.Args[i])
		}
	}
	return named, points, nil
}

// checkOption reads the value of an option.
func (c *Cell) checkOption(d Directive, option, value string) error {
	if option == unprovenOption {
		c.Unproven = Unproven(value)
		switch c.Unproven {
		case UnprovenPasses, UnprovenFails, UnprovenIsHalf:
			return nil
		}
		return d.fail(words.CheckBadUnproven(value), "")
	}
	n, ok := Schedules(value)
	if !ok {
		return d.fail(words.CheckBadSchedules("%check -schedules", value, MostSchedules), "")
	}
	c.Schedules = n
	return nil
}

// Schedules reads how many schedules are to be tried at most.
func Schedules(text string) (n int, ok bool) {
	n, err := strconv.Atoi(strings.ReplaceAll(text, "_", ""))
	return n, err == nil && n > 0 && n <= MostSchedules
}

// pointsOf reads what each property is worth: "race-free:1 outcome n==2:0.5".
func (c *Cell) pointsOf(d Directive, named []string) error {
	from := 0
	for i, arg := range named {
		text, worth, ok := cutPoints(arg)
		if !ok {
			continue
		}
		one := append(named[from:i:i], text)
		if text == "" {
			one = one[:len(one)-1]
		}
		c.Checks = append(c.Checks, Check{Line: d.Line, Args: one, Points: worth})
		from = i + 1
	}
	if from < len(named) {
		return d.fail(words.CheckNoPoints(strings.Join(named[from:], " ")), "")
	}
	return nil
}

// cutPoints cuts what a property is worth off its end; ok is false if that is not said.
func cutPoints(arg string) (text string, worth float64, ok bool) {
	i := strings.LastIndexByte(arg, ':')
	if i < 0 {
		return arg, 0, false
	}
	worth, err := strconv.ParseFloat(arg[i+1:], 64)
	return arg[:i], worth, err == nil && worth > 0 && !math.IsInf(worth, 0)
}

// ungradable finds what %check asks for and what does not go together.
func (c *Cell) ungradable(at map[string]Directive) error {
	d := at["check"]
	switch {
	case c.Unproven == UnprovenIsHalf && !c.Graded:
		return d.fail(words.CheckHalfOfWhat, "")
	case c.Schedules > 0 && c.Budget > 0:
		return d.fail(words.CheckTimeOrSchedules, "")
	}
	for _, one := range c.Checks {
		if c.Graded && one.Points == 0 {
			return Directive{Name: d.Name, Line: one.Line}.fail(words.CheckNoPoints(strings.Join(one.Args, " ")), "")
		}
	}
	return nil
}
