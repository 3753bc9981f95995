package gonbtools

import (
	"fmt"
	"os"
	"os/signal"
	"path/filepath"
	"slices"
	"syscall"
)

// stub stands where GoNB expects the program it had built. The kernel runs and
// supervises the real one; an interrupt is its affair, too: if the stub died of
// it, GoNB would think the cell done before it is.
func (c *client) stub(name string) int {
	// Taken and dropped, not ignored: what is ignored stays so beyond exec.
	signal.Notify(make(chan os.Signal, 1), os.Interrupt)
	path, err := filepath.Abs(name)
	if err != nil {
		path = name
	}
	dir, _ := os.Getwd()
	ans, err := c.ask(Request{Run: &RunCall{Path: path, Args: c.args, Env: os.Environ(), Dir: dir}})
	if err != nil {
		return c.gone(err)
	}
	if ans.Exec == "" {
		return c.print(ans)
	}
	return c.replace(ans)
}

// replace makes this process the program: GoNB gives it its input and takes its
// output.
func (c *client) replace(ans Answer) int {
	env := ans.Env
	if env == nil {
		env = os.Environ()
	}
	err := syscall.Exec(ans.Exec, slices.Insert(slices.Clone(c.args), 0, ans.Exec), env)
	fmt.Fprintf(c.stderr, "%s: %v\n", ans.Exec, err)
	return 1
}
