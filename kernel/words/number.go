package words

import (
	"strconv"
	"strings"
	"time"
)

// Count is a number, with its thousands separated, and its noun.
func Count(n int, noun string) string { return amount(Number(n), noun) }

// Elapsed is a duration with three digits, as a learner would say it.
func Elapsed(d time.Duration) string {
	switch {
	case d < 0:
		return "?"
	case d < time.Microsecond:
		return strconv.FormatInt(int64(d), 10) + " ns"
	case d < time.Millisecond:
		return digits(float64(d)/1e3) + " µs"
	case d < time.Second:
		return digits(float64(d)/1e6) + " ms"
	case d < 1000*time.Second:
		return digits(float64(d)/1e9) + " s"
	}
	return strconv.FormatInt(int64(d/time.Second), 10) + " s"
}

// digits writes three digits, and no zeros after the point.
func digits(f float64) string {
	precision := 2
	if f >= 99.95 {
		precision = 0
	} else if f >= 9.995 {
		precision = 1
	}
	s := strconv.FormatFloat(f, 'f', precision, 64)
	if precision > 0 {
		s = strings.TrimRight(strings.TrimRight(s, "0"), ".")
	}
	return s
}

// Grouped is a whole number of decimal digits with its thousands separated; one
// too long to be read is rounded, and says so.
func Grouped(digits string) string {
	if len(digits) > longestNumber {
		return "≈ " + digits[:1] + "." + digits[1:2] + " × 10^" + Number(len(digits)-1)
	}
	for i := len(digits) - 3; i > 0; i -= 3 {
		digits = digits[:i] + "," + digits[i:]
	}
	return digits
}

// longestNumber is how many digits a number may have that is written out.
const longestNumber = 15

// Number is a number with its thousands separated.
func Number(n int) string { return Grouped(strconv.Itoa(n)) }

// amount is a number that was grouped, and its noun.
func amount(grouped, noun string) string { return grouped + " " + plural(grouped == "1", noun) }

// plural is a noun for one or for several.
func plural(one bool, noun string) string {
	switch {
	case one:
		return noun
	case strings.HasSuffix(noun, "s"):
		return noun + "es"
	}
	return noun + "s"
}
