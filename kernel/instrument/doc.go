// Package instrument rewrites a learner's program so that it writes down what its
// goroutines do: source in, source out.
//
//	mu.Lock()      becomes   rt.Lock(7, &mu)
//	go work(3)     becomes   if run := rt.Go1(8, work)(3); run != nil { go run() }
//	counter++      becomes   rt.Add(9, 10, &counter, 1)
//
// The numbers are sites: [File] returns a table that says for each of them which
// operation it is, where it is written, in which function, on which object. It also
// returns notes: what was left as it is, where, and why. Package rewrite lists what
// becomes of what.
//
// It splices text: insertions and replacements at byte offsets found with go/ast
// and go/types, applied once. Comments, directives and the position of every line
// survive by construction. Operations are rewritten, types never change: a channel
// stays a channel, a mutex a mutex. Constructs are found by the objects of go/types,
// never by their names: a variable called sync, a function called close, a dot
// import and a shadowed nil all mean what they mean.
//
// Exactness beats coverage. What cannot be rewritten so that the program means
// exactly what it meant stays as it is, and a note says so.
//
// The package knows no toolchain and touches no files.
//
// # Rooms
//
// Each room imports only rooms below it.
//
//	instrument          the entry: a file, and a program of several packages
//	rewrite             the walk over the tree, and the tables of constructs
//	  rewrite/ledger    accesses that got no site
//	  rewrite/frame     where main begins and ends; a program that is run again
//	  rewrite/flow      go statements, channels, select, loops
//	  rewrite/library   functions and methods of the library: sync, atomic, time, fmt …
//	  rewrite/objects   objects without a lock, and what is given to the library
//	  rewrite/memory    reads and writes of variables, elements and maps
//	  rewrite/stream    what may be a standard stream
//	  rewrite/naming    names for goroutines
//	  rewrite/draft     one file as it is being rewritten: what all constructs need
//	facts               what is known of the program before anything is rewritten
//	asked               expressions and functions that the caller asks to be noted
//	site                sites and notes
//	splice              changes to a text
//	syntax              questions about a node that need nothing but its types
//
// # How to add a construct
//
// A function or method of the library is a row in the map of its family. These
// files know of sync.OnceFunc, and whoever adds its sibling touches the same ones:
//
//	kernel/instrument/rewrite/library/oncefunc.go   its row: the operation, and the recorder's function
//	kernel/instrument/rewrite/library/table.go      the map of its family, among the others
//	kernel/instrument/testdata/oncefunc.txtar       a program: rewritten, compiled and run
//	kernel/rt/once.go                               what the program calls instead
//	kernel/proof/behaviour/testdata/once.txtar      what it does, under plain Go and in controlled runs
//
// Syntax is a function in a file of its own, in the room of its family, and a row in
// the table of node types, of builtin functions or of calls. These files know of the
// builtin function recover:
//
//	kernel/instrument/rewrite/flow/recover.go       the function that rewrites it
//	kernel/instrument/rewrite/forms.go              its row
//	kernel/instrument/testdata/recover.txtar        a program: rewritten, compiled and run
//	kernel/rt/builtin.go                            what the program calls as well
//
// A test holds these lists to the files. Write the txtar with its in.go alone;
//
//	go test ./kernel/instrument -run TestGolden/oncefunc -update
//
// writes the rest, which is to be read before it is committed. Ask for all changes
// round an expression before walking it: insertions nest in the order in which they
// are asked for.
//
// # Left as it is
//
// With a note at its place, and a gap in the ledger: go statements with an argument
// that takes its type from where it stands; operations through type parameters;
// defer sort.Ints(s) and its like; method expressions of objects without a lock;
// a select behind a label that a goto leads to; assignments of several values, in
// the header of an if, for or switch, to places that are found late, or where
// writing one may change which the next is; reads in front of a call whose results
// are all the arguments of another; promoted fields and methods behind two pointers
// or interfaces that change; method values of interfaces; functions of the library as
// values, where what they are given leads to what is written; its methods on structs of
// its own whose exported fields the program writes; what is given to templates, to
// reflect.DeepEqual and to log/slog, where it leads to what is written.
//
// Without a note: what methods of the library's own structs write to them by pointer, but
// for images; goroutines that libraries start (they have lanes all the same);
// what functions of packages that are in no table read and write by way of pointers,
// slices and maps given to them; reads in the initialisers of package variables;
// elements written by s = append(s, v) where another variable has the same array, s
// is no parameter, and was not given it by an assignment.
//
// # Shown by
//
// TestGolden: a txtar for each type of node in go/ast (and a test that notices a new
// one) and for each family. The output is compared, type-checked, compiled and run,
// and must do what plain Go does. TestLayout writes each program with a comment
// behind every token, with a line break behind every token that may have one, and
// with CRLF; what comes out must type-check and have as many lines.
//
// kernel/proof/forms tries pairs of 400 forms of accesses, one in each of two
// goroutines, against Go's own race detector. kernel/proof/corpus rewrites and runs
// the 1,011 programs of GOROOT/test that are a single file, and with -library
// type-checks the standard library rewritten as if it were package main.
package instrument
