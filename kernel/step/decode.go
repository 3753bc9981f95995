package step

import (
	"encoding/json"

	"threading101/kernel/words"
)

// MaxRequest is how many bytes a request may have: a token of a long run is the most
// that there is to say.
const MaxRequest = 64 << 10

// Schema is the version of the protocol.
const Schema = 1

// Decode reads a request. The error is what to answer with.
func Decode(data []byte) (Request, *Error) {
	var r Request
	switch {
	case len(data) > MaxRequest:
		return r, &Error{TooLarge, words.StepTooLarge(MaxRequest)}
	case json.Unmarshal(data, &r) != nil:
		return Request{}, &Error{Malformed, words.StepMalformed}
	case r.Schema != 0 && r.Schema != Schema:
		return r, &Error{BadSchema, words.StepOtherSchema(r.Schema, Schema)}
	}
	return r, nil
}

// Refused is the reply to a request that is not obeyed.
func Refused(r Request, e *Error) Reply { return Reply{Schema: Schema, ID: r.ID, Error: e} }
