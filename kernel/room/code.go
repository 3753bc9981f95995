package room

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"crypto/subtle"
	"encoding/hex"
	"strings"
)

// letters are those of codes: none is taken for another when it is read from a wall.
const letters = "abcdefghjkmnpqrstuvwxyz23456789"

// codeLength is how many of them a code has: one of 900 million. MinCode is the shortest
// code that a teacher may choose.
const (
	codeLength = 6
	MinCode    = 6
)

// NewCode is a random code to join a room, "kbd-7xm".
func NewCode() string {
	var b strings.Builder
	for b.Len() < codeLength {
		var one [1]byte
		rand.Read(one[:])
		if n := int(one[0]); n < 256-256%len(letters) { // each letter is as likely as any other
			b.WriteByte(letters[n%len(letters)])
		}
	}
	return Spelt(b.String())
}

// Spelt is a code as it is shown: in two halves, if it is as long as ours.
func Spelt(code string) string {
	code = plain(code)
	if len(code) != codeLength {
		return code
	}
	return code[:codeLength/2] + "-" + code[codeLength/2:]
}

// plain is a code without what is typed or not as one likes.
func plain(code string) string {
	return strings.NewReplacer("-", "", " ", "").Replace(strings.ToLower(strings.TrimSpace(code)))
}

// NewSecret is what only the teacher knows: 128 random bits.
func NewSecret() string {
	var b [16]byte
	rand.Read(b[:])
	return hex.EncodeToString(b[:])
}

// secret is kept of what somebody has to know.
type secret [sha256.Size]byte

func secretOf(text string) secret { return sha256.Sum256([]byte(text)) }

// is compares in a time that does not depend on what was given, nor on how much of it is
// right.
func (s secret) is(given string) bool {
	other := secretOf(given)
	return subtle.ConstantTimeCompare(s[:], other[:]) == 1
}

// pass is what a browser shows after it has shown the code or the secret: derived from a
// key of this room, so that nothing has to be kept of browsers.
func (r *Room) pass(role string) string {
	mac := hmac.New(sha256.New, r.key[:])
	mac.Write([]byte(role))
	return hex.EncodeToString(mac.Sum(nil))
}

// IsCode reports whether a code is long enough that nobody guesses it.
func IsCode(code string) bool {
	n := len(plain(code))
	return n >= MinCode && n <= 64 && strings.Trim(plain(code), "abcdefghijklmnopqrstuvwxyz0123456789") == ""
}
