package explain_test

import (
	"testing"

	"threading101/kernel/proof/howto"
)

func TestToAddAnExplanation(t *testing.T) {
	howto.Hold(t, "To add an explanation", "LateAdd")
}
