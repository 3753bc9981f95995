package gonbtools

import "context"

// Environment variables between the kernel and the tools it gives to GoNB.
const (
	EnvSocket = "T101_SOCKET"     // path of the kernel's socket
	EnvLinks  = "T101_LINKS"      // the folder that Links made, to be taken off the PATH of real tools
	EnvGo     = "T101_REAL_GO"    // absolute path of the real go command
	EnvGopls  = "T101_REAL_GOPLS" // absolute path of the real gopls
)

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

// Handler is the kernel's side. A context ends when the calling process is
// gone or the server closes.
type Handler interface {
	Build(context.Context, BuildCall) Reply
	Imports(context.Context, ImportsCall) Reply
	Get(context.Context, GetCall) Reply
	Run(context.Context, RunCall) RunReply
	Gopls(context.Context, GoplsCall) Reply
}
