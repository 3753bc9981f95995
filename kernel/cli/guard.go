package cli

import "threading101/kernel/guard"

// standGuard is what is started by a kernel, never by a person: it outlives the kernel by a
// moment and clears up what a killed kernel leaves.
func standGuard(env Env, args []string) int { return guard.Main(env.Stdin) }
