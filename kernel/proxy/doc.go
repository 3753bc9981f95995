// Package proxy is the kernel that Jupyter talks to. In front it is an ordinary
// Jupyter kernel; behind it runs an unmodified GoNB, which keeps the cells'
// declarations and composes main.go. In between it answers at once what GoNB
// answers late or never, builds and runs the composed program itself (GoNB only
// believes it does), draws the run, and says what went wrong in the learner's
// own words: cell and line.
//
// The way of one cell:
//
//	front end ──execute_request──▶ queue ──▶ execution ──▶ GoNB
//	                                            ▲            │ go build, run
//	                                            └── façade ◀─┘ (builder, handler)
//
// Every message a front end gets about a cell goes through that cell's output,
// so that prints, pictures and errors stand in the order in which they came.
package proxy
