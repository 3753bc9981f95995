package hint

import (
	"regexp"
	"sync"

	"threading101/kernel/words"
)

// rows are the compiled patterns of words.HintsOfCompiler.
var rows = sync.OnceValue(func() (all []*regexp.Regexp) {
	for _, row := range words.HintsOfCompiler {
		all = append(all, regexp.MustCompile(`^(?:`+row.Message+`)`))
	}
	return all
})

// OfError makes hints of the compiler's first error: at a place, in a line of source,
// with the advice that its report gives, "" if it gives none.
func OfError(place, source, message, advice string) []string {
	missing, write := words.HintCompiler, words.HintCompilerWrite
	for i, pattern := range rows() {
		if m := pattern.FindStringSubmatchIndex(message); m != nil {
			row := words.HintsOfCompiler[i]
			missing = string(pattern.ExpandString(nil, row.Missing, message, m))
			write = string(pattern.ExpandString(nil, row.Write, message, m))
			break
		}
	}
	if advice != "" {
		write = advice
	}
	return []string{words.HintLookAt(place, words.Plain(source, 120)), words.Plain(missing, 300), words.Plain(write, 300)}
}
