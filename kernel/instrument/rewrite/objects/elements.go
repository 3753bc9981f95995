package objects

import (
	"fmt"
	"go/ast"
	"go/types"
	"strings"

	"threading101/kernel/event"
	"threading101/kernel/instrument/facts"
	"threading101/kernel/instrument/rewrite/draft"
	"threading101/kernel/instrument/syntax"
)

// Slices and maps that are given to a function of the library, which reads or
// writes their elements:
//
//	slices.Sort(s)                becomes   slices.Sort(rt.ElementsW(7, s))
//	slices.Contains(s, f())       becomes   slices.Contains(s, rt.ElementsRAfter(f(), 7, s))
//	maps.Copy(m, n)               becomes   maps.Copy(rt.MapW(7, m), rt.MapR(8, n))
//	json.Unmarshal(b, &conf)      becomes   json.Unmarshal(b, rt.Written(7, &conf))
//	json.Marshal(conf)            becomes   json.Marshal(rtfmt.Encoded(7, conf))
//
// To a search this is one step.

// How a function uses an argument: its elements are read, or written; they are moved to
// its end or beyond; more are written behind it, where there is room; what it points to is
// written. For what is beyond the text the last letter counts.
const (
	usesNot     = '-'
	readsItems  = 'r'
	maybeReads  = 'm' // the same, or not: that is decided when it is called
	readsAll    = 'l' // also what it points to, and what that leads to
	encodes     = 'e' // the same of what is exported, and has no method that says what it is
	writesItems = 'w'
	grows       = 'g'
	appends     = 'a'
	fills       = 'p'
	usesSomehow = '?' // nobody has said
)

// users are the functions that use elements, and how they use each argument.
var users = map[string]string{
	"(*encoding/gob.Decoder).Decode": "p", "(*encoding/json.Decoder).Decode": "p", "(*encoding/xml.Decoder).Decode": "p",
	"encoding/binary.Read": "--p", "encoding/json.Unmarshal": "rp", "encoding/xml.Unmarshal": "rp", "errors.As": "-p",
	"fmt.Fscan": "-p", "fmt.Fscanf": "--p", "fmt.Fscanln": "-p", "fmt.Scan": "p", "fmt.Scanf": "-p", "fmt.Scanln": "p",
	"(*database/sql.Row).Scan": "p", "(*database/sql.Rows).Scan": "p",
	"fmt.Sscan": "-p", "fmt.Sscanf": "--p", "fmt.Sscanln": "-p",

	"(*encoding/gob.Encoder).Encode": "e", "(*encoding/xml.Encoder).Encode": "e", "encoding/xml.Marshal": "e", "encoding/xml.MarshalIndent": "e-",
	"(*html/template.Template).Execute": "-l", "(*html/template.Template).ExecuteTemplate": "--l", "(*text/template.Template).Execute": "-l", "(*text/template.Template).ExecuteTemplate": "--l",
	"encoding/json.Marshal": "e", "encoding/json.MarshalIndent": "e-", "(*encoding/json.Encoder).Encode": "e",
	"encoding/binary.Write": "--r", "os.WriteFile": "-r-", "io.CopyBuffer": "--w", "io.ReadAtLeast": "-w-", "io.ReadFull": "-w", "strings.Join": "r-",

	"encoding/binary.AppendUvarint": "a-", "encoding/binary.AppendVarint": "a-", "encoding/binary.PutUvarint": "w-", "encoding/binary.PutVarint": "w-", "encoding/binary.Uvarint": "r", "encoding/binary.Varint": "r",
	"encoding/hex.AppendDecode": "ar", "encoding/hex.AppendEncode": "ar", "encoding/hex.Decode": "wr", "encoding/hex.Encode": "wr", "encoding/hex.EncodeToString": "r",
	"(*encoding/base64.Encoding).Decode": "wr", "(*encoding/base64.Encoding).Encode": "wr", "(*encoding/base64.Encoding).EncodeToString": "r",

	"bytes.Join": "lr", "crypto/md5.Sum": "r", "crypto/rand.Read": "w", "crypto/sha1.Sum": "r", "crypto/sha256.Sum256": "r", "crypto/sha512.Sum512": "r", "hash/adler32.Checksum": "r", "hash/crc32.Checksum": "r-", "hash/crc32.ChecksumIEEE": "r",
	"hash/crc32.Update": "--r", "hash/crc64.Checksum": "r-",

	"strconv.AppendBool": "a-", "strconv.AppendFloat": "a-", "strconv.AppendInt": "a-", "strconv.AppendQuote": "a-", "strconv.AppendUint": "a-",
	"errors.Join": "r", "io.MultiReader": "r", "io.MultiWriter": "r", "path.Join": "r", "path/filepath.Join": "r", "reflect.DeepEqual": "l", "runtime.KeepAlive": "-", "strings.NewReplacer": "r",

	"fmt.Append": "a-", "fmt.Appendf": "a-", "fmt.Appendln": "a-", "maps.Insert": "w-", "slices.AppendSeq": "a-", "slices.Clip": "-", "slices.Grow": "r-",
	"unicode/utf8.AppendRune": "a-", "unicode/utf8.DecodeLastRune": "r", "unicode/utf8.DecodeRune": "r", "unicode/utf8.EncodeRune": "w-", "unicode/utf8.FullRune": "r", "unicode/utf8.RuneCount": "r", "unicode/utf8.Valid": "r",

	"maps.Clone": "r", "maps.Copy": "wr", "maps.DeleteFunc": "w-", "maps.Equal": "r", "maps.EqualFunc": "rr-",

	"slices.BinarySearch": "r-", "slices.BinarySearchFunc": "r-", "slices.All": "r", "slices.Backward": "r", "slices.Values": "r", "slices.Clone": "r", "slices.Compact": "w", "slices.CompactFunc": "w-", "slices.Compare": "r", "slices.CompareFunc": "rr-",
	"slices.Concat": "r", "slices.Contains": "r-", "slices.ContainsFunc": "r-", "slices.Delete": "w-", "slices.DeleteFunc": "w-", "slices.Equal": "r", "slices.EqualFunc": "rr-",
	"slices.Index": "r-", "slices.IndexFunc": "r-", "slices.Insert": "g-", "slices.IsSorted": "r", "slices.IsSortedFunc": "r-", "slices.Max": "r", "slices.MaxFunc": "r-",
	"slices.Min": "r", "slices.MinFunc": "r-", "slices.Repeat": "r-", "slices.Replace": "w-", "slices.Reverse": "w", "slices.Sort": "w", "slices.SortFunc": "w-", "slices.SortStableFunc": "w-",

	"sort.Float64s": "w", "sort.Float64sAreSorted": "r", "sort.Ints": "w", "sort.IntsAreSorted": "r", "sort.IsSorted": "r", "sort.Reverse": "w", "sort.SearchFloat64s": "r-", "sort.SearchInts": "r-",
	"sort.SearchStrings": "r-", "sort.Slice": "w-", "sort.SliceIsSorted": "r-", "sort.SliceStable": "w-", "sort.Sort": "w", "sort.Stable": "w", "sort.Strings": "w", "sort.StringsAreSorted": "r",
}

// usage is how a function uses its i-th argument. What package bytes is given, it
// reads; a buffer or a reader that it makes of it may be used later. Read fills
// bytes, and Write reads them; so do the orders of bytes.
func usage(own map[*types.Package]bool, fn *types.Func, i int) byte {
	how := users[fn.FullName()]
	switch {
	case own[fn.Pkg()]:
		return usesNot
	case fn.Pkg().Path() == "flag" && strings.HasSuffix(fn.Name(), "Var") && fn.Name() != "Var":
		how = "p-" // the value that it has unless it is set
	case how == "" && fn.Pkg().Path() == "encoding/binary" && fn.Signature().Recv() != nil:
		how = ofOrder(fn.Name())
	case how == "" && fn.Pkg().Path() == "log/slog" && takesAny(fn.Signature(), i):
		how = "m"
	case how == "" && fn.Pkg().Path() == "bytes" && fn.Signature().Recv() == nil && !syntax.KeepsArguments(fn):
		how = "r"
	case fn.Signature().Recv() == nil:
	case (fn.Name() == "Read" || fn.Name() == "ReadAt") && ofBytes(fn):
		how = "w-"
	case (fn.Name() == "Write" || fn.Name() == "WriteAt") && ofBytes(fn):
		how = "r-"
	}
	if how == "" {
		return usesSomehow
	}
	return how[min(i, len(how)-1)]
}

// takesAny says whether what a function is given as its i-th argument may be anything.
func takesAny(sig *types.Signature, i int) bool {
	t, ok := syntax.Parameter(sig, i, false).Underlying().(*types.Interface)
	return ok && t.Empty()
}

// ofOrder is how a method of an order of bytes uses its arguments.
func ofOrder(name string) string {
	switch {
	case strings.HasPrefix(name, "Put"):
		return "w-"
	case strings.HasPrefix(name, "Append"):
		return "a-"
	case strings.HasPrefix(name, "Uint"):
		return "r"
	}
	return ""
}

// ofBytes says whether a method's first parameter is a slice of bytes.
func ofBytes(fn *types.Func) bool {
	in := fn.Signature().Params()
	return in.Len() > 0 && types.Identical(in.At(0).Type(), types.NewSlice(types.Typ[types.Byte]))
}

// UsedArguments notes what the function of a call does to the elements of its
// arguments, as far as that is known.
func UsedArguments(r *draft.Rewriting, call *ast.CallExpr) {
	for i, arg := range call.Args {
		if wrapper, op := use(r, call, i); wrapper != "" {
			usedArgument(r, call, arg, wrapper, op)
		}
	}
}

// AllArguments is UsedArguments for a call that stays as it is: where that is not known,
// it says so.
func AllArguments(r *draft.Rewriting, call *ast.CallExpr) {
	UsedArguments(r, call)
	for i, arg := range call.Args {
		if usedSomehow(r, call, i) {
			r.Sites.Note(arg.Pos(), "the use of "+objectText(r, arg), "%s is unknown", r.Facts.Function(call).Name())
		}
	}
}

// usedSomehow says whether a function of the library may do to the elements of its i-th
// argument, or to what they lead to, what nobody has said, and others may concern
// themselves with that.
func usedSomehow(r *draft.Rewriting, call *ast.CallExpr, i int) bool {
	fn, arg := r.Facts.Function(call), call.Args[i]
	if fn == nil || !r.Records() || syntax.Spreads(r.Info, call) || r.Info.Types[arg].IsNil() {
		return false
	}
	how := usage(r.Facts.Own, fn, i)
	switch how {
	case maybeReads:
		t := r.Info.TypeOf(arg)
		return leadsOn(r, arg) && !inPackage(t, fn.Pkg()) && !speaks(r, t, []string{"LogValue"}) && !types.Implements(t, failure)
	case readsAll:
		t := r.Info.TypeOf(arg)
		return leadsOnFromParts(r, arg) || syntax.Deref(t) != t && fillable(r, arg) && mayAsk(r, t)
	}
	if r.Facts.Makes(arg) || r.Facts.Private(arg) {
		return false
	}
	known := how != usesSomehow
	switch t := syntax.Core(r.Info.TypeOf(arg)).(type) {
	case *types.Slice:
		return !known && r.WorthElements(arg)
	case *types.Map:
		return !known && r.WorthMap(arg)
	case *types.Pointer:
		return fn.FullName() == "reflect.ValueOf" && fillable(r, arg)
	case *types.Interface: // nobody knows what it holds, or a type parameter stands for
		return how == fills && t.Empty()
	}
	return false
}

// failure is the interface error: what an error is, is not changed as a rule, and said by
// its method.
var failure = types.Universe.Lookup("error").Type().Underlying().(*types.Interface)

// inPackage says whether a type is one of a package.
func inPackage(t types.Type, pkg *types.Package) bool {
	n, ok := types.Unalias(t).(*types.Named)
	return ok && n.Obj().Pkg() == pkg
}

// UsesArguments says whether a call does anything to its arguments that is to be
// recorded.
func UsesArguments(r *draft.Rewriting, call *ast.CallExpr) bool {
	for i := range call.Args {
		if wrapper, _ := use(r, call, i); wrapper != "" {
			return true
		}
	}
	return false
}

// UsedLater is UsedArguments where the arguments of the call are others, which mean
// the same: it changes them.
func UsedLater(r *draft.Rewriting, call *ast.CallExpr, args []string) {
	for i, arg := range call.Args {
		if wrapper, op := use(r, call, i); wrapper != "" {
			args[i] = fmt.Sprintf("%s(%d, %s)", recorder(r, wrapper), usedSite(r, arg, op), args[i])
		}
	}
}

// use is the recorder's function for the i-th argument of a call of the library, ""
// if nothing is to be recorded about it.
func use(r *draft.Rewriting, call *ast.CallExpr, i int) (wrapper string, op event.Op) {
	fn := r.Facts.Function(call)
	if fn == nil || !r.Records() || syntax.Spreads(r.Info, call) || fn.Pkg().Path() == "sort" && sortsItself(r, call.Args[i]) {
		return "", 0
	}
	return usedWrapper(r, usage(r.Facts.Own, fn, i), call.Args[i])
}

// sortsItself says whether what is sorted has methods of the program's own for
// that, which see to what they read and write.
func sortsItself(r *draft.Rewriting, x ast.Expr) bool {
	n, ok := types.Unalias(r.Info.TypeOf(x)).(*types.Named)
	return ok && n.NumMethods() > 0 && r.Facts.Own[n.Obj().Pkg()]
}

// usedWrapper is the recorder's function for an argument, given how it is used; ""
// if it needs none.
func usedWrapper(r *draft.Rewriting, how byte, arg ast.Expr) (wrapper string, op event.Op) {
	t := r.Info.TypeOf(arg)
	switch {
	case how == usesNot || r.Info.Types[arg].IsNil():
		return "", 0
	case how == encodes && (speaks(r, t, tellers) || !leadsOn(r, arg)):
		return "", 0
	case how == encodes:
		return "Encoded", event.Load
	case r.Facts.Makes(arg):
		return "", 0
	}
	switch syntax.Core(t).(type) {
	case *types.Slice:
		if !r.WorthElements(arg) {
			return "", 0
		}
		switch how {
		case readsItems, readsAll:
			return "ElementsR", event.Load
		case writesItems:
			return "ElementsW", event.Store
		case grows:
			return "ElementsG", event.Store
		case appends:
			return "ElementsA", event.Store
		}
	case *types.Map:
		if !r.WorthMap(arg) {
			return "", 0
		}
		switch how {
		case readsItems, readsAll:
			return "MapR", event.Load
		case writesItems:
			return "MapW", event.Store
		}
	case *types.Pointer:
		switch {
		case facts.ObjectType(t) != nil || !fillable(r, arg):
		case how == fills && speaks(r, t, fillers):
		case how == fills && hides(t):
			return "Filled", event.Store
		case how == fills:
			return "Written", event.Store
		case how == readsAll && !mayAsk(r, t):
			return "Looked", event.Load
		}
	}
	return "", 0
}

// fillable says whether others may know what a pointer leads to.
func fillable(r *draft.Rewriting, x ast.Expr) bool {
	return facts.Telling(syntax.Deref(r.Info.TypeOf(x))) && knownToOthers(r, x)
}

// usedArgument notes such a use when all arguments were evaluated, or says that it
// could not.
func usedArgument(r *draft.Rewriting, call *ast.CallExpr, arg ast.Expr, wrapper string, op event.Op) {
	later, calls := syntax.ArgumentAfter(r.Info, call, arg)
	switch {
	case calledElsewhere(r):
		r.Sites.Note(arg.Pos(), "the use of "+objectText(r, arg), "the call is made later, or by another goroutine")
	case iteratesLater(r, call):
		r.Sites.Note(arg.Pos(), "the use of "+objectText(r, arg), "it is read by an iterator that is kept")
	case !calls:
		r.Wrap(arg, fmt.Sprintf("%s(%d, ", recorder(r, wrapper), usedSite(r, arg, op)), ")")
	case later != nil && r.Repeatable(arg):
		r.Wrap(later, recorder(r, wrapper+"After")+"(", fmt.Sprintf(", %d, %s)", usedSite(r, arg, op), r.Source(arg)))
	default:
		r.Sites.Note(arg.Pos(), "the use of "+objectText(r, arg), "another argument is a call that comes after it")
	}
}

// recorder is the text of a recorder's function. What an encoder reads, and what a
// decoder fills, is found by package reflect, which package rt does without.
func recorder(r *draft.Rewriting, fn string) string {
	if strings.HasPrefix(fn, "Encoded") || strings.HasPrefix(fn, "Filled") {
		return r.From(draft.PathFmt, fn)
	}
	return r.RT(fn)
}

// iteratesLater says whether the call in hand makes an iterator that is not walked
// at once.
func iteratesLater(r *draft.Rewriting, call *ast.CallExpr) bool {
	switch r.Facts.Function(call).FullName() {
	case "slices.All", "slices.Backward", "slices.Values":
	default:
		return false
	}
	switch r.Parent(1).(type) {
	case *ast.RangeStmt, *ast.CallExpr:
		return false
	}
	return true
}

func usedSite(r *draft.Rewriting, arg ast.Expr, op event.Op) uint32 {
	n := r.Sites.Site(op, arg.Pos(), objectText(r, arg))
	if _, slice := syntax.Core(r.Info.TypeOf(arg)).(*types.Slice); slice {
		r.Sites.Last().Object += "[…]"
	}
	r.Sites.Last().Inside = true
	return n
}
