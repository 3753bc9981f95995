package nearest

import "strings"

// Of returns the known word that is most like name, "" if none is: one slip for words of
// up to five letters, two for longer ones and for words that begin with a name of four.
// Of words equally like it, the first.
func Of(name string, known []string) string {
	best, least := "", 3
	for _, word := range known {
		if d := distance(name, word); d < least && (d < 2 || len(name) > 5 || len(name) > 3 && strings.HasPrefix(word, name)) {
			best, least = word, d
		}
	}
	return best
}

// distance counts the letters to insert, leave out, change or swap with their
// neighbour to make b of a (optimal string alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	d := make([][]int, len(x)+1)
	for i := range d {
		d[i] = make([]int, len(y)+1)
		d[i][0] = i
	}
	for j := range d[0] {
		d[0][j] = j
	}
	for i := 1; i <= len(x); i++ {
		for j := 1; j <= len(y); j++ {
			change := 1
			if x[i-1] == y[j-1] {
				change = 0
			}
			d[i][j] = min(d[i-1][j]+1, d[i][j-1]+1, d[i-1][j-1]+change)
			if i > 1 && j > 1 && x[i-1] == y[j-2] && x[i-2] == y[j-1] {
				d[i][j] = min(d[i][j], d[i-2][j-2]+1)
			}
		}
	}
	return d[len(x)][len(y)]
}
