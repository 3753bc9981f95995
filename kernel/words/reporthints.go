package words

// ReportHintRow is advice on messages that begin with Message, a regular
// expression; $1 in Hint stands for its first group.
type ReportHintRow struct{ Message, Hint string }

// ReportLineHints are advice for which the line in question counts too: Line is
// what it must match. $1 is a group of Message and must stand in the line where
// Line matches, if Line has a group.
var ReportLineHints = []struct{ Message, Line, Hint string }{
	{`expected ';', found |expected declaration, found while|syntax error: unexpected `, `^\s*while\b`, "Go has no while. A for with a condition does the same: for n < 3 { … }"},
	{`expected ';', found |expected declaration, found |syntax error: unexpected `, `^\s*(?:int|float64|string|bool)\s+\w`, "Go writes the name before the type: var n int, or with its first value n := 3"},
	{`expected ';', found |expected declaration, found |syntax error: unexpected `, `^\s*let\s+\w`, "Go has no let. A variable is declared with its first value: n := 3"},
	{`expected '{', found in\b`, `^\s*for\b.* in\b`, "Go writes this with range: for i := range 3 { … }, for i, v := range list { … }"},
	{`expected .*found '\+\+'`, `\+\+\s*\w`, "++ goes after the variable: i++"},
	{`undefined: (\w+)$`, `^\s*(\w+)\s*=[^=]`, "= gives a value to a variable that exists; a new one is declared with $1 := …"},
	{`undefined: (\w+)$`, `\b(wg)\.(?:Add|Done|Wait|Go)\(`, "declare it first, where everyone who uses it can see it: var $1 sync.WaitGroup"},
	{`undefined: (\w+)$`, `\b(\w+)\.(?:Lock|Unlock|TryLock)\(`, "declare it first, where everyone who uses it can see it: var $1 sync.Mutex"},
	{`.* truncated to int64`, `\btime\.(?:Hour|Minute|Second|Millisecond|Microsecond)\b`, "a duration is a whole number of nanoseconds: write 1500 * time.Millisecond, not 1.5 * time.Second."},
	{`\S+ \(no value\) used as value`, `\.Go\(`, "Go wants a function, not the result of a call: wg.Go(work), or wg.Go(func() { work(1) })"},
	{`expected .*found '--'`, `--\s*\w`, "-- goes after the variable: i--"},
}

// ReportCompileHints are looked through in order, the first that fits is shown.
// A hint must be true wherever its message can appear.
var ReportCompileHints = []ReportHintRow{
	// Syntax, in the words of go/parser (cells) and of the compiler (other files).
	{`expected declaration, found '}'`, "this } closes nothing: there is one more } than {."},
	{`expected declaration, found (?:fun|fn|def|function)\b`, "a function begins with func."},
	{`expected declaration, found (?:class|struct|'struct'|'interface'|enum)$`, "a type is declared with type: type Name struct { … }"},
	{`expected declaration, found |syntax error: non-declaration statement outside function body`,
		"outside functions only func, type, var, const and import are allowed. Statements go inside func main, or in a cell without one."},
	{`curly quotation mark`, ""}, // the message says what to do
	{`expression in (go|defer) must be function call`, "$1 needs a call. Put () after the function: $1 func() { … }() or $1 f()."},
	{`illegal character U\+201[89CD]|invalid character U\+201[89CD]`, `these are typographic quotes. Go wants the straight ones: "…".`},
	{`illegal rune literal|more than one character in rune literal`, `'…' holds one character. A text is written "…".`},
	{`string literal not terminated|newline in string`, `a text in "…" must end on the line it began on.`},
	{`raw string literal not terminated|string not terminated`, "the closing ` is missing."},
	{`comment not terminated`, "the closing */ is missing."},
	{`unexpected semicolon or newline before \{|syntax error: unexpected semicolon or newline before \{`,
		"the { must be at the end of the line before, not on a line of its own."},
	{`missing ',' before newline in |syntax error: unexpected newline in (?:composite literal|argument list|parameter list)`,
		"either the closing bracket is missing here, or the list continues: then every line ends with a comma, the last one too."},
	{`expected '{', found newline|unexpected newline, expecting \{ after`, "a { is missing at the end of this line. It cannot go on the next line."},
	{`expected (?:boolean|for loop|if|switch) .*found assignment`, "an assignment is not a condition. To compare, write ==."},
	{`expected statement, found 'else'`, "else goes on the line of the } before it: } else {"},
	{`expected operand, found 'EOF'`, "the cell ends where a value is still missing."},
	{`expected '}', found 'EOF'`, "a { has no } that closes it."},
	{`expected '\)', found 'EOF'`, "a ( has no ) that closes it."},
	{`(?:syntax error: )?cannot use assignment `, "= assigns. To compare, write ==."},

	// Names.
	{`declared and not used: `, "Go does not accept a variable inside a function that is never used. Use it, or delete it."},
	{`"[^"]*" imported and not used`, "delete this import: nothing in the cell uses it."},
	{`undefined: \w+\.\w+ \(but have (\w+)\)`, "Go tells upper and lower case apart: $1."},
	{`undefined: (true|false|nil)`, ""},
	{`(?:.* )?undefined.* \(did you mean \w+\?\)$`, ""},
	{`undefined: (True|False)$`, "in Go these are written true and false."},
	{`undefined: (None|null|NULL)$`, "in Go this is written nil."},
	{`undefined: (Print|Printf|Println|Sprint|Sprintf|Errorf)$`, "the package fmt has one: fmt.$1"},
	{`undefined: (self|this)$`, "Go has no keyword for it: each method names its receiver, like w in func (w *Worker) Run()."},
	{`undefined: \w+$`, "no declaration of this name is known. Check its spelling, or run the cell that declares it first. What is declared below a %% line belongs to that cell's main alone."},
	{`undefined: \w+\.\w+$`, "the package is there, but it has no such name. Names from packages begin with a capital letter."},
	{`[^ ]+ undefined \(type .* has no field or method \w+, but does have (?:method|field) (\w+)\)`, "Go tells upper and lower case apart: $1."},
	{`[^ ]+\.(?i:acquire) undefined \(type \*?"?sync"?\.(?:RW)?Mutex has no field or method`, "Go's mutex is taken with Lock() and released with Unlock()."},
	{`[^ ]+\.(?i:release) undefined \(type \*?"?sync"?\.(?:RW)?Mutex has no field or method`, "Go's mutex is taken with Lock() and released with Unlock()."},
	{`[^ ]+\.(?i:join) undefined \(type \*?"?sync"?\.WaitGroup has no field or method`, "to wait for a Go wait group, call Wait()."},
	{`no new variables on left side of :=`, ":= declares, and all names on its left exist already: assign with =."},
	{`(\w+) redeclared in this block`, "$1 has two declarations in one place. Keep one, or rename one."},
	{`method (\S+) already declared at`, "$1 has two declarations. Keep one."},
	{`label (\w+) defined and not used`, "delete the label: nothing jumps to it."},
	{`missing function body`, "a function's { goes on the line of func."},

	// Calls and results.
	{`missing return`, "every way through a function with a result must end in a return (or a panic)."},
	{`assignment mismatch: `, "the left side must name as many variables as the right side gives values; use _ for one you do not need."},
	{`not enough arguments in call to `, "the call gives fewer values than the function takes: have and want list them."},
	{`too many arguments in call to `, "the call gives more values than the function takes: have and want list them."},
	{`not enough return values`, "the return gives fewer values than the function promises: have and want list them."},
	{`too many return values`, "the return gives more values than the function promises: have and want list them."},
	{`(\S+) \(value of type func\(.*\) is not used`, "this names the function without calling it. To call it, put () after it."},
	{`\S+ \(no value\) used as value`, "this function returns nothing, so it cannot be used where a value is needed."},
	{`cannot use \S+ \(value of type func\(.*\) as func\(\) value in argument to \S+\.Go`, "Go takes a function without parameters. Wrap the call: func() { … }."},
	{`cannot use .* does not implement .* \(method (\w+) has pointer receiver\)`, "$1 belongs to the pointer: give the address, with & in front."},
	{`cannot use .* does not implement .* \(missing method (\w+)\)`, "the interface asks for $1, and the type does not have it."},
	{`sync\.(\w+) \(type\) is not an expression`, "this is a type. To make one: var x sync.$1"},
	{`\S+ \(type\) is not an expression`, "this is a type, and here a value is needed."},

	// Types.
	{`invalid operation: .* \(mismatched types (?:u?int\d* and time\.Duration|time\.Duration and u?int\d*)\)`, "a whole number in a variable must be converted to a duration first: time.Duration(n) * time.Second"},
	{`invalid operation: .* \(mismatched types (?:float\d+ and time\.Duration|time\.Duration and float\d+)\)`, "calculate with numbers, then convert the result to a duration: time.Duration(f * float64(time.Second))"},
	{`invalid operation: .* \(mismatched types .*\bnil\)`, "only pointers, slices, maps, channels, functions and interfaces can be compared with nil."},
	{`invalid operation: .* \(mismatched types `, "Go does not convert on its own: both sides must have the same type."},
	{`invalid operation: cannot send to receive-only channel`, "<-chan can only be received from. A channel for both is chan."},
	{`invalid operation: cannot receive from send-only channel`, "chan<- can only be sent to. A channel for both is chan."},
	{`cannot range over .* receive from send-only channel`, "chan<- can only be sent to. A channel for both is chan."},
	{`invalid operation: cannot close receive-only channel`, "a receive-only channel cannot be closed: close it where you send."},
	{`invalid operation: cannot call `, "only a function can be called."},
	{`non-boolean condition in (if|for) statement`, "the condition must be true or false; Go does not take other values for it."},
	{`use of untyped nil in `, "nil alone has no type: declare the variable with one."},
	{`cannot assign to struct field .* in map`, "take the value out, change it, and store it again: v := m[k]; v.f = …; m[k] = v"},
	{`cannot assign to \S+ \(neither addressable nor a map index expression\)`, "this is a value, not a variable."},
	{`invalid argument: index -?\d+ out of bounds \[0:(\d+)\]`, "indexes begin with 0: with $1 elements the last index is one less than $1."},
	{`break is not in a loop, switch, or select`, "break leaves a for, switch or select, and there is none here. To leave the function: return."},
	{`continue is not in a loop`, "continue starts the next round of a for, and there is none here."},
	{`func (main|init) must have no arguments and no return values`, "write func $1() { … }."},
}

// ReportCrashRow is advice on crashes whose message begins with Mark, "runtime
// error: " left out.
type ReportCrashRow struct{ Mark, Hint string }

// ReportCrashHints are looked through in order.
var ReportCrashHints = []ReportCrashRow{
	{"sync: unlock of unlocked mutex", "Unlock was called on a lock that nobody held. Each Unlock needs its own Lock before it."},
	{"sync: Unlock of unlocked RWMutex", "Unlock was called on a lock that nobody held for writing. RLock is undone by RUnlock, Lock by Unlock."},
	{"sync: RUnlock of unlocked RWMutex", "RUnlock was called more often than RLock. RLock is undone by RUnlock, Lock by Unlock."},
	{"concurrent map", "two goroutines used a map at once and one of them wrote. Guard it with a lock. %race shows both places."},
	{"sync: negative WaitGroup counter", "Done was called more often than Add had counted."},
	{"sync: WaitGroup is reused before previous Wait has returned", "a new round began before the last Wait returned. Use a new group for it."},
	{"sync: WaitGroup misuse: Add called concurrently with Wait", "call Add before the go statement, not inside the goroutine: only then does it come before Wait."},
	{"send on closed channel", "a closed channel takes no more values. Close it once, when all senders are done."},
	{"close of closed channel", "a channel can be closed only once. Let one goroutine close it, when all senders are done."},
	{"close of nil channel", "this channel was declared but never made: ch := make(chan …)"},
	{"assignment to entry in nil map", "this map was declared but never made: m := make(map[…]…)"},
	{"index out of range", "indexes begin with 0 and end one before the length."},
	{"invalid memory address or nil pointer dereference", "a pointer (or a value that holds one) was nil when it was used."},
	{"integer divide by zero", "the divisor was 0."},
	{"stack overflow", "a function calls itself without end."},
	{"interface conversion: interface", "the value held another type than the one asked for. v, ok := x.(T) asks without a panic."},
	{"makeslice: len out of range", "the length is negative or too large."},
	{"makechan: size out of range", "the size is negative or too large."},
}

// ReportDiskFull says why nothing can be compiled.
const ReportDiskFull = "the disk is full, and that is no fault of your program. Delete what you no longer need in your folder and in /tmp, or ask who looks after this machine."
