// Package asked checks what the caller wants noted in a run beyond what every run
// notes: expressions whose values are noted where main ends, and functions each of
// whose calls is noted as it begins and as it is over. An expression may name only
// what has a meaning at main's end, and must have one value there; its errors say
// which names would do.
package asked
