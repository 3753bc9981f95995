package cli

import (
	"embed"
	"encoding/json"
	"flag"
	"fmt"
	"os"
	"path/filepath"
	"runtime"

	"threading101/kernel/words"
)

//go:embed logo
var logos embed.FS

// displayName is what Jupyter calls the kernel.
const displayName = "Threading 101 (Go)"

// spec is kernel.json. See "Kernel specs" in the documentation of jupyter_client.
type spec struct {
	Argv          []string          `json:"argv"`
	DisplayName   string            `json:"display_name"`
	Language      string            `json:"language"`
	InterruptMode string            `json:"interrupt_mode"`
	Metadata      map[string]any    `json:"metadata"`
	Env           map[string]string `json:"env,omitempty"`
}

func install(env Env, args []string) int {
	flags := flag.NewFlagSet("threading101 install", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	prefix := flags.String("prefix", "", words.HelpPrefix)
	user := flags.Bool("user", false, words.HelpUser)
	if flags.Parse(args) != nil || flags.NArg() > 0 || (*user && *prefix != "") {
		return 2
	}
	found, err := findTools()
	if err == nil {
		err = found.missing()
	}
	dir := ""
	if err == nil {
		dir, err = kernelDir(*prefix)
	}
	if err == nil {
		err = writeSpec(dir, found)
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, words.InstallFailed(err))
		return 1
	}
	fmt.Fprintln(env.Stdout, words.Installed(dir))
	return 0
}

// missing returns an error that names the first program that is not there and
// the command that installs it. gopls may come later: only completion needs it.
func (t tools) missing() error {
	for _, need := range []struct{ path, name string }{{t.Go, "go"}, {t.Gonb, "gonb"}} {
		if need.path == "" {
			return fmt.Errorf("%s", words.ToolMissing(need.name))
		}
	}
	return nil
}

// kernelDir returns the folder of our kernelspec: under prefix where one is
// given, else where Jupyter looks for this user's kernels.
func kernelDir(prefix string) (string, error) {
	if prefix != "" {
		dir, err := filepath.Abs(prefix)
		return filepath.Join(dir, "share", "jupyter", "kernels", "threading101"), err
	}
	if data := os.Getenv("JUPYTER_DATA_DIR"); data != "" {
		return filepath.Join(data, "kernels", "threading101"), nil
	}
	home, err := os.UserHomeDir()
	if err != nil {
		return "", err
	}
	if runtime.GOOS == "darwin" {
		return filepath.Join(home, "Library", "Jupyter", "kernels", "threading101"), nil
	}
	data := os.Getenv("XDG_DATA_HOME")
	if data == "" {
		data = filepath.Join(home, ".local", "share")
	}
	return filepath.Join(data, "jupyter", "kernels", "threading101"), nil
}

func writeSpec(dir string, t tools) error {
	if err := os.MkdirAll(dir, 0o755); err != nil {
		return err
	}
	body, err := json.MarshalIndent(spec{
		Argv:          []string{t.Self, "kernel", "-go", t.Go, "-gonb", t.Gonb, "-gopls", t.Gopls, "{connection_file}"},
		DisplayName:   displayName,
		Language:      "go",
		InterruptMode: "message",
		Metadata:      map[string]any{"debugger": false},
	}, "", "  ")
	if err != nil {
		return err
	}
	if err := os.WriteFile(filepath.Join(dir, "kernel.json"), append(body, '\n'), 0o644); err != nil {
		return err
	}
	return writeLogos(dir)
}

// logoFiles are the logos, and the names that Jupyter looks for.
var logoFiles = map[string]string{
	"logo/logo.svg": "logo-svg.svg", "logo/logo-32x32.png": "logo-32x32.png", "logo/logo-64x64.png": "logo-64x64.png",
}

// writeLogos stores the logos under the names Jupyter looks for.
func writeLogos(dir string) error {
	for from, to := range logoFiles {
		body, err := logos.ReadFile(from)
		if err != nil {
			return err
		}
		if err := os.WriteFile(filepath.Join(dir, to), body, 0o644); err != nil {
			return err
		}
	}
	return nil
}
