package rt

// BuiltinPrint is print, for arguments of the predeclared types of integers,
// truths and strings only.
func BuiltinPrint(s uint32, args ...any) { printed(s, builtinText(args, "")) }

// BuiltinPrintln is println, for arguments of the predeclared types of integers,
// truths and strings only.
func BuiltinPrintln(s uint32, args ...any) { printed(s, builtinText(args, " ")+"\n") }

func printed(s uint32, text string) {
	if !Prints() {
		print(text)
		return
	}
	done := Stderr.Print(s, text)
	if !Quiet() {
		print(text)
	}
	done()
}

func builtinText(args []any, sep string) string {
	var text []byte
	for i, arg := range args {
		if i > 0 {
			text = append(text, sep...)
		}
		text = appendBuiltin(text, arg)
	}
	return string(text)
}

// appendBuiltin appends v as the runtime prints it.
func appendBuiltin(text []byte, v any) []byte {
	switch v := v.(type) {
	case bool:
		if v {
			return append(text, "true"...)
		}
		return append(text, "false"...)
	case string:
		return append(text, v...)
	case int:
		return append(text, decimal(v)...)
	case int8:
		return append(text, decimal(v)...)
	case int16:
		return append(text, decimal(v)...)
	case int32:
		return append(text, decimal(v)...)
	case int64:
		return append(text, decimal(v)...)
	case uint:
		return append(text, decimal(v)...)
	case uint8:
		return append(text, decimal(v)...)
	case uint16:
		return append(text, decimal(v)...)
	case uint32:
		return append(text, decimal(v)...)
	case uint64:
		return append(text, decimal(v)...)
	case uintptr:
		return append(text, decimal(v)...)
	}
	panic("rt: a value that only the runtime can print")
}
