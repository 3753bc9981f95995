package run

import (
	"os"
	"strings"

	"threading101/kernel/model"
)

// ours begins the names of variables that are between us and our parts.
const ours = "T101_"

// ringVariable tells the recorder in the program which descriptor to write to.
const ringVariable = ours + "RING"

// environment is the program's: the given one without our own variables, with
// the recording's descriptor and what the scheduler is to do, and with a race detector that neither stops at
// the first race nor waits a second before it ends.
func environment(spec *Spec, ring, folder string) []string {
	base := spec.Env
	if base == nil {
		base = os.Environ()
	}
	env := make([]string, 0, len(base)+2)
	race := "atexit_sleep_ms=0 halt_on_error=0 log_path=stderr exitcode=66"
	for _, v := range base {
		switch {
		case strings.HasPrefix(v, ours):
		case spec.Mode == model.RaceDetector && strings.HasPrefix(v, "GORACE="):
			race = strings.TrimPrefix(v, "GORACE=") + " " + race
		case strings.HasPrefix(v, "GODEBUG=") && strings.Contains(v, "tracebacklabels="):
			env = append(env, v+",tracebacklabels=0") // the recorder keeps its own data where the labels lie
		default:
			env = append(env, v)
		}
	}
	if spec.Mode == model.RaceDetector {
		env = append(env, "GORACE="+race)
	}
	if ring != "" {
		env = append(env, ringVariable+"="+ring)
	}
	if orders := spec.orders(); orders != "" && ring != "" {
		env = append(env, controlVariable+"="+orders)
	}
	if folder != "" {
		env = append(env, folderVariable+"="+folder)
	}
	return env
}

// variable returns the last value of a variable in env.
func variable(env []string, name string) string {
	for i := len(env) - 1; i >= 0; i-- {
		if v, ok := strings.CutPrefix(env[i], name+"="); ok {
			return v
		}
	}
	return ""
}
