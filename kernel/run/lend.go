package run

import (
	"os"
	"slices"
	"strings"
)

// Refused is the error of [Start] when [Spec.Lend] does not give what the program needs.
type Refused struct{ Why string } // a sentence for the learner

func (r *Refused) Error() string { return r.Why }

// borrow asks for what the program is lent. The context is that of the run.
func (r *Run) borrow() error {
	if r.spec.Lend == nil {
		return nil
	}
	env, back, err := r.spec.Lend(r.life)
	if err != nil {
		return &Refused{err.Error()}
	}
	r.back = back
	r.spec.Env = with(r.spec.Env, env)
	return nil
}

// with is an environment with some variables set. nil is this process's.
func with(env, set []string) []string {
	if env == nil {
		env = os.Environ()
	}
	env = slices.DeleteFunc(slices.Clone(env), func(entry string) bool {
		name, _, _ := strings.Cut(entry, "=")
		return slices.ContainsFunc(set, func(other string) bool { return strings.HasPrefix(other, name+"=") })
	})
	return append(env, set...)
}
