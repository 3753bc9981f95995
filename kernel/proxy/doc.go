// Package proxy is the kernel that Jupyter talks to. To a front end it is an
// ordinary Jupyter kernel; behind it runs an unmodified GoNB, which keeps the
// cells' declarations and composes main.go. In between, the proxy answers at once
// what GoNB answers late or never, builds and runs the composed program itself
// (GoNB only believes that it does), draws the run, and reports errors at the cell
// and line that the learner wrote.
//
// The way of one cell:
//
//	front end ──execute_request──▶ queue ──▶ execution ──▶ GoNB
//	                                            ▲            │ go build, run
//	                                            └─ handler ◀─┘ (the tools of package gonbtools)
//
// The proxy keeps the protocol, the queue, GoNB and the widgets. What happens to a
// program once it is built is in package program, which shows it on the cell's
// screen (screen.go).
//
// Every message that a front end gets about a cell goes through that cell's
// output, so that prints, pictures and errors appear in the order in which they
// came.
//
// # Who owns what
//
// A cell is worked on by several goroutines, one after the other and sometimes at
// the same time. The type execution groups its fields by owner and names the
// goroutines; these are the hand-overs. Each has a test in handover_test.go that
// fails under -race when its mutex is taken out.
//
//	from            to              what                                  through
//	front           executor        a cell (given)                        queue.mu
//	executor        front           the cell that runs, to interrupt it   proxy.mu
//	executor        GoNB's tools    what the cell asks for (turn)         shared.mu, in send
//	GoNB's tools    executor        the program, how it ended (shared)    shared.mu
//	GoNB's tools    executor        what cells did and printed (part)     shared.mu, by show
//	executor        who completes   what stands around the next cell      proxy.around
//	executor        who decides     the programs that were run last       proxy.recent
//	GoNB's tools    front           runs to be stepped through            live.Desk
//	front           whoever builds  an interrupt                          program.Stop
//	GoNB's tools    GoNB's listener the map of main.go's lines            shared.mu
//	GoNB's listener executor        GoNB's questions                      shared.mu
//	any             front end       what is shown                         output.mu
//	search          GoNB's tools    progress                              board.mu
//	front           GoNB's listener open comms, requests to GoNB          comms.mu, child.mu, outputs.mu
//	stage           any             the GoNB of the moment                stage.mu
//	any             any             which database programs get, its server       database.Desk
//	cell            next cell       runs made, notes said, pictures off   program.Session
//
// The executor alone touches the counters of proxy, its programs, the timeline, the
// predictions, and the clock of the session: they need no mutex.
package proxy
