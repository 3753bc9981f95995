package build

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// mains are the modules that the learner works on, by their files: a go.mod, a go.work, or
// both; "" is what there is none of.
type mains struct{ mod, work string }

// files are those that decide which version of a package is meant: those of the main
// module or of all modules of the workspace, and of the folders that replace others.
func (m mains) files() (files []string) {
	for _, mod := range m.mods() {
		files = append(files, mod, strings.TrimSuffix(mod, ".mod")+".sum", filepath.Join(filepath.Dir(mod), "vendor", "modules.txt"))
		files = append(files, replacedBy(mod)...)
	}
	if m.work != "" {
		files = append(files, m.work, m.work+".sum", filepath.Join(filepath.Dir(m.work), "vendor", "modules.txt"))
		files = append(files, replacedBy(m.work)...)
	}
	return files
}

// mods are the go.mod files of these modules.
func (m mains) mods() (mods []string) {
	if m.mod != "" {
		mods = append(mods, m.mod)
	}
	if m.work == "" {
		return mods
	}
	text, err := os.ReadFile(m.work)
	if err != nil {
		return mods
	}
	work, err := modfile.ParseWork(m.work, text, nil)
	if err != nil {
		return mods
	}
	for _, use := range work.Use {
		if mod := filepath.Join(under(filepath.Dir(m.work), use.Path), "go.mod"); mod != m.mod {
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
