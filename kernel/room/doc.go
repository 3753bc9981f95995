// Package room is a class that has come together: `threading101 room`. Kernels that joined
// (%room CODE, see package seat) tell it what their learners predict, run and check. The
// wall shows what the teacher puts there, and the teacher's page shows everything.
//
// A [Room] is one process that holds all in memory, and nothing longer than it runs. It
// answers plain HTTP; pages and kernels hear of what changes as server-sent events. What
// learners told is a ledger, in which each thing counts once for each learner; each page
// gets a view of it, whole, at most ten times a second. So a page that was cut off, or is
// opened late, needs nothing but the next view.
//
// # What can be on the wall
//
// The code, until there is something else. A question with the number of its answers; its
// histogram once it is revealed; a second round, and both histograms once that is revealed.
// The interleavings of a cell, counted, with what came of them. The checks of a cell. The
// picture of one run: a kernel that made it is asked to draw it, and the teacher steps
// through it. Learners who said %follow see that run, made by their own program, at that
// step; where they step through it, they are led there, and their keyboard stays theirs.
//
// # Threat model
//
// Who: learners, who have the code; others in the same network, who have not; whoever wrote
// the page that a learner looks at besides. What: what learners answered and did, their
// machines, and the lesson that should go on.
//
//	nobody without the code takes part          A code has 30 bits, is compared in constant time and
//	                                            answered alike, right or wrong from an address that tried
//	                                            too often: 10 at once and then one in 3 s from each
//	                                            address, 5 a second from all. Who has joined has a key
//	                                            of 256 bits, and does not notice.  TestWrongCodes
//	a learner is not the teacher                The secret has 128 bits and is not the code; it is in the
//	                                            part of the link that no server logs.  TestPasses
//	nobody sees answers before the reveal,      What is for the wall is made apart, from what was put
//	nor whose they are at any time              there: no name is in it.  TestNobodySeesBeforeTheReveal
//	nobody speaks for another                   A seat is found by the hash of its key; a picture is taken
//	                                            only from a seat that told of its run, and only if it is
//	                                            wanted.  TestLiar
//	a flood, a liar, a dead connection          Requests, texts, lists, pictures, seats, pages and
//	take nothing from others                    connections are bounded; who does not read is cut off.
//	                                            TestFlood, TestLiar
//	nothing of a learner's runs in a page       Texts are put into pages as text; pictures are images,
//	                                            served so that a script in one never runs; pages may load
//	                                            only our files.  TestRunOnTheWall
//	another page in the browser does nothing    Passes are for this site only, requests from others are
//	                                            refused, no page may be framed.
//	nothing of a learner's machine is reached   A kernel only calls, one address, and is led nowhere else.
//	                                            It draws only runs that it told of. It makes a run only
//	                                            where the learner follows, of the learner's own program.
//	                                            TestFalseRoom
//	a dead room stops nobody                    TestNobodyWaits, TestRestart
//
// What is not held. The connection is not encrypted: who can read the network reads the code
// and what is told, though no names. Put a proxy with a certificate before it where that
// matters (%room CODE@https://HOST/PATH). Who has the code can take many seats and answer with each:
// then open another room. The name of a notebook and what a program prints are told as they
// are, and the teacher can put them on the wall. A teacher can see, by who moves when, who is which animal.
package room
