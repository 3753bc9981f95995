// Package live is the kernel's side of pictures that are stepped through, and holds what
// the page runs: live.js and live.css.
//
// A [Desk] is one widget's model for a whole kernel, in anywidget's protocol. Its script
// finds the static pictures on the page that the kernel still has the runs of, and gives
// each a button. The run's data go to the page when a picture is touched, in parts of at
// most [PartSize]; from then on the page needs no kernel. A [Desk] knows nothing of
// sockets: what it is told and what it answers are the data of comm messages.
//
// # Messages
//
// The page says, besides what every widget says (update, request_state):
//
//	{"ask": "have", "names": [NAME…]}   which of these pictures can be stepped through?
//	{"ask": "run", "name": NAME}        the run of this picture
//
//	{"ask": "step", "name": NAME, "who": ID, "request": {…}}   a request of package step; ID is that of a player
//
// and is answered:
//
//	{"have": [NAME…]}
//	{"run": NAME, "part": 0, "of": 3, "text": "…"}   the parts, put together, are a [Run] as JSON
//	{"run": NAME, "gone": true}
//	{"step": NAME, "who": ID, "part": 0, "of": 1, "text": "…"}   the parts are a [ByHand] as JSON
//	{"step": NAME, "who": ID, "gone": true}
//
// Without being asked, the kernel says where a teacher is whom the learner follows. A page
// that steps through that run goes there, and takes the keyboard from nothing:
//
//	{"lead": TOKEN, "step": 12}
//
// NAME is the id of the picture's box on the page.
//
// # State
//
// "at" has the row of each picture that is open, so that a page that is loaded again
// opens them there; "live" is false after %live off; "words" are the sentences of the page.
package live
