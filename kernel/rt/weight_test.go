package rt

import (
	"os/exec"
	"reflect"
	"slices"
	"strings"
	"testing"

	"threading101/kernel/rt/control"
)

// What the scheduler's types are made of is compiled into every program that is
// linked with it, since its generic functions are. A sync.Map in a field once made
// the compilation of each cell five times as long.
func TestTypesAreLight(t *testing.T) {
	seen := map[reflect.Type]bool{}
	var walk func(ty reflect.Type, path string)
	walk = func(ty reflect.Type, path string) {
		if seen[ty] {
			return
		}
		seen[ty] = true
		if strings.Contains(ty.Name(), "[") && !strings.HasPrefix(ty.PkgPath(), "threading101/") {
			t.Errorf("%s is a %s", path, ty)
		}
		switch ty.Kind() {
		case reflect.Pointer, reflect.Slice, reflect.Array, reflect.Chan:
			walk(ty.Elem(), path+".elem")
		case reflect.Map:
			walk(ty.Key(), path+".key")
			walk(ty.Elem(), path+".elem")
		case reflect.Struct:
			for i := range ty.NumField() {
				walk(ty.Field(i).Type, path+"."+ty.Field(i).Name)
			}
		case reflect.Func:
			for i := range ty.NumIn() {
				walk(ty.In(i), path+".in")
			}
			for i := range ty.NumOut() {
				walk(ty.Out(i), path+".out")
			}
		}
	}
	walk(reflect.TypeFor[control.Scheduler](), "control")
	walk(reflect.TypeFor[control.G](), "g")
}

// What a program with a print and a lock is linked with beside what Go links into it:
// each package takes the linker time, at every cell.
func TestFewPackages(t *testing.T) {
	plain := depsOf(t, "fmt", "sync", "time")
	for _, pkg := range depsOf(t, "threading101/kernel/rt", "threading101/kernel/rt/std/rtfmt") {
		if !strings.HasPrefix(pkg, "threading101/") && !slices.Contains(plain, pkg) && pkg != "weak" {
			t.Errorf("package %s is linked into every program", pkg)
		}
	}
}

func depsOf(t *testing.T, packages ...string) []string {
	t.Helper()
	out, err := exec.Command("go", append([]string{"list", "-deps"}, packages...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return strings.Fields(string(out))
}
