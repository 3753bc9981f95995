//go:build unix

package lessons

import (
	"os"
	"sync"
	"syscall"
)

// umask is what the process takes from the permissions of new files.
var umask = sync.OnceValue(func() os.FileMode {
	mask := syscall.Umask(0)
	syscall.Umask(mask)
	return os.FileMode(mask)
})
