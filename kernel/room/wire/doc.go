// Package wire is what kernels and a room tell each other: the messages as types, and the
// bounds that both sides hold them to.
//
// A kernel only ever calls: nothing listens on a learner's machine.
//
//	POST seat/join    {"code": CODE} with the seat's key → [Joined], or 403
//	POST seat/notes   [Note…] with the seat's key → 204; 401 where the room does not know the key
//	POST seat/picture [Picture] with the seat's key → 204; for a token that the room has asked for
//	GET  seat/events  with the seat's key → server-sent events, each a [Call]
//
// The key is in the header [KeyHeader]. Addresses are relative to the room's own, so that a
// proxy may put it below a path.
package wire
