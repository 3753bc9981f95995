package cli

import (
	"encoding/json"
	"errors"
	"flag"
	"fmt"
	"os"
	"path/filepath"

	"threading101/kernel/words"
)

// uninstall undoes what install does: it takes the kernelspec away, and nothing else.
func uninstall(env Env, args []string) int {
	flags := flag.NewFlagSet("threading101 uninstall", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	prefix := flags.String("prefix", "", words.HelpPrefixFrom)
	user := flags.Bool("user", false, words.HelpUserFrom)
	if flags.Parse(args) != nil || flags.NArg() > 0 || (*user && *prefix != "") {
		return 2
	}
	dir, err := kernelDir(*prefix)
	if err == nil {
		err = removeSpec(dir)
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, words.UninstallFailed(err))
		return 1
	}
	fmt.Fprintln(env.Stdout, words.Uninstalled(dir))
	return 0
}

// removeSpec removes our files from the folder of our kernelspec, and the folder unless
// somebody else has put something there. What is not ours is left alone.
func removeSpec(dir string) error {
	path := filepath.Join(dir, "kernel.json")
	body, err := os.ReadFile(path)
	if errors.Is(err, os.ErrNotExist) {
		return errors.New(words.NotInstalled(dir))
	}
	var found spec
	if err == nil && (json.Unmarshal(body, &found) != nil || found.DisplayName != displayName) {
		err = errors.New(words.NotOurs(path))
	}
	if err != nil {
		return err
	}
	for _, to := range logoFiles {
		os.Remove(filepath.Join(dir, to)) // may be missing
	}
	if err := os.Remove(path); err != nil {
		return err
	}
	os.Remove(dir) // unless it is not empty
	return nil
}
