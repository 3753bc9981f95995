// Package postgres is a PostgreSQL server of our own: real, started at first use,
// reached through a socket in a private folder, and gone with the process that started
// it, however that ends.
//
// [Find] looks for the programs, [MakeTemplate] makes a data folder once, at setup,
// [Start] copies it and starts a server on the copy. A [Service] is the server of one
// kernel: it starts it when a program first needs it, and again if it has ended.
// [Probe] asks whether a server that somebody else runs answers.
//
// An address is a URL that pgx, lib/pq and psql understand:
//
//	postgres://learner@/lesson?host=/tmp/t101-0123456789/pg&sslmode=disable
//
// The database "lesson" lasts as long as the service. [Service.Fresh] lends an empty
// one, for a search or for the repetition of a run.
//
// Errors that a learner reads are sentences of package words. Why the server is run
// this way, and what was measured, is in DESIGN.md.
package postgres
