// Package notebook executes Jupyter notebooks (nbformat 4) without a browser:
// it starts a kernel, runs the code cells in order, prints what they print,
// and tells which cell failed. It is a front end like any other and knows
// nothing of Go.
package notebook
