// Package sched stands for the sources of decisions.
package sched
