package sched

// FormatSwitches writes switches as "12.3x15.2xp0.1": after 12 steps goroutine
// 3, after 15 goroutine 2; the first choice of another kind falls on 1.
func FormatSwitches(all []Switch) string {
	return string(AppendSwitches(make([]byte, 0, 8*len(all)), all))
}

// AppendSwitches adds to text what [FormatSwitches] returns.
func AppendSwitches(text []byte, all []Switch) []byte {
	for i, s := range all {
		if i > 0 {
			text = append(text, 'x')
		}
		if s.To >= Picked {
			text = append(text, 'p')
		}
		text = appendDecimal(text, s.Step)
		text = appendDecimal(append(text, '.'), uint64(s.To%Picked))
	}
	return text
}

// ParseSwitches reads what [FormatSwitches] wrote. What it returns is not nil.
func ParseSwitches(text string) (all []Switch, ok bool) {
	all = []Switch{}
	for text != "" {
		var one string
		one, text = cut(text, 'x')
		picked := one != "" && one[0] == 'p'
		if picked {
			one = one[1:]
		}
		left, right := cut(one, '.')
		step, ok1 := parseDecimal(left)
		to, ok2 := parseDecimal(right)
		if !ok1 || !ok2 || to >= Picked {
			return nil, false
		}
		if picked {
			to += Picked
		}
		all = append(all, Switch{step, uint32(to)})
	}
	return all, true
}

// cut splits text at the first sep, which it leaves out.
func cut(text string, sep byte) (before, after string) {
	for i := range len(text) {
		if text[i] == sep {
			return text[:i], text[i+1:]
		}
	}
	return text, ""
}

func decimal(n uint64) string { return string(appendDecimal(make([]byte, 0, 20), n)) }

func appendDecimal(to []byte, n uint64) []byte {
	var text [20]byte
	i := len(text)
	for {
		i--
		text[i] = byte('0' + n%10)
		if n /= 10; n == 0 {
			return append(to, text[i:]...)
		}
	}
}

func parseDecimal(text string) (n uint64, ok bool) {
	for _, c := range []byte(text) {
		digit := uint64(c - '0')
		if c < '0' || c > '9' || n > (1<<64-1-digit)/10 {
			return 0, false
		}
		n = n*10 + digit
	}
	return n, text != ""
}
