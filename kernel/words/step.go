package words

// The words of a run whose choices a learner makes.

// Why a request is not obeyed.
const StepMalformed = "The request is not a JSON object of the protocol."

// StepTooLarge says how long a request may be.
func StepTooLarge(most int) string {
	return "The request is longer than " + itoa(most) + " bytes."
}

// StepOtherSchema says that a request is of another version of the protocol.
func StepOtherSchema(got, want int) string {
	return "The request is of schema " + itoa(got) + "; this kernel speaks schema " + itoa(want) + "."
}
