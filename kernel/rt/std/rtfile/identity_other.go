//go:build !unix

package rtfile

import "io/fs"

// identity tells files apart.
type identity struct{ path string }

func identityOf(path string, _ fs.FileInfo) identity { return identity{path} }
