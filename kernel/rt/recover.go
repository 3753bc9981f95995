package rt

import "threading101/kernel/rt/control"

// Recovered passes on what recover returned: recover() becomes
// rt.Recovered(recover()). The call stays one by the deferred function itself;
// any other returns nil.
func Recovered(v any) any {
	if v != nil && control.OwnPanic(v) {
		panic(v)
	}
	return v
}
