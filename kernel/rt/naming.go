package rt

import (
	"threading101/kernel/rt/control"
	"threading101/kernel/rt/record"
)

// GoNamed offers a name for the goroutine that go statement s starts next, "visit
// https://…", or only the text where what is empty. It returns the text.
func GoNamed[S ~string](s, rank uint32, what string, name S) S {
	if naming := namesGoroutines(); naming && what != "" {
		record.OfferName(s, rank, what+" "+string(name))
	} else if naming {
		record.OfferName(s, rank, string(name))
	}
	return name
}

// GoNumbered offers a name that ends in a number: "Worker 3".
func GoNumbered[N integer](s, rank uint32, what string, n N) N {
	if namesGoroutines() {
		record.OfferName(s, rank, what+" "+record.Decimal(n))
	}
	return n
}

// namesGoroutines says whether anybody will read the names.
func namesGoroutines() bool {
	return record.Ring != nil && (control.Active == nil || !control.Active.Quiet)
}
