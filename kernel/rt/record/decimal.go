package record

// whole is what can be written in decimal digits.
type whole interface {
	~int | ~int8 | ~int16 | ~int32 | ~int64 | ~uint | ~uint8 | ~uint16 | ~uint32 | ~uint64 | ~uintptr
}

// Decimal is n in decimal digits.
func Decimal[N whole](n N) string {
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
