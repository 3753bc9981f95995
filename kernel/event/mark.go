package event

// A program that cells continue marks in its output where each of them is over, so
// that what is printed can be sorted by cells: an operating system command, as
// terminals have them, which no terminal shows.
const (
	MarkBegin = "\x1b]t101;"
	MarkEnd   = '\a'
)

// Mark is the mark behind the n-th cell, from 1.
func Mark(n int) []byte {
	var digits [20]byte
	i := len(digits)
	for ; n > 0; n /= 10 {
		i--
		digits[i] = byte('0' + n%10)
	}
	return append(append([]byte(MarkBegin), digits[i:]...), MarkEnd)
}
