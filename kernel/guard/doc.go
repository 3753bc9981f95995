// Package guard sees to it that what a kernel has started ends with it, however that
// ends: its processes by their group (Process) and by a variable in their environment
// (the mark), its folders, its database server. A second process of our binary, the Guard,
// does it where the kernel cannot; orphans are buried (Reap), and a kernel ends with
// whoever started it (WatchParent).
package guard
