package gonbtools

// Environment variables between the kernel and the tools it gives to GoNB.
const (
	EnvSocket = "T101_SOCKET"     // path of the kernel's socket
	EnvKernel = "T101_KERNEL"     // absolute path of the kernel's own binary
	EnvLinks  = "T101_LINKS"      // the folder that Links made, to be taken off the PATH of real tools
	EnvGo     = "T101_REAL_GO"    // absolute path of the real go command
	EnvGopls  = "T101_REAL_GOPLS" // absolute path of the real gopls
)

// Undecided is the exit status with which an ImportsCall is left to the caller:
// build.Undecided, whose package is too much for a tool that is started four times
// in a cell.
const Undecided = -1

// BuildCall is "go build -o Output Flags…" in Dir.
type BuildCall struct {
	Dir, Output string
	Flags       []string
	Race        bool // -race was among the flags, and is no longer
	Env         []string
}

// ImportsCall is "goimports -w File" in Dir.
type ImportsCall struct {
	Dir, File string
	Env       []string
}

// GetCall is "go get Args…" in Dir.
type GetCall struct {
	Dir  string
	Args []string
	Env  []string
}

// RunCall is the start of the program that was built to Path.
type RunCall struct {
	Path      string
	Args, Env []string
	Dir       string
}

// GoplsCall is "gopls Args…" in Dir.
type GoplsCall struct {
	Dir  string
	Args []string
	Env  []string
}

// Reply answers a call in a tool's own terms.
type Reply struct {
	Exit           int
	Stdout, Stderr []byte
}

// RunReply answers a RunCall.
type RunReply struct {
	Exit int
	Exec string   // if set: become this program instead
	Env  []string // with Exec: its environment; nil means the caller's
}
