package words

import (
	"fmt"
	"strings"
)

// RaceNeedsCompiler answers a race build where there is no C compiler.
func RaceNeedsCompiler(cc string) string {
	return fmt.Sprintf("The race detector needs a C compiler, and %q is not installed.\nhint: apt-get install gcc (macOS: xcode-select --install). Without -race the program builds.\n", cc)
}

// PackageOutOfReach says, in the form of a compiler's error, that an imported
// package is not on this machine and cannot be fetched. host is "" if fetching
// is switched off.
func PackageOutOfReach(file string, line, col int, path, host string) string {
	why := host + " cannot be reached from here"
	if host == "" {
		why = "fetching is switched off (GOPROXY=off)"
	}
	return fmt.Sprintf("./%s:%d:%d: package %s is not on this machine, and %s\n"+
		"\thint: is the path right? Packages of the standard library, and packages fetched before, need no network.\n", file, line, col, path, why)
}

// ImportLeftOut says that an import was dropped that nothing uses, and that was misspelt:
// Go would refuse it. meant is "" if nothing is like it.
func ImportLeftOut(path, meant string) string {
	s := fmt.Sprintf("import %s was left out: nothing uses it, and the standard library has no such package", quote(path, 60))
	if meant != "" {
		return s + " (did you mean " + quote(meant, 60) + "?)"
	}
	return s
}

// GetTooLong says that fetching a package was given up.
func GetTooLong(limit string) string {
	return "go get: nothing came within " + limit + ", so fetching was given up.\nhint: is the network slow, or a proxy in the way? Run the cell again to try again.\n"
}

// NotRecorded says that a program runs as it is, without a picture, and why.
func NotRecorded(why string) string {
	return "This run is not drawn: the program could only be built unchanged (" + why + ")."
}

// Compiling says what a cell waits for: packages that nobody on this machine has compiled
// yet. all is 0 while it is not known how many there are.
func Compiling(done, all int, path string) string {
	of := ""
	if all > 0 {
		of = fmt.Sprintf(" of %d", all)
	}
	return fmt.Sprintf("Compiling what this cell needs, which is done once: %d%s packages, now %s", done, of, Plain(path, 60))
}

// DriversUnfetched and DriversUncompiled say why the drivers of databases were not made ready.
const (
	DriversUnfetched  = "the drivers' modules cannot be fetched"
	DriversUncompiled = "the drivers cannot be compiled"
)

// NoBuildCache says that there is no place for what is compiled.
func NoBuildCache(setting string) string {
	return fmt.Sprintf("GOCACHE is %q, which is no folder for compiled packages", Plain(setting, 60))
}

// PackageLeft says that a package could not be rewritten, and why.
func PackageLeft(path, why string) string {
	return "package " + path + " runs unchanged, so its steps are not recorded: " + why + "."
}

// OutcomeDoesNotCompile answers an expression that means nothing where main ends.
// problem is what the compiler says. undefined is the unknown name, near a known
// name like it, and inside the function that declares it; each is "" if there is
// none. scope lists the variables that can be named there.
func OutcomeDoesNotCompile(expr, problem, undefined, near, inside string, scope []string) string {
	s := fmt.Sprintf("outcome: Go cannot evaluate %s where main ends: %s.\n", expression(expr), Plain(problem, 200))
	switch {
	case strings.TrimSpace(expr) == "":
		s = "outcome: there is no expression.\n"
	case inside == "main":
		s += fmt.Sprintf("%s belongs to a block inside main, and is gone when main ends: declare it before that block.\n", Plain(undefined, 60))
	case inside != "":
		s += fmt.Sprintf("%s belongs to function %s, and main cannot see it.\n", Plain(undefined, 60), Plain(inside, 60))
	}
	switch {
	case near != "":
		return s + "hint: did you mean " + near + "?\n"
	case len(scope) > 0:
		return s + "hint: what main can see there: " + someOf(scope) + "\n"
	}
	return s + "hint: declare a variable in main, or outside all functions, and name that\n"
}

// mostNames bounds a list of names.
const mostNames = 12

func someOf(names []string) string {
	if len(names) > mostNames {
		return strings.Join(names[:mostNames], ", ") + ", …"
	}
	return strings.Join(names, ", ")
}

func expression(text string) string { return Plain(text, 100) }

// OutcomeHasNoValue answers an expression that is a type, or a call that returns
// nothing.
func OutcomeHasNoValue(expr string) string {
	return fmt.Sprintf("outcome: %s has no value.\nhint: name a variable, or call a function that returns something\n", expression(expr))
}

// OutcomeHasSeveral answers a call that returns several values.
func OutcomeHasSeveral(expr string) string {
	return fmt.Sprintf("outcome: %s has several values, and an outcome is a single one.\nhint: keep the one that matters in a variable, and name that\n", expression(expr))
}

// OutcomeReceives answers an expression that would change the run.
func OutcomeReceives(expr string) string {
	return fmt.Sprintf("outcome: %s would receive from a channel, and so change the run it looks at.\n"+
		"hint: receive it in main into a variable, and name that\n", expression(expr))
}

// NoSuchFunction answers the name of a function that does not exist; near is one
// like it, "" if there is none; known are those there are.
func NoSuchFunction(name, near string, known []string) string {
	s := fmt.Sprintf("there is no function %s in the program.\n", Plain(name, 60))
	if near != "" {
		return s + "hint: did you mean " + near + "?\n"
	}
	return s + "hint: its functions are " + someOf(known) + "\n"
}

// Why a program, or one of its packages, runs unchanged.
const (
	UnchangedCgo      = "it uses cgo"
	UnchangedNoModule = "the program is in no module"
	UnchangedInCache  = "it is in the module cache, and the go command builds this program"
	UnchangedState    = "it cannot be initialised a second time"
	UnchangedEmbeds   = "embedded files"
	UnchangedForeign  = "files in other languages"
	UnchangedAsks     = "code that asks how it was built"
	UnchangedProfile  = "a profile"
)

// UnchangedHas says so of a package that has something the compiler alone cannot take.
func UnchangedHas(what string) string { return "it has " + what }

// UnchangedFlag says so where a flag does not go with recording.
func UnchangedFlag(flag string) string { return "the flag " + flag + " is in the way" }

// UnchangedLanguage says so where go.mod asks for an older Go than the recorder.
func UnchangedLanguage(asked, needed string) string {
	return "go.mod asks for " + asked + ", and recording needs " + needed
}

// UnchangedFor says so of a package that another one, which runs unchanged, imports.
func UnchangedFor(importer string) string { return importer + " runs unchanged, and imports it" }

// ConditionDoesNotCompile answers an expression of always or eventually that means
// nothing outside of functions. The arguments are those of [OutcomeDoesNotCompile].
func ConditionDoesNotCompile(property, expr, problem, undefined, near, inside string, scope []string) string {
	s := fmt.Sprintf("%s: Go cannot evaluate %s outside of functions: %s.\n", property, expression(expr), Plain(problem, 200))
	switch {
	case inside != "":
		name := Plain(undefined, 60)
		return s + fmt.Sprintf("%s is a variable inside %s, and %s looks at variables that all goroutines share: those declared outside of functions.\n"+
			"hint: declare it outside of functions, with var; in a cell without func main, var %s = … does that, and %s := … does not\n", name, Plain(inside, 60), property, name, name)
	case near != "":
		return s + "hint: did you mean " + near + "?\n"
	case len(scope) > 0:
		return s + "hint: what can be named there: " + someOf(scope) + "\n"
	}
	return s + "hint: declare a variable outside of functions, with var, and name that\n"
}

// ConditionNotBool answers one that is neither true nor false.
func ConditionNotBool(property, expr string) string {
	return fmt.Sprintf("%s: %s is not true or false.\nhint: compare it with something, as in %s total >= 0\n", property, expression(expr), property)
}

// ConditionCalls answers one that calls the program's functions; call is what calls.
func ConditionCalls(property, expr, call string) string {
	return fmt.Sprintf("%s: %s calls a function (%s), and the check cannot see what a function reads.\n"+
		"hint: write the variables themselves, as in account.balance >= 0; len, min, max, conversions, package math and Load of an atomic are allowed\n", property, expression(expr), Plain(call, 60))
}

// ConditionUnseen answers one that reads what may change without a write to a variable.
func ConditionUnseen(property, expr, part string) string {
	return fmt.Sprintf("%s: %s reads %s, and the check cannot see when that changes.\n"+
		"hint: name variables of your own program, their fields, and elements of slices and maps\n", property, expression(expr), Plain(part, 60))
}

// ConditionAddress answers one that takes an address.
func ConditionAddress(property, expr, part string) string {
	return fmt.Sprintf("%s: %s takes the address %s, and only values can be looked at.\nhint: compare what the variables hold\n", property, expression(expr), Plain(part, 60))
}

// ConditionReceives answers one that would change the run.
func ConditionReceives(property, expr, part string) string {
	return fmt.Sprintf("%s: %s would receive from a channel (%s), and so change the run it looks at.\n"+
		"hint: receive it in the program into a variable, and name that\n", property, expression(expr), Plain(part, 60))
}
