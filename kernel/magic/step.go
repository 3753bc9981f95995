package magic

import (
	"slices"
	"strings"

	"threading101/kernel/words"
)

// stepUsage is what follows %step.
const stepUsage = "[TOKEN@STEP] [-goal GOAL]"

// setStep takes the token and the goal as they are: what they say is for who runs the
// cell. The token may come last.
func setStep(c *Cell, d Directive) error {
	c.Step = true
	if len(d.Args) == 0 {
		return nil
	}
	fields := strings.Fields(d.Args[0])
	at := slices.IndexFunc(fields, isGoalOption)
	if at < 0 {
		c.StepFrom = strings.Join(fields, "")
		return c.checkStep(d)
	}
	goal := fields[at+1:]
	if last := len(goal) - 1; at == 0 && last > 0 && isToken(goal[last]) {
		c.StepFrom, goal = goal[last], goal[:last]
	} else {
		c.StepFrom = strings.Join(fields[:at], "")
	}
	if c.StepGoal = strings.Join(goal, " "); c.StepGoal == "" {
		return d.fail(words.MagicUsage(d.Name, stepUsage), "")
	}
	return c.checkStep(d)
}

// checkStep refuses what cannot be a token, before anything is built.
func (c *Cell) checkStep(d Directive) error {
	if c.StepFrom != "" && !isToken(c.StepFrom) {
		return d.fail(words.MagicUsage(d.Name, stepUsage), words.StepTokenHint)
	}
	return nil
}

// isGoalOption reports whether a word is -goal, behind whatever kind of dash a program
// made of the one that was typed.
func isGoalOption(word string) bool {
	name := strings.TrimLeft(word, "-‐‑‒–—−")
	return name == "goal" && name != word
}

// isToken reports whether a word is like a token: letters, a number, dashes.
func isToken(word string) bool {
	word = strings.ToLower(word)
	return strings.HasPrefix(word, tokenSign) && strings.ContainsAny(word, "-‐‑‒–—−")
}
