package picture

import (
	"strings"
	"testing"

	"threading101/kernel/render/rendertest"
)

// Below the lanes of a deadlock stands who holds what another waits for, also where
// the names are long.
func TestLinksNameTheHolder(t *testing.T) {
	for _, names := range [][2]string{
		{"A", "B"}, {"annaPays 10", "benPays 20"}, {"theOneWhoPaysFirst", "theOneWhoPaysLater"},
	} {
		x := rendertest.Deadlock()
		x.Goroutines[1].Name, x.Goroutines[2].Name = names[0], names[1]
		picture := string(In("svg", x, Options{}))
		for _, wait := range [][2]string{{names[0], names[1]}, {names[1], names[0]}} {
			if !strings.Contains(picture, ", held by "+wait[1]+"</text>") && !strings.Contains(picture, wait[0]+" → "+wait[1]+": ") {
				t.Errorf("the picture does not say that %s waits for %s", wait[0], wait[1])
			}
		}
	}
}
