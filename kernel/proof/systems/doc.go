// Package systems holds the kernel to what it says of other systems, on which it is not
// tested: it must compile there, and doctor says what it lacks. It also holds the promises
// of SECURITY.md to having a test each.
package systems
