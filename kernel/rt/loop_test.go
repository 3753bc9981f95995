package rt

import "testing"

// What the scheduler needs costs little where there is none.
func BenchmarkTick(b *testing.B) {
	b.Run("plain", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for i := 0; i < 1000; i++ {
				n += i
			}
		}
	})
	b.Run("ticks", func(b *testing.B) {
		n := 0
		for b.Loop() {
			for i := 0; i < 1000; i++ {
				Tick(1)
				n += i
			}
		}
	})
}

// One more case makes the quick way of a select with one case the general one.
func BenchmarkDecide(b *testing.B) {
	c := make(chan int, 1)
	b.Run("plain", func(b *testing.B) {
		for b.Loop() {
			select {
			case c <- 1:
			default:
			}
			select {
			case <-c:
			default:
			}
		}
	})
	b.Run("decide", func(b *testing.B) {
		for b.Loop() {
			select {
			case c <- 1:
			default:
			case <-Decide(1, true):
			}
			select {
			case <-c:
			default:
			case <-Decide(1, true):
			}
		}
	})
}
