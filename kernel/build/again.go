package build

import "context"

// Again looks for a program that was built before and still is what Build would
// make of the folder as it lies now. It builds nothing: false means that only
// Build can say what comes of the request.
func (b *Builder) Again(ctx context.Context, req Request) (Result, bool) {
	if b.take(ctx) != nil {
		return Result{}, false
	}
	defer b.give()
	j, err := b.newJob(ctx, req)
	if err != nil || j.refusal != nil {
		return Result{}, false
	}
	defer j.src.forget(b.fset)
	r, ok := b.kept(j)
	if !ok || req.Output != "" && put(r.Binary, req.Output) != nil {
		return Result{}, false
	}
	r.Cached = true
	return r, true
}
