//go:build !linux

package rt

import "runtime"

func yieldThread() { runtime.Gosched() }
