package rt

import "threading101/kernel/rt/control"

// Decide is the channel of one more case, the last of a select, whose operand
// is therefore evaluated when those of all others are:
//
//	case <-rt.Decide(7, false): panic("unreachable")
//
// It is never ready. A scheduler decides here which case is chosen; site is that
// of the statement, orElse says that it has a default.
func Decide(s uint32, orElse bool) <-chan struct{} {
	if control.Active != nil {
		control.Active.DecideCase(s, orElse)
	}
	return nil
}
