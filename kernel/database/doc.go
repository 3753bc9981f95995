// Package database decides which database a program gets, and lends it for a run: a
// server of package postgres, a file for SQLite, or what the learner's own DATABASE_URL
// names.
//
// A program reads its address from the environment variable DATABASE_URL:
//
//	postgres://learner@/lesson?host=/tmp/t101-0123456789-db/pg&sslmode=disable   for pgx
//	file:/tmp/t101-0123456789-db/lesson.sqlite                                   for SQLite
//
// Only programs that import a driver get one, and only for them a server is started.
// Ordinary runs have one database in common, as a database outlives its programs. A run
// that is one of many (a search, a repetition, a step back) gets an empty one of its own.
//
// Errors are sentences for the learner.
package database
