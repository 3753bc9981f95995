package main

import "embed"

// runtime holds the source of the packages that are linked into the learner's
// program, so that an installed kernel needs no checkout.
//
//go:embed event explore/search explore/wire judge rt sched
var runtime embed.FS
