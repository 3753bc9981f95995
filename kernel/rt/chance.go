package rt

import "threading101/kernel/rt/control"

// Chance draws a number from 0 to n-1, if those are few.
func Chance[T integer](n T) (i T, few bool) {
	if n <= 0 || n > control.MostChances || drawsPause(control.Active) {
		return 0, false
	}
	return T(control.ChanceControlled(control.Active, int(n))), true
}

// Shuffle brings n things into an order that the scheduler chooses.
func Shuffle(n int, swap func(i, j int)) {
	if control.Active == nil {
		return
	}
	pick := control.Active.Picker(n)
	for i := n - 1; i > 0; i-- { // Fisher and Yates
		swap(i, pick(i+1))
	}
}
