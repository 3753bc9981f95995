package event

// A controlled run may be asked to keep its choices: each is recorded as Decided. Where
// its source has no answer the run ends, and each thing that could be next is recorded
// as an Offer.

// Asks is what an offer answers.
type Asks uint8

// The questions.
const (
	AsksTurn    Asks = iota // who goes on
	AsksCase                // which of a select's cases
	AsksPartner             // who takes part in a communication
	AsksChance              // which of a goroutine's own alternatives: a random number, the next key of a map
	numAsks
)

// PackChoice is the Aux of a Decided: what was chosen, as a switch of a token says it,
// and among how many.
func PackChoice(to uint32, among int) uint64 { return uint64(to) | uint64(uint32(among))<<32 }

// UnpackChoice is the inverse of PackChoice.
func UnpackChoice(aux uint64) (to uint32, among int) { return uint32(aux), int(uint32(aux >> 32)) }

// PackOffer is the Aux of an Offer: the operation, the question, and which of its answers
// this is, from 0.
func PackOffer(op Op, asks Asks, nth int) uint64 {
	return uint64(op) | uint64(asks)<<8 | uint64(uint32(nth))<<16
}

// UnpackOffer is the inverse of PackOffer; ok is false if there is no such operation or
// question.
func UnpackOffer(aux uint64) (op Op, asks Asks, nth int, ok bool) {
	op, asks, nth = Op(aux), Asks(aux>>8), int(uint32(aux>>16))
	return op, asks, nth, op < numOps && asks < numAsks
}
