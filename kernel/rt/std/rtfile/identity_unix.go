//go:build unix

package rtfile

import (
	"io/fs"
	"syscall"
)

// identity tells files apart, whatever they are called.
type identity struct {
	dev, ino uint64
	path     string
}

func identityOf(path string, info fs.FileInfo) identity {
	if st, ok := info.Sys().(*syscall.Stat_t); ok {
		return identity{dev: uint64(st.Dev), ino: uint64(st.Ino)}
	}
	return identity{path: path}
}
