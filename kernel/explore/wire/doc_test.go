package wire

import (
	"testing"

	"threading101/kernel/proof/howto"
)

func TestToAddAKindOfNote(t *testing.T) { howto.Hold(t, "To add a kind of note", "NoteRounds") }
