package magic

import (
	"strings"

	"threading101/kernel/predict"
	"threading101/kernel/words"
	"threading101/kernel/words/learning"
)

// predictUsage is what follows %predict.
const predictUsage = `"question" a | b | c`

// whole are the words that read what follows them themselves: it is one argument.
var whole = map[string]bool{"predict": true, "step": true}

func setPredict(c *Cell, d Directive) error {
	q, err := predict.Parse(d.Args[0])
	if err != nil {
		message, hint, _ := strings.Cut(err.Error(), "\nhint: ")
		return d.fail(message, hint)
	}
	for _, other := range c.Predicts {
		if other.ID() == q.ID() {
			return d.fail(words.MagicTwice(d.Name), learning.PredictTwiceHint)
		}
	}
	c.Predicts = append(c.Predicts, q)
	return nil
}

// wholeArgument is all that follows a word, as one argument; none if nothing does.
func wholeArgument(text, name string) []string {
	if rest := strings.TrimSpace(strings.TrimPrefix(strings.TrimSpace(text), name)); rest != "" {
		return []string{rest}
	}
	return nil
}
