package rt

// First begins a range over a channel:
//
//	for v := range ch {
//
// becomes
//
//	for c, v, ok := rt.R(ch).First(7); ok; v, ok = c.Recv2(7) {
func (c Receiver[T]) First(s uint32) (Receiver[T], T, bool) {
	v, ok := c.Recv2(s)
	return c, v, ok
}
