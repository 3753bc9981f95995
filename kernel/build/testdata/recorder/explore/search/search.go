// Package search stands for what searches schedules.
package search
