package rt

// GoNumbered names the next goroutine that this one starts after a number that
// its receiver has: "Worker 3".
func GoNumbered[N integer](what string, n N) {
	if ring != nil {
		GoNamed(what + " " + decimal(n))
	}
}

// decimal is n in decimal digits.
func decimal[N integer](n N) string {
	var text [20]byte
	i, negative := len(text), n < 0
	for {
		digit := n % 10
		if digit < 0 {
			digit = -digit
		}
		i--
		text[i] = '0' + byte(digit)
		if n /= 10; n == 0 {
			break
		}
	}
	if negative {
		i--
		text[i] = '-'
	}
	return string(text[i:])
}
