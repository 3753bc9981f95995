package build

import (
	"path/filepath"
	"testing"
)

// A search is in programs that are to be explored, and in no others; both stay.
func TestSearchIsLinkedToBeExplored(t *testing.T) {
	for name, slow := range map[string]bool{"direct": false, "overlay": true} {
		t.Run(name, func(t *testing.T) {
			b := realBuilder(t)
			b.slowOnly = slow
			dir := folder(t, "go.mod", goMod, "main.go", hello)
			for _, files := range [][]string{nil, {"main.go"}, {filepath.Join(dir, "main.go")}} {
				for _, explore := range []bool{false, true, false} {
					r := mustBuild(t, b, Request{Dir: dir, Files: files, Explore: explore})
					if got := contains(t, r.Binary, "explore/search.("); got != explore || !r.Instrumented || r.way != name {
						t.Errorf("%v, explored: %v: has a search: %v, recorded: %v, %s", files, explore, got, r.Instrumented, r.way)
					}
				}
				if r := mustBuild(t, b, Request{Dir: dir, Files: files, Explore: true}); !r.Cached {
					t.Error("the program with a search was not kept beside the other")
				}
			}
		})
	}
}

// A program that was explored is not built again to run.
func TestSearchIsNoReasonToBuildAgain(t *testing.T) {
	b := realBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	mustBuild(t, b, Request{Dir: dir, Explore: true})
	if r := mustBuild(t, b, Request{Dir: dir}); !r.Cached {
		t.Error("built again")
	}
}

// A search changes neither what the program is nor what its tokens are for.
func TestSearchIsNoOtherCode(t *testing.T) {
	b := realBuilder(t)
	dir := folder(t, "go.mod", goMod, "main.go", hello)
	without, with := mustBuild(t, b, Request{Dir: dir}), mustBuild(t, b, Request{Dir: dir, Explore: true})
	if with.Cached {
		t.Error("a program without a search is to be explored")
	}
	if without.Code != with.Code || len(without.Sites) != len(with.Sites) {
		t.Errorf("%s with %d sites, %s with %d", without.Code, len(without.Sites), with.Code, len(with.Sites))
	}
}
