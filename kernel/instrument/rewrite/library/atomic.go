package library

import (
	"strings"

	"threading101/kernel/event"
)

// Package sync/atomic: its functions, and the methods of its types. For
// atomic.Value see value.go.
var (
	atomicFunctions = atomicFunctionRows()
	atomicMethods   = atomicMethodRows()
)

// atomicOps are the operations: the name in sync/atomic, ours, and the event.
var atomicOps = []struct {
	name, fn string
	unused   string // ours where nobody looks at the result; "": the same
	op       event.Op
}{
	{"Load", "AtomicLoad", "", event.AtomicLoad},
	{"Store", "AtomicStore", "", event.AtomicStore},
	{"Add", "AtomicAdd", "AtomicBump", event.AtomicAdd},
	{"Swap", "AtomicSwap", "", event.AtomicSwap},
	{"CompareAndSwap", "AtomicCAS", "", event.AtomicCAS},
	{"And", "AtomicAnd", "", event.AtomicSwap},
	{"Or", "AtomicOr", "", event.AtomicSwap},
}

func atomicFunctionRows() map[string]Function {
	rows := map[string]Function{}
	for _, o := range atomicOps {
		for _, t := range strings.Fields("Int32 Int64 Uint32 Uint64 Uintptr") {
			rows["sync/atomic."+o.name+t] = Function{op: o.op, Fn: o.fn, unused: o.unused, object: true, kind: true, bind: true, Inst: "[" + strings.ToLower(t) + "]"}
		}
	}
	for _, o := range atomicOps[:5] {
		if o.name != "Add" {
			rows["sync/atomic."+o.name+"Pointer"] = Function{op: o.op, Fn: o.fn + "Pointer", object: true}
		}
	}
	return rows
}

func atomicMethodRows() map[string]method {
	rows := map[string]method{}
	for _, o := range atomicOps {
		for _, t := range strings.Fields("Int32 Int64 Uint32 Uint64 Uintptr Bool Pointer[T]") {
			if arithmetic := o.name == "Add" || o.name == "And" || o.name == "Or"; arithmetic && (t == "Bool" || t == "Pointer[T]") {
				continue
			}
			row := method{op: o.op, Fn: o.fn + "M", value: o.fn + "MFunc", kind: true}
			if o.unused != "" {
				row.unused = o.unused + "M"
			}
			rows["(*sync/atomic."+t+")."+o.name] = row
		}
	}
	return rows
}
