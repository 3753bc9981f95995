// Package step lets a learner be the scheduler: they decide who goes on, at each
// moment at which more than one can, and see what comes of it.
//
// The state of a [Session] is the choices made so far, which is a token with switches.
// No process waits between two keys: each request runs the program anew with these
// choices, until it comes to a moment that none of them decides. There the run ends,
// and its recording says what could be done next and why others cannot go on. To undo
// is to leave the last choice out; what if is to begin with the choices of another
// run. The run made by hand is the replay of its token, step for step.
//
// A goal is something that is to be reached: a deadlock, a lost update, a value.
// Whether a way leads there from a state is found out by a search that begins with its
// choices (package explore).
//
// # The protocol
//
// [Session.Do] takes a [Request] and returns a [Reply]. Both are plain data and are
// written as JSON: one object a line with threading101 step -json, the data of one
// message in a comm. The fields are documented at their types; schema 1. Fields are
// only ever added, and who reads must pass over what they do not know.
//
//	→ {"do":"state"}
//	← {"schema":1,"state":{"version":1,"token":"t2-x7k2m-s-…","made":0,
//	    "goroutines":[{"id":"main","name":"main","is":"can","does":"waits for wg",…},…],
//	    "steps":[{"step":1,"goroutine":"main","op":"wg-add","does":"adds 2 to wg","line":14},…],
//	    "choices":[{"key":1,"goroutine":"main.1","name":"A","kind":"turn","op":"lock","object":"mu","does":"locks mu","line":9},…],
//	    "values":[{"name":"balance","value":"100"}],"output":"","ended":null,"goal":null}}
//	→ {"do":"choose","choice":2,"at":1}
//	← {"schema":1,"state":{"version":2,…}}
//
// A request is answered exactly once. One that cannot be obeyed is answered with
// {"schema":1,"error":{"code":"stale","message":"…"}}, and changes nothing: see [Code].
// A request that names a version (at) is only obeyed if that is the version of the
// state that there is now; so two windows on one session, or two keys in one moment,
// do no harm. [Decode] reads a request of at most [MaxRequest] bytes from whatever
// came; it returns the error to answer with.
//
// With a goal, the state may come before it is known whether a way leads there: it is
// then [Searching], and a request for the state waits until it is known.
package step
