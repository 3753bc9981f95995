package run

import "context"

// watch looks at the program from outside while it runs.
func (r *Run) watch(ctx context.Context) {}
