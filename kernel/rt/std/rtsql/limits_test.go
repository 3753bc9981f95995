package rtsql

import (
	"testing"
	"time"
)

func TestLimitIn(t *testing.T) {
	for text, want := range map[string]time.Duration{
		"SET lock_timeout = '200ms'":                                  200 * time.Millisecond,
		"SET LOCAL statement_timeout TO 3000":                         3 * time.Second,
		"SELECT set_config('lock_timeout', '2s', true)":               2 * time.Second,
		"SET idle_in_transaction_session_timeout = '1min'":            time.Minute,
		"postgres:///x?options=-c lock_timeout=50":                    50 * time.Millisecond,
		"SET lock_timeout = 0":                                        0,
		"RESET lock_timeout":                                          0,
		"SET deadlock_timeout = '1s'":                                 0,
		"UPDATE job SET timeout = 5":                                  0,
		"SET lock_timeout = '1s'; SET LOCAL statement_timeout = '2s'": 2 * time.Second,
	} {
		if got := limitIn(text); got != want {
			t.Errorf("%s: %v, want %v", text, got, want)
		}
	}
}
