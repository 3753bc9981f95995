//go:build !cgo

package rt

const seesDeadlocks = true
