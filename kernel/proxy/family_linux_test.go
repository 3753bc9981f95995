package proxy

import (
	"os"
	"testing"
)

// TestFolderIsPrivate: nobody else gets at the sockets of a kernel.
func TestFolderIsPrivate(t *testing.T) {
	dir, err := tempDir()
	if err != nil {
		t.Fatal(err)
	}
	defer os.Remove(dir)
	if info, err := os.Stat(dir); err != nil || info.Mode().Perm() != 0o700 {
		t.Errorf("%v, %v", info, err)
	}
}

// TestParentDies: a kernel whose Jupyter is gone ends, and leaves nothing.
func TestParentDies(t *testing.T) {
	k := startKernelBelow(t, "sh", "-c", `"$@" & echo started; wait`, "sh")
	c := k.client()
	id := c.send("%%\nfmt.Println(\"looping\")\nfor {\n}")
	c.awaitText(id, "looping")
	k.cmd.Process.Kill()
	<-k.ended
	k.awaitNothingLeft()
}
