package words

import "threading101/kernel/model"

// Reason is why a run ended as it did, in one line; "" where there is nothing to
// say about it.
func Reason(x *model.Execution) string {
	switch x.Status {
	case model.CutOff:
		return "main returned, so " + were(x.Ended(model.WasCutOff)) + " cut off"
	case model.Leak:
		return "main returned while " + were(x.Ended(model.WasBlocked)) + " still waiting, for good"
	}
	return x.Reason
}

// were is "A was" or "A and B were".
func were(names []string) string {
	return List(names) + Verb(len(names), " was", " were")
}

// Uncontrolled says what of a run is not controlled, or not recorded.
func Uncontrolled(x *model.Execution) (all []string) {
	for _, o := range x.Objects {
		if o.Partial {
			all = append(all, o.Name+" is also used by code that is not recorded (a library)")
		}
	}
	return append(all, x.Uncontrolled...)
}
