package hint

import (
	"regexp"
	"sync"

	"threading101/kernel/words"
	"threading101/kernel/words/finding"
)

// rows are the compiled patterns of finding.HintsOfCompiler.
var rows = sync.OnceValue(func() (all []*regexp.Regexp) {
	for _, row := range finding.HintsOfCompiler {
		all = append(all, regexp.MustCompile(`^(?:`+row.Message+`)`))
	}
	return all
})

// OfError makes hints of the compiler's first error: at a place, in a line of source,
// with the advice that its report gives, "" if it gives none.
func OfError(place, source, message, advice string) []string {
	missing, write := finding.HintCompiler, finding.HintCompilerWrite
	for i, pattern := range rows() {
		if m := pattern.FindStringSubmatchIndex(message); m != nil {
			row := finding.HintsOfCompiler[i]
			missing = string(pattern.ExpandString(nil, row.Missing, message, m))
			write = string(pattern.ExpandString(nil, row.Write, message, m))
			break
		}
	}
	if advice != "" {
		write = advice
	}
	return []string{finding.HintLookAt(place, words.Plain(source, 120)), words.Plain(missing, 300), words.Plain(write, 300)}
}
