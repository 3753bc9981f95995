package postgres

import (
	"errors"
	"os"
	"path/filepath"
	"syscall"

	"threading101/kernel/words"
)

// lock takes a server's folder for us alone, until the file is closed or we end. The
// server's own lock knows only the processes of its namespace.
func lock(dir string) (*os.File, error) {
	file, err := os.OpenFile(filepath.Join(dir, "taken"), os.O_CREATE|os.O_RDWR, 0o600)
	if err != nil {
		return nil, errors.New(words.PostgresNoFolder(dir, err))
	}
	if err := syscall.Flock(int(file.Fd()), syscall.LOCK_EX|syscall.LOCK_NB); err != nil {
		file.Close()
		return nil, errors.New(words.PostgresFolderTaken(dir))
	}
	return file, nil
}
