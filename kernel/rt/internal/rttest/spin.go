package rttest

import "sync/atomic"

// Spin computes until it is over, in a function that is none of the recorder's.
func Spin(over *atomic.Bool) {
	for !over.Load() {
	}
}
