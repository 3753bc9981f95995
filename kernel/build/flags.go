package build

import "strings"

// flagSet is the user's flags for the go command, sorted by what we can do
// with them.
type flagSet struct {
	user   []string // all from the request but -race, for go build
	list   []string // those that decide which packages are meant, for go list
	race   bool     //
	direct bool     // the compiler may be called directly
	linker bool     // has -ldflags
	opaque bool     // the binary depends on more than its key says
	tags   string   // build tags, wherever they come from
	clash  string   // a flag that excludes our overlay, or ""
}

// slim has the go command compile all packages without what only a debugger reads:
// it would be written, and read again by each linker, only to be left out.
const slim = "-gcflags=all=-dwarf=false"

// valued are the flags that may take their value from the next argument.
var valued = map[string]bool{
	"asmflags": true, "buildmode": true, "compiler": true, "covermode": true, "coverpkg": true, "gccgoflags": true,
	"gcflags": true, "installsuffix": true, "ldflags": true, "mod": true, "modfile": true, "overlay": true,
	"p": true, "pgo": true, "pkgdir": true, "tags": true, "toolexec": true, "C": true, "o": true,
}

// parseFlags sorts GOFLAGS and the flags of the request.
func parseFlags(goflags string, request []string) flagSet {
	s := flagSet{direct: true}
	for _, flag := range strings.Fields(goflags) {
		s.add(name(flag), []string{flag}, false)
	}
	for i := 0; i < len(request); i++ {
		n := 1
		if valued[name(request[i])] && !strings.Contains(request[i], "=") && i+1 < len(request) {
			n = 2
		}
		s.add(name(request[i]), request[i:i+n], true)
		i += n - 1
	}
	return s
}

func name(flag string) string {
	flag, _, _ = strings.Cut(strings.TrimLeft(flag, "-"), "=")
	return flag
}

// value is that of a flag written as one argument or two.
func value(args []string) string {
	if len(args) == 2 {
		return args[1]
	}
	_, v, _ := strings.Cut(args[0], "=")
	return v
}

func (s *flagSet) add(name string, args []string, fromRequest bool) {
	if name == "race" {
		s.race = !strings.HasSuffix(args[0], "=false")
		return
	}
	if fromRequest {
		s.user = append(s.user, args...)
	}
	if name == "tags" {
		s.tags = value(args)
	}
	switch name {
	case "buildvcs", "modcacherw", "p":
	case "tags", "mod":
		if fromRequest { // those of GOFLAGS reach go list by themselves
			s.list = append(s.list, args...)
		}
	case "modfile", "overlay", "C":
		s.clash, s.direct, s.opaque = "-"+name, false, true
	case "ldflags":
		s.linker, s.direct = true, false
	default:
		s.direct, s.opaque = false, true
	}
}
