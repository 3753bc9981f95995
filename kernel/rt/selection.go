package rt

import "threading101/kernel/rt/control"

// A select that is controlled stays Go's own select, over stand-ins: channels
// with room for one value, of which none is ready. Decide, evaluated when all
// operands are, chooses a case and makes its stand-in ready, and the first
// statement of that case does what is left to do. So the values of all operands,
// assignments to the left, and every break, goto and return are Go's own.

func selRecv[T any](s uint32, i int, ch <-chan T) <-chan T {
	stand, place := make(chan T, 1), new(T)
	k := control.Case{Comm: *newComm(control.ChannelAt(ch), false, place), I: i}
	k.Receive = func(wait bool) (ok, done bool) {
		if wait {
			*place, ok = <-ch
			return ok, true
		}
		done = tryRecv(ch, place, &ok)
		return ok, done
	}
	k.Open = func(ok bool) {
		if ok {
			stand <- *place
		} else {
			close(stand)
		}
	}
	control.Active.Operand(s, k)
	return stand
}

func selSend[T any](s uint32, i int, ch chan<- T) chan<- T {
	stand, place := make(chan T, 1), new(T)
	stand <- *place
	k := control.Case{Comm: *newComm(control.ChannelAt(ch), true, place), I: i}
	k.Open = func(bool) { <-stand }
	k.Sent = func() { *place = <-stand }
	k.Deliver = func() { ch <- *place }
	control.Active.Operand(s, k)
	return stand
}
