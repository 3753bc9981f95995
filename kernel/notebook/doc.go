// Package notebook executes Jupyter notebooks (nbformat 4) without a browser:
// it starts a kernel, runs the code cells in order, prints what they print,
// and tells which cell failed. It is a front end like any other and knows
// nothing of Go.
//
// Each notebook has a kernel of its own, in the notebook's folder, over ipc sockets
// in a folder of mode 0700. That folder is removed as soon as all is connected, so
// even kill -9 leaves no file behind. All files are read before any of them runs: if
// one is unreadable, nothing is executed.
//
// Cells that are blank or tagged skip-execution are left out. A cell that fails ends
// its notebook, unless it is tagged raises-exception or errors are allowed; the next
// notebook still runs. What is written with -o is what nbformat itself would write,
// byte for byte.
//
// At the end the kernel is asked to stop, then told (SIGTERM), then killed with its
// process group, by number and only while it has not been collected. It gets SIGTERM
// when we die; its own guard does the rest.
//
// Not covered: input (allow_stdin is false), the state of widgets, nbformat 3.
package notebook
