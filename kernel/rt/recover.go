package rt

// Recovered passes on what recover returned: recover() becomes
// rt.Recovered(recover()). The call stays one by the deferred function itself;
// any other returns nil.
func Recovered(v any) any {
	if v != nil && ours(v) {
		panic(v)
	}
	return v
}
