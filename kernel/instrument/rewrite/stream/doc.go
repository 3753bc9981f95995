// Package stream wraps what the library is given to write to, where it may be a
// standard stream: then what is printed by way of the library is recorded, too. The
// program's own functions get what they were given: each use is seen there.
package stream
