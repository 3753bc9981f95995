package main

// A generator is not compiled into programs; this one could not be.
func main() { var _ int = "x" }
