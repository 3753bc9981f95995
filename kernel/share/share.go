// Package share says what one kernel may take of a machine that many learners have in
// common, and reads what a teacher has set instead: THREADING101_MEMORY, THREADING101_FILE
// and THREADING101_NICE, in the environment that Jupyter is started in.
//
// These limits keep a mistake from being everybody's: a program that allocates for ever is
// stopped, and told why. They do not hold against somebody who means harm, who can set the
// variables, too. What does is the operating system: a limit for each user (systemd, a
// container, the hub), which this package finds and takes for the machine. See SECURITY.md.
package share

import (
	"math"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// What a teacher sets: 512M, 2G, or 10% of the machine; the largest file that a program
// may write, as 512M or 2G; and how nice programs are to everything else, from 0 to 19.
const (
	Variable = "THREADING101_MEMORY"
	FileSize = "THREADING101_FILE"
	Niceness = "THREADING101_NICE"
)

// usualNice gives a program a third of the weight of a kernel that compiles: four that spin
// leave it nearly half of a processor, and where all are busy they still get on. With a tenth,
// a program of a full machine printed for twenty seconds what takes it four.
const (
	usualNice = 5
	mostNice  = 19
)

// Nice is how nice a learner's program is at least. ok is false if what was set means
// nothing.
func Nice() (n int, ok bool) {
	set := os.Getenv(Niceness)
	if set == "" {
		return usualNice, true
	}
	n, err := strconv.Atoi(set)
	if err != nil || n < 0 || n > mostNice {
		return usualNice, false
	}
	return n, true
}

// largestFile is what a file may have if nobody says otherwise: a loop that writes for
// ever does not fill the disk.
const largestFile = 1 << 30

// File is the size of the largest file that a learner's program may write.
func File() int64 {
	if n, ok := parse(os.Getenv(FileSize), 0); ok {
		return n
	}
	return largestFile
}

const (
	// mostOfMachine is the part of the machine's memory that a kernel may have in any case:
	// two greedy programs must not be enough to stop everybody.
	mostOfMachine = 2.5
	// usual is the part that it may have if nobody says otherwise.
	usual = 4
	// least is what a kernel needs for a lesson.
	least = 128 << 20
)

// Memory is how much a learner's program may use.
type Memory struct {
	Bytes int64
	Total int64  // what the machine has, or the container or the user
	Set   string // what the teacher has set; "" is: nothing, or nothing that can be read
	Wrong bool   // it was set to something that means nothing, or to more than there may be
}

// Read finds the share of this process. Where the memory of the machine is not known
// there is no limit.
func Read() Memory { return of(os.Getenv(Variable), total("/", "/proc/self/cgroup")) }

func of(set string, total int64) Memory {
	m := Memory{Total: total, Bytes: max(total/usual, least)}
	most := max(int64(float64(total)/mostOfMachine), least)
	wanted, ok := parse(set, total)
	switch {
	case set == "":
	case !ok:
		m.Wrong = true
	default:
		m.Set, m.Bytes, m.Wrong = set, max(min(wanted, most), least), wanted > most || wanted < least
	}
	return m
}

// parse reads a size: bytes, or with a K, M or G behind, or a part of the total in percent.
func parse(text string, total int64) (int64, bool) {
	text = strings.TrimSuffix(strings.TrimSuffix(strings.ToUpper(strings.TrimSpace(text)), "B"), "I")
	unit := 1.0
	if text != "" {
		switch last := len(text) - 1; text[last] {
		case 'K', 'M', 'G':
			unit = float64(int64(1) << (10 * (1 + strings.IndexByte("KMG", text[last]))))
			text = text[:last]
		case '%':
			unit, text = float64(total)/100, text[:last]
		}
	}
	n, err := strconv.ParseFloat(strings.TrimSpace(text), 64)
	bytes := n * unit
	if err != nil || math.IsNaN(bytes) || bytes <= 0 || bytes > 1<<60 {
		return 0, false
	}
	return int64(bytes), true
}

// total is the machine's memory, or less where this process is in a control group, of
// version 2 or 1, that may have less.
func total(root, cgroups string) int64 {
	all := machine()
	for _, path := range limits(root, cgroups) {
		text, err := os.ReadFile(path)
		if err != nil {
			continue
		}
		if n, err := strconv.ParseInt(strings.TrimSpace(string(text)), 10, 64); err == nil && n > 0 {
			all = min(all, n)
		}
	}
	return all
}

// limits are the files that may hold a limit: those of the groups that this process is in,
// and of all round them.
func limits(root, cgroups string) (paths []string) {
	text, _ := os.ReadFile(cgroups)
	add := func(mount, group, file string) {
		for {
			paths = append(paths, filepath.Join(root, mount, group, file))
			if group == "/" || group == "." {
				return
			}
			group = filepath.Dir(group)
		}
	}
	add("sys/fs/cgroup", "/", "memory.max")
	add("sys/fs/cgroup/memory", "/", "memory.limit_in_bytes")
	for line := range strings.Lines(string(text)) {
		fields := strings.SplitN(strings.TrimSpace(line), ":", 3)
		switch {
		case len(fields) < 3:
		case fields[1] == "":
			add("sys/fs/cgroup", filepath.Clean("/"+fields[2]), "memory.max")
		case fields[1] == "memory":
			add("sys/fs/cgroup/memory", filepath.Clean("/"+fields[2]), "memory.limit_in_bytes")
		}
	}
	return paths
}
