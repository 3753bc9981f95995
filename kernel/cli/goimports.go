package cli

import "threading101/kernel/build"

// goimports is started by the small binary of package gonbtools, never by a person:
// "goimports -w FILE", where that takes more than the standard library.
func goimports(env Env, args []string) int {
	if len(args) != 2 {
		return 2
	}
	said, exit := build.Goimports(args[1])
	env.Stderr.Write(said)
	return exit
}
