package cli

import (
	"fmt"
	"io/fs"
	"os"
	"strings"
	"syscall"
	"testing"

	"threading101/kernel/lessons"
)

// Each way in which a folder cannot be used is told in one sentence, without the words
// of the system.
func TestWhyAFolderCannotBeUsed(t *testing.T) {
	for _, c := range []struct {
		err  error
		want string
	}{
		{&fs.PathError{Op: "open", Path: "mine/.new-1", Err: syscall.EACCES}, "you may not write in mine: name another folder."},
		{&fs.PathError{Op: "mkdir", Path: "mine", Err: syscall.EPERM}, "you may not write in mine: name another folder."},
		{&fs.PathError{Op: "mkdir", Path: "mine", Err: syscall.EROFS}, "you may not write in mine: name another folder."},
		{&os.LinkError{Op: "rename", Old: "a", New: "b", Err: syscall.EACCES}, "you may not write in mine: name another folder."},
		{&fs.PathError{Op: "write", Path: "mine/.new-1", Err: syscall.ENOSPC}, "the disk is full: "},
		{&fs.PathError{Op: "write", Path: "mine/.new-1", Err: syscall.EDQUOT}, "the disk is full: "},
		{&fs.PathError{Op: "mkdir", Path: "mine", Err: syscall.ENOTDIR}, "mine is a file, or lies in one: name a folder."},
		{fmt.Errorf("%w: %w", lessons.ErrBroken, &fs.PathError{Op: "open", Path: "course/01.ipynb", Err: syscall.EACCES}), "damaged course: open course/01.ipynb: permission denied"},
	} {
		if got := whyNot("mine", c.err); !strings.HasPrefix(got, c.want) {
			t.Errorf("%v: %q, want %q", c.err, got, c.want)
		}
	}
}
