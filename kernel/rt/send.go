package rt

// SendTo is c <- v, for a v with calls in it, and a c that is found, as in a
// send statement, once those calls returned.
func SendTo[T any](s uint32, c chan<- T, v T) { S(c).Send(s, v) }
