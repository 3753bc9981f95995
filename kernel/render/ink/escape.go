package ink

import (
	"path"
	"strings"

	"threading101/kernel/words"
)

// Escape makes text safe inside an element or a quoted attribute, of XML and
// of HTML. What it gets has gone through words.Plain.
func Escape(s string) string {
	if !strings.ContainsAny(s, `<>&"'`) {
		return s
	}
	return escaper.Replace(s)
}

var escaper = strings.NewReplacer("<", "&lt;", ">", "&gt;", "&", "&amp;", `"`, "&#34;", "'", "&#39;")

// Pixels estimates how wide a text of 12px is: a little too much rather than
// too little, as fonts differ from one reader to the next.
func Pixels(s string) int {
	n := 0
	for _, r := range s {
		switch {
		case r < 0x80:
			n += int(advance[r])
		case r < 0x2000:
			n += 75
		default:
			n += 125
		}
	}
	return (n + 9) / 10
}

// BoldPixels is the same for bold text.
func BoldPixels(s string) int { return Pixels(s)*9/8 + 1 }

// advance are the widths of the ASCII characters in tenths of a pixel, at 12px.
var advance = func() (a [0x80]uint8) {
	for r := range a {
		switch {
		case strings.ContainsRune("ijl.,:;'|!I ", rune(r)):
			a[r] = 38
		case strings.ContainsRune("ft()[]r-\"", rune(r)):
			a[r] = 50
		case strings.ContainsRune("mwMW@%", rune(r)):
			a[r] = 112
		case r >= 'A' && r <= 'Z':
			a[r] = 84
		default:
			a[r] = 74
		}
	}
	return a
}()

// Fit cuts a text to a width in pixels.
func Fit(s string, width int) string {
	if Pixels(s) <= width {
		return s
	}
	end, n := 0, 10
	for i, r := range s {
		if n > width {
			break
		}
		end = i
		n += Pixels(string(r))
	}
	return strings.TrimRight(s[:end], " ") + "…"
}

// FitName cuts a name to a width in pixels, but keeps the number at its end, which may
// be all that tells it from the next name.
func FitName(s string, width int) string {
	for n := words.Width(s); n > 4; n-- {
		if short := words.Short(s, n); Pixels(short) <= width {
			return short
		}
	}
	return Fit(s, width)
}

// FileName is the last part of a file's path, "" of none.
func FileName(file string) string {
	if file == "" {
		return ""
	}
	return path.Base(file)
}
