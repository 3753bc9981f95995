package speed

import (
	"os"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// Watch begins to watch how busy other programs keep the machine. What it returns ends
// that, and says how many processors they used on average; below 0 if that is not known.
func Watch() (others func() float64) {
	began, all, ours := time.Now(), machineTime(), ourTime()
	return func() float64 {
		passed := time.Since(began)
		if all < 0 || passed <= 0 {
			return -1
		}
		return max(0, float64((machineTime()-all)-(ourTime()-ours))/float64(passed))
	}
}

// tick is the unit of /proc/stat on all architectures that Go supports.
const tick = 10 * time.Millisecond

// machineTime is how long all processors together were in use since the machine was
// started; below 0 if that is not known.
func machineTime() time.Duration {
	text, err := os.ReadFile("/proc/stat")
	if err != nil {
		return -1
	}
	return inUse(string(text), Processors())
}

// inUse reads that from /proc/stat, whose first line has user, nice, system, idle, iowait,
// irq, softirq and steal (proc(5)). It is not known where a program may not use all
// processors of the machine: the others may be busy without being in its way.
func inUse(text string, processors int) time.Duration {
	line, rest, _ := strings.Cut(text, "\n")
	fields := strings.Fields(line)
	if len(fields) < 9 || fields[0] != "cpu" || strings.Count("\n"+rest, "\ncpu") != processors {
		return -1
	}
	sum := 0
	for i, field := range fields[1:9] {
		if n, err := strconv.Atoi(field); err == nil && i != 3 && i != 4 {
			sum += n
		}
	}
	return time.Duration(sum) * tick
}

// ourTime is how long this process and those that it has waited for used processors.
func ourTime() (sum time.Duration) {
	for _, who := range []int{syscall.RUSAGE_SELF, syscall.RUSAGE_CHILDREN} {
		var u syscall.Rusage
		if syscall.Getrusage(who, &u) == nil {
			sum += time.Duration(u.Utime.Nano() + u.Stime.Nano())
		}
	}
	return sum
}
