package property

import (
	"errors"
	"slices"
	"strconv"
	"strings"

	"threading101/kernel/model"
	"threading101/kernel/words"
)

// goroutines: main starts so many, or others do. A program that was to keep goroutines
// apart must still have them.
var goroutines = kind{
	name:    "goroutines",
	args:    "N",
	example: "goroutines 2",
	means:   words.Goroutines,
	read:    readGoroutines,
	violated: func(p Property, o *model.Outcome) bool {
		return o.Has("started-under-" + strconv.Itoa(p.subject.started))
	},
	marked: true,
	fails:  always(words.GoroutinesFails),
}

func readGoroutines(text string) (subject, error) {
	text = strings.TrimSpace(unquoted(text))
	n, err := strconv.Atoi(text)
	if err != nil || n < 1 || n > mostCalls {
		return subject{}, errors.New(words.GoroutinesNumber(text, mostCalls))
	}
	return subject{started: n}, nil
}

// Started are the numbers of goroutines that are asked for, each once: the search marks
// the runs that have fewer.
func Started(ps []Property) (numbers []uint32) {
	for _, p := range ps {
		if n := uint32(p.subject.started); n > 0 && !slices.Contains(numbers, n) {
			numbers = append(numbers, n)
		}
	}
	return numbers
}
