package trace

import (
	"math"
	"strconv"
	"time"

	"threading101/kernel/event"
	"threading101/kernel/model"
)

// value returns the text of what an entry says beside its object.
func (b *builder) value(e *Entry) string {
	switch row := &event.Table[e.Op]; row.Aux {
	case event.AuxText:
		return e.Text
	case event.AuxNumber:
		return strconv.FormatInt(int64(e.Aux), 10)
	case event.AuxDuration:
		return time.Duration(e.Aux).String()
	case event.AuxBool:
		return strconv.FormatBool(e.Aux != 0)
	case event.AuxValue: // the flag of one that may fail says whether it did
		return simple(b.site(e.Site).Kind, e, !row.Fails && e.Flags&event.FlagNoValue != 0)
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
			return model.Nil
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
