package event

import (
	"testing"

	"threading101/kernel/proof/howto"
)

func TestToAddAnOperation(t *testing.T) {
	howto.Hold(t, "To add an operation", "event.TryRLock", "TryRLock:", "TryRLock // Aux", "TryRLocked", "rw.TryRLock")
}
