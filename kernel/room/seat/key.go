package seat

import (
	"crypto/hmac"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"os"
	"path/filepath"
)

// keyFile holds what all kernels of a learner have in common, below the folder of the
// user's settings.
const keyFile = "threading101/learner"

// KeyFor is a learner's key in a room. All kernels of one user with notebooks in one folder
// have the same, so that three notebooks are one learner, and two who share an account are
// two; in another room it is another, so that nobody can put the two together.
func KeyFor(code, address, folder string) string {
	host, _ := os.Hostname()
	mac := hmac.New(sha256.New, learner())
	for _, part := range []string{host, folder, address, code} {
		mac.Write([]byte(part))
		mac.Write([]byte{0})
	}
	return hex.EncodeToString(mac.Sum(nil))
}

// learner is a random number that is drawn once for each user. Where it cannot be kept, it
// is drawn for each kernel.
func learner() []byte {
	fresh := make([]byte, 32)
	rand.Read(fresh)
	folder, err := os.UserConfigDir()
	if err != nil {
		return fresh
	}
	path := filepath.Join(folder, keyFile)
	if os.MkdirAll(filepath.Dir(path), 0o700) != nil {
		return fresh
	}
	// Of two kernels that draw at once, one is first: the file appears whole.
	if f, err := os.CreateTemp(filepath.Dir(path), "learner-"); err == nil {
		_, err = f.Write(fresh)
		if f.Close(); err == nil {
			os.Link(f.Name(), path)
		}
		os.Remove(f.Name())
	}
	if kept, err := os.ReadFile(path); err == nil && len(kept) == len(fresh) {
		return kept
	}
	return fresh
}
