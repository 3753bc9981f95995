//go:build !linux

package record

import "runtime"

func yieldThread() { runtime.Gosched() }
