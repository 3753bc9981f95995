package sched

// Token names a run so that anybody who has the same code can have it again:
//
//	t2-x7k2m-482913-000000kf-cp
//
// version, code, what decided, trail, checksum. It holds letters, digits, dots
// and dashes only, and reading it forgives what happens to a text on a page, in
// a chat or on a slide: see [ParseToken].
//
// What decided is the decimal seed, of a program that cells continue that of each
// with dots between them, and an "e" behind where its main returned; or "s" and the switches, which can be
// edited by hand: "s12.3x15.2" is goroutine 3 after 12 steps, goroutine 2 after
// 15, "p0.1" that the first other choice falls on 1. An "f" at its end is the
// free clock. Who edits a token replaces what follows by "manual", as nobody can
// work out a trail or a checksum: t2-x7k2m-s12.3x16.2-manual.
type Token struct {
	Version int    // 0: [TokenVersion]
	Code    string // hash of the program: letters of [Letters]
	Spec    Spec   // its Seed or its Switches, and its Clock; a token has nothing else of it
	Trail   []byte // 5-bit values, oldest first: see [Trail]; nil if it is not known
}

// TokenVersion is the version of the tokens written here. Another version may
// decide otherwise with the same seed.
const TokenVersion = 2

// What a token may be refused for.
var (
	ErrMangled error = tokenError("the token is damaged")
	ErrVersion error = tokenError("the token is of another version")
)

type tokenError string

func (e tokenError) Error() string { return string(e) }

// Letters are the digits of base 32 that nobody takes for one another
// (Crockford): there is no i, l, o or u.
const Letters = "0123456789abcdefghjkmnpqrstvwxyz"

// manual stands where a token edited by hand has no checksum. No checksum
// contains a u. (Read as "manua1", as every l is.)
const manual = "manual"

// String writes the token.
func (t Token) String() string {
	version := t.Version
	if version == 0 {
		version = TokenVersion
	}
	text := "t" + decimal(uint64(version)) + "-" + t.Code + "-" + t.Spec.body()
	if len(t.Trail) > 0 {
		text += "-" + letters(t.Trail)
	}
	return text + "-" + checksum(text)
}

// body writes what decides.
func (s Spec) body() string {
	text := decimal(s.Seed) + formatNumbers(".", s.Later)
	switch {
	case s.Switches != nil:
		text = "s" + FormatSwitches(s.Switches)
	case s.Ends:
		text += "e"
	}
	if s.Clock == Free {
		text += "f"
	}
	return text
}

func letters(values []byte) string {
	text := make([]byte, len(values))
	for i, v := range values {
		text[i] = Letters[v&31]
	}
	return string(text)
}

// ParseToken reads a token. Upper case is as good as lower, o as 0, i and l as
// 1, any dash as any other; blanks and line breaks are left out wherever they
// are, and quotes, brackets and full stops around it.
//
// The error is [ErrMangled] if it is not one or was changed: of one changed
// character, one missing, one too many, and two that changed places, none goes
// unnoticed; of other damage, one in a thousand. It is [ErrVersion] for a sound
// token of another version; only its Version is returned.
func ParseToken(text string) (Token, error) {
	text = normal(text)
	parts := splitAll(text, '-')
	if len(parts) < 4 || len(parts) > 5 {
		return Token{}, ErrMangled
	}
	sum := parts[len(parts)-1]
	covered := text[:len(text)-len(sum)-1]
	edited := len(parts) == 4 && sum == normal(manual)
	if !edited && sum != checksum(covered) {
		return Token{}, ErrMangled
	}
	version, ok := tokenVersion(parts[0])
	switch {
	case !ok:
		return Token{}, ErrMangled
	case version != TokenVersion:
		return Token{Version: version}, ErrVersion
	}
	t := Token{Version: version, Code: parts[1]}
	_, ok = values(t.Code)
	ok = ok && t.Code != "" && t.Spec.setBody(parts[2])
	if ok && len(parts) == 5 {
		t.Trail, ok = values(parts[3])
		ok = ok && len(t.Trail) > 0
	}
	if !ok {
		return Token{}, ErrMangled
	}
	return t, nil
}

// tokenVersion reads "t2".
func tokenVersion(text string) (version int, ok bool) {
	if len(text) < 2 || len(text) > 5 || text[0] != 't' {
		return 0, false
	}
	n, ok := parseDecimal(text[1:])
	return int(n), ok
}

// setBody is the inverse of body.
func (s *Spec) setBody(text string) (ok bool) {
	if n := len(text); n > 0 && text[n-1] == 'f' {
		s.Clock, text = Free, text[:n-1]
	}
	if text != "" && text[0] == 's' {
		s.Switches, ok = ParseSwitches(text[1:])
		return ok
	}
	if n := len(text); n > 0 && text[n-1] == 'e' {
		s.Ends, text = true, text[:n-1]
	}
	seeds, ok := parseSeeds(text)
	if !ok {
		return false
	}
	if s.Seed = seeds[0]; len(seeds) > 1 {
		s.Later = seeds[1:]
	}
	return true
}

// values is the inverse of letters.
func values(text string) (all []byte, ok bool) {
	for i := range len(text) {
		v := 0
		for v < len(Letters) && Letters[v] != text[i] {
			v++
		}
		if v == len(Letters) {
			return nil, false
		}
		all = append(all, byte(v))
	}
	return all, true
}

// checksum is two letters that depend on every character of text. The first
// nine bits are a polynomial over the prime field of 509, at a point that
// is neither 0, 1 nor -1: they notice one changed character and two that
// changed places. The last bit is the parity of the length, which notices one
// missing and one too many. It is the same in all versions.
func checksum(text string) string {
	const prime, point = 509, 263
	sum := 0
	for i := range len(text) {
		sum = (sum*point + symbol(text[i])) % prime
	}
	sum = sum<<1 | len(text)&1
	return Letters[sum>>5:][:1] + Letters[sum&31:][:1]
}

// symbol numbers the characters of a token from 1.
func symbol(c byte) int {
	switch {
	case c >= '0' && c <= '9':
		return int(c-'0') + 1
	case c >= 'a' && c <= 'z':
		return int(c-'a') + 11
	case c == '.':
		return 37
	}
	return 38
}

// foreign stands for a character that no token has.
const foreign = '?'

// normal writes a token as String does, if it is one.
func normal(text string) string {
	out := make([]byte, 0, len(text))
	for _, r := range text {
		if c := normalRune(r); c != 0 {
			out = append(out, c)
		}
	}
	first, end := 0, len(out)
	for first < end && !alphanumeric(out[first]) {
		first++
	}
	for end > first && !alphanumeric(out[end-1]) {
		end--
	}
	return string(out[first:end])
}

// normalRune returns what a character stands for, 0 for nothing at all.
func normalRune(r rune) byte {
	if r > 0xFF00 && r < 0xFF5F {
		r -= 0xFEE0 // of full width, as Chinese and Japanese keyboards write it
	}
	switch {
	case r >= 'A' && r <= 'Z':
		r += 'a' - 'A'
	case blank(r):
		return 0
	case dash(r):
		r = '-'
	}
	switch {
	case r == 'o':
		return '0'
	case r == 'i' || r == 'l':
		return '1'
	case r == '-' || r == '.' || r < 0x80 && alphanumeric(byte(r)):
		return byte(r)
	}
	return foreign
}

func alphanumeric(c byte) bool { return c >= '0' && c <= '9' || c >= 'a' && c <= 'z' }

// blank also names what cannot be seen: joiners, marks and soft hyphens, which
// are set only where a word may be broken.
func blank(r rune) bool {
	switch {
	case r <= ' ' || r == 0x7F || r == 0x85 || r == 0xA0 || r == 0xAD || r == 0x1680 || r == 0x3000 || r == 0xFEFF:
		return true
	}
	return r >= 0x2000 && r <= 0x200F || r >= 0x2028 && r <= 0x202F || r >= 0x205F && r <= 0x206F
}

// dash names what programs make of a dash: hyphens, dashes, the minus sign.
func dash(r rune) bool {
	switch r {
	case '-', '_', 0x00AF, 0x02D7, 0x058A, 0x2043, 0x2212, 0x2796, 0xFE58, 0xFE63:
		return true
	}
	return r >= 0x2010 && r <= 0x2015
}

func splitAll(text string, sep byte) (parts []string) {
	from := 0
	for i := range len(text) {
		if text[i] == sep {
			parts, from = append(parts, text[from:i]), i+1
		}
	}
	return append(parts, text[from:])
}
