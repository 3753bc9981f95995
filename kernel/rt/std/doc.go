// Package std holds the stand-ins for packages of the standard library: a
// program under the kernel imports std/rtfmt where its author wrote fmt. A
// stand-in has the functions of its package that print, draw, wait or look at
// something shared; everything else stays the library's own. Each is a package
// of its own, so that a program links only those that it uses.
package std
