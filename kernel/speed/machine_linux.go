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
// started; below 0 if that is not known. The numbers of the first line are user, nice,
// system, idle, iowait, irq, softirq and steal (proc(5)).
func machineTime() time.Duration {
	text, err := os.ReadFile("/proc/stat")
	line, _, _ := strings.Cut(string(text), "\n")
	fields := strings.Fields(line)
	if err != nil || len(fields) < 9 || fields[0] != "cpu" {
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
