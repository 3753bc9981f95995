package modules

import (
	"bytes"
	"os"
	"path/filepath"
	"strings"

	"golang.org/x/mod/modfile"
)

// Mains are the modules that the learner works on, by their files: a go.mod, a go.work, or
// both; "" is what there is none of.
type Mains struct{ Mod, Work string }

// Files are those that decide which version of a package is meant: those of the main
// module or of all modules of the workspace, and of the folders that replace others.
func (m Mains) Files() (files []string) {
	for _, mod := range m.Mods() {
		files = append(files, mod, strings.TrimSuffix(mod, ".mod")+".sum", filepath.Join(filepath.Dir(mod), "vendor", "modules.txt"))
		files = append(files, replacedBy(mod)...)
	}
	if m.Work != "" {
		files = append(files, m.Work, m.Work+".sum", filepath.Join(filepath.Dir(m.Work), "vendor", "modules.txt"))
		files = append(files, replacedBy(m.Work)...)
	}
	return files
}

// Mods are the go.mod files of these modules.
func (m Mains) Mods() (mods []string) {
	if m.Mod != "" {
		mods = append(mods, m.Mod)
	}
	if m.Work == "" {
		return mods
	}
	text, err := os.ReadFile(m.Work)
	if err != nil {
		return mods
	}
	work, err := modfile.ParseWork(m.Work, text, nil)
	if err != nil {
		return mods
	}
	for _, use := range work.Use {
		if mod := filepath.Join(under(filepath.Dir(m.Work), use.Path), "go.mod"); mod != m.Mod {
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
