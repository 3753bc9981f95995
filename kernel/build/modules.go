package build

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// moduleFiles are the files that decide which version of a package is meant: those
// of the main module or of all modules of the workspace, and of the folders that
// replace others.
func (tc *toolchain) moduleFiles() (files []string) {
	for _, mod := range tc.mainModules() {
		files = append(files, mod, strings.TrimSuffix(mod, ".mod")+".sum", filepath.Join(filepath.Dir(mod), "vendor", "modules.txt"))
		files = append(files, replacedBy(mod)...)
	}
	if tc.inWorkspace() {
		files = append(files, tc.GOWORK, tc.GOWORK+".sum", filepath.Join(filepath.Dir(tc.GOWORK), "vendor", "modules.txt"))
		files = append(files, replacedBy(tc.GOWORK)...)
	}
	return files
}

// mainModules are the go.mod files of the modules that the learner works on.
func (tc *toolchain) mainModules() (mods []string) {
	if tc.inModule() {
		mods = append(mods, tc.GOMOD)
	}
	if !tc.inWorkspace() {
		return mods
	}
	text, err := os.ReadFile(tc.GOWORK)
	if err != nil {
		return mods
	}
	work, err := modfile.ParseWork(tc.GOWORK, text, nil)
	if err != nil {
		return mods
	}
	for _, use := range work.Use {
		if mod := filepath.Join(under(filepath.Dir(tc.GOWORK), use.Path), "go.mod"); mod != tc.GOMOD {
			mods = append(mods, mod)
		}
	}
	return mods
}

// replacedBy are the go.mod files of the folders that a go.mod or go.work file names
// in the place of modules.
func replacedBy(file string) (mods []string) {
	text, err := os.ReadFile(file)
	if err != nil || !bytes.Contains(text, []byte("replace")) {
		return nil
	}
	var replaced []*modfile.Replace
	if filepath.Ext(file) == ".work" {
		if f, err := modfile.ParseWork(file, text, nil); err == nil {
			replaced = f.Replace
		}
	} else if f, err := modfile.ParseLax(file, text, nil); err == nil {
		replaced = f.Replace
	}
	for _, r := range replaced {
		if r.New.Version == "" {
			mods = append(mods, filepath.Join(under(filepath.Dir(file), r.New.Path), "go.mod"))
		}
	}
	return mods
}

// under is a path as a file in a folder names it.
func under(dir, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(dir, path)
}
