package trace

import (
	"math"
	"strconv"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/words"
)

// value returns the text of what an entry says beside its object.
func (b *builder) value(e *Entry) string {
	switch e.Op {
	case event.Print, event.Name, event.Outside:
		return e.Text
	case event.WGAdd, event.Exit, event.Select, event.SelectWant:
		return strconv.FormatInt(int64(e.Aux), 10)
	case event.Sleep, event.Timer:
		return time.Duration(e.Aux).String()
	case event.TryLock, event.TryRLock, event.StopTimer:
		return strconv.FormatBool(e.Aux != 0)
	case event.SendWant, event.Send, event.Recv, event.Load, event.Store, event.Start,
		event.AtomicLoad, event.AtomicStore, event.AtomicAdd, event.AtomicSwap:
		return simple(b.site(e.Site).Kind, e, e.Flags&event.FlagNoValue != 0)
	case event.AtomicCAS:
		return simple(b.site(e.Site).Kind, e, false)
	}
	return ""
}

// simple returns the text of a value of that kind, "" if it was not recorded.
func simple(k event.Kind, e *Entry, none bool) string {
	switch {
	case none || k == event.KindNone || (k == event.KindText) != (e.Flags&event.FlagText != 0):
		return ""
	case k == event.KindText:
		return e.Text
	}
	switch k {
	case event.KindInt:
		return strconv.FormatInt(int64(e.Aux), 10)
	case event.KindUint:
		return strconv.FormatUint(e.Aux, 10)
	case event.KindUint8:
		return strconv.FormatUint(e.Aux&math.MaxUint8, 10)
	case event.KindUint16:
		return strconv.FormatUint(e.Aux&math.MaxUint16, 10)
	case event.KindUint32:
		return strconv.FormatUint(e.Aux&math.MaxUint32, 10)
	case event.KindPointer:
		if e.Aux == 0 {
			return words.Nil
		}
	case event.KindBool:
		return strconv.FormatBool(e.Aux&1 != 0)
	case event.KindFloat32:
		return strconv.FormatFloat(float64(math.Float32frombits(uint32(e.Aux))), 'g', -1, 32)
	case event.KindFloat64:
		return strconv.FormatFloat(math.Float64frombits(e.Aux), 'g', -1, 64)
	}
	return ""
}
