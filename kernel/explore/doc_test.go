package explore

import (
	"testing"

	"threading101/kernel/proof/howto"
)

func TestToAddAStrategy(t *testing.T) {
	howto.Hold(t, "To add a strategy", "SearchSample", "sampler", `"sample"`)
}
