package cli

import (
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strconv"
	"strings"

	"threading101/kernel/build"
	"threading101/kernel/postgres"
	"threading101/kernel/share"
	"threading101/kernel/words"
)

// check is one line of the doctor's report: a problem's text is empty when all
// is well, else it says what is wrong and what mends it.
type check struct {
	name, found, problem string
	optional             bool
}

func doctor(env Env, args []string) int {
	if len(args) > 0 {
		return 2
	}
	found, err := findTools()
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	bad := 0
	for _, c := range []check{checkSystem(runtime.GOOS, runtime.GOARCH), checkGo(found), checkTool("gonb", found.Gonb, "-V"), checkTool("gopls", found.Gopls, "version"),
		checkKernelspec(found), checkCompiler(), checkCache(found), checkPostgres(found), checkDrivers(found), checkShare(), checkNice()} {
		mark := "ok     "
		switch {
		case c.problem != "" && c.optional:
			mark = "note   "
		case c.problem != "":
			mark, bad = "MISSING", 1
		}
		fmt.Fprintf(env.Stdout, "%s  %-12s %s\n", mark, c.name, c.found)
		if c.problem != "" {
			fmt.Fprintf(env.Stdout, "         %s\n", c.problem)
		}
	}
	return bad
}

// checkSystem says what the system lacks of what Linux has.
func checkSystem(system, arch string) check {
	c := check{name: "system", found: system + "/" + arch, optional: true}
	if system != "linux" {
		c.problem = words.DoctorLacks
	} else if arch != "amd64" {
		c.problem = words.DoctorUntried
	}
	return c
}

func checkGo(t tools) check {
	c := checkTool("go", t.Go, "version")
	if c.problem != "" {
		return c
	}
	fields := strings.Fields(c.found)
	if len(fields) > 2 && olderThan(strings.TrimPrefix(fields[2], "go"), 1, 26) {
		c.problem = words.ToolMissing("go")
	}
	return c
}

// olderThan reports whether a version like "1.25.3" is before major.minor.
func olderThan(v string, major, minor int) bool {
	parts := strings.SplitN(v, ".", 3)
	if len(parts) < 2 {
		return false
	}
	a, errA := strconv.Atoi(parts[0])
	b, errB := strconv.Atoi(parts[1])
	return errA == nil && errB == nil && (a < major || a == major && b < minor)
}

func checkTool(name, path, arg string) check {
	if _, err := os.Stat(path); err != nil {
		return check{name: name, found: "not found", problem: words.ToolMissing(name)}
	}
	return check{name: name, found: firstLine(path, []string{arg}) + "  (" + path + ")"}
}

// checkKernelspec looks for our kernelspec where Jupyter would, for a Jupyter
// beside us in .venv, for one that we were installed with by pip, and for this user.
func checkKernelspec(t tools) check {
	home := filepath.Dir(filepath.Dir(t.Self))
	places := []string{
		filepath.Join(home, ".venv", "share", "jupyter", "kernels", "threading101"),
		filepath.Join(filepath.Dir(home), "jupyter", "kernels", "threading101"),
	}
	if dir, err := kernelDir(""); err == nil {
		places = append(places, dir)
	}
	for _, place := range places {
		if _, err := os.Stat(filepath.Join(place, "kernel.json")); err == nil {
			return check{name: "kernelspec", found: place}
		}
	}
	return check{name: "kernelspec", found: "not installed", problem: words.KernelspecMissing}
}

// checkPostgres starts a server, as the first program that needs one would.
func checkPostgres(t tools) check {
	c := check{name: "PostgreSQL", optional: true}
	i, err := postgres.Find(filepath.Dir(t.Self))
	if err != nil {
		c.found, c.problem = "not found", err.Error()
		return c
	}
	dir := databaseDir()
	if err = os.Mkdir(dir, 0o711); err == nil {
		defer os.RemoveAll(dir)
		var s *postgres.Server
		if s, err = postgres.Start(context.Background(), postgres.Config{Installation: i, Dir: filepath.Join(dir, "pg")}); err == nil {
			s.Stop()
			c.found = words.DoctorPostgres(s.Version, s.Took, i.Bin)
			return c
		}
	}
	c.found, c.problem = i.Bin, err.Error()
	return c
}

// checkCache: without a seed the first cell of every user compiles the standard library.
func checkCache(t tools) check {
	if s := t.seed(); s.There() {
		return check{name: "seed cache", found: s.Dir}
	}
	return check{name: "seed cache", found: words.CacheNot, problem: words.CacheHint, optional: true}
}

// checkDrivers: without SQLite's package the first program that uses it takes a minute.
func checkDrivers(t tools) check {
	if build.HasDrivers(t.seed()) {
		return check{name: "SQLite", found: words.DriversCompiled}
	}
	return check{name: "SQLite", found: words.DriversNot, problem: words.DriversHint, optional: true}
}

// checkShare says what one program may use, and who sets it.
func checkShare() check {
	m := share.Read()
	c := check{name: "memory", found: words.DoctorShare(m.Bytes, m.Total, share.File()), optional: true}
	if m.Wrong {
		c.problem = words.DoctorShareWrong(os.Getenv(share.Variable))
	}
	return c
}

// checkNice says how programs stand back.
func checkNice() check {
	n, ok := share.Nice()
	c := check{name: "processors", found: words.DoctorNice(n), optional: true}
	if !ok {
		c.problem = words.DoctorNiceWrong(os.Getenv(share.Niceness))
	}
	return c
}

// checkCompiler: only %race needs a C compiler.
func checkCompiler() check {
	for _, cc := range []string{os.Getenv("CC"), "gcc", "clang", "cc"} {
		if cc == "" {
			continue
		}
		if path, err := exec.LookPath(cc); err == nil {
			return check{name: "C compiler", found: path}
		}
	}
	return check{name: "C compiler", found: "not found", problem: words.CompilerMissing, optional: true}
}
