package finding

import "threading101/kernel/words"

// EarlyCall is a call of a function that began before another call was over.
type EarlyCall struct {
	Function, Who, Begins     string // the call that came too early
	BeforeFunction, BeforeWho string // the call that was to be over by then
	BeforeBegins, BeforeEnds  string // its first and its last step; BeforeEnds is "" if it was never over
	Begun /* it was under way */, Same/* function */ bool
}

// ExplainCalls says which two calls came in the wrong order, or at the same time.
func ExplainCalls(c EarlyCall) string {
	if c.Same {
		return c.BeforeWho + " is " + insideOf(c.BeforeFunction) + c.span() + "; " + c.Who + " begins " + another(c.Function) + " in between, at " + c.Begins + "."
	}
	begins := c.Who + callsBegin(c.Function) + " at " + c.Begins
	switch {
	case !c.Begun:
		return begins + ", before " + theCall(c.BeforeWho, c.Who, c.BeforeFunction) + " has begun (" + c.BeforeBegins + ")."
	case c.BeforeEnds == "":
		return begins + ", and " + theCall(c.BeforeWho, c.Who, c.BeforeFunction) + " (" + c.BeforeBegins + ") never returns."
	}
	return begins + ", before " + theCall(c.BeforeWho, c.Who, c.BeforeFunction) + " is over (" + c.BeforeEnds + ")."
}

// ExplainCrowd says who begins a call while too many are inside already.
func ExplainCrowd(who, function, begins string, inside []string, most int) string {
	where := "in a call"
	if function != "" {
		where = "inside " + function
	}
	return who + callsBegin(function) + " at " + begins + ", while " + words.List(inside) + words.Verb(len(inside), " is ", " are ") + where +
		": that makes " + words.Number(len(inside)+1) + " at once, but no more than " + words.Number(most) + words.Verb(most, " is", " are") + " allowed."
}

// span is from when to when a call was under way.
func (c *EarlyCall) span() string {
	if c.BeforeEnds == "" {
		return " from " + c.BeforeBegins + " on, and never returns"
	}
	return " from " + c.BeforeBegins + " to " + c.BeforeEnds
}

func insideOf(function string) string {
	if function == "" {
		return "in its call"
	}
	return "inside " + function
}

func another(function string) string {
	if function == "" {
		return "another call"
	}
	return "its own call of " + function
}

func callsBegin(function string) string {
	if function == "" {
		return " begins its call"
	}
	return " begins its call of " + function
}

// theCall names a goroutine's call of a function.
func theCall(who, other, function string) string {
	owner := who + "'s"
	if who == other {
		owner = "its own"
	}
	return owner + " call" + words.Before(" of ", function)
}
