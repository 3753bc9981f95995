package rt

// Recovered passes on what recover returned: recover() becomes
// rt.Recovered(recover()). The call stays one by the deferred function itself;
// any other returns nil.
func Recovered(v any) any { return v }
