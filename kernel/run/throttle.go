package run

import (
	"bytes"
	"strings"
	"time"
	"unicode/utf8"
)

// The two streams.
const (
	stdout = iota
	stderr
)

var streamNames = [2]string{"stdout", "stderr"}

// How often Output is called: at most perSecond in the long run, with burst
// calls at once when the streams alternate.
const (
	perSecond = 50
	burst     = 25
	window    = time.Second / perSecond
	heldBytes = 256 << 10 // so much waits for its turn; then the program is held up
)

// segment is output of one stream with nothing of the other in between.
type segment struct {
	stream int
	text   []byte
}

// throttle is the last stage of the output before the learner sees it: whole
// characters only, no more than the truncator lets through, and not in more pieces
// than a front end can take (a token bucket).
type throttle struct {
	emit    func(stream, text string)
	cap     *truncator
	partial [2][]byte // an unfinished character at the end of a stream
	pending []segment
	size    int // bytes pending
	tokens  float64
	last    time.Time // when tokens were counted
	flushed time.Time
}

func newThrottle(spec *Spec, now time.Time) *throttle {
	o := &throttle{emit: spec.Output, tokens: burst, last: now}
	o.cap = newTruncator(spec, o.queue)
	return o
}

// write takes output as it was read.
func (o *throttle) write(stream int, b []byte) {
	if rest := o.partial[stream]; len(rest) > 0 {
		b = append(rest, b...)
		o.partial[stream] = nil
	}
	whole := wholeRunes(b)
	if whole < len(b) {
		o.partial[stream] = bytes.Clone(b[whole:])
	}
	if whole > 0 {
		o.cap.write(stream, b[:whole])
	}
}

// wholeRunes returns how much of b does not end inside a character. Bytes that
// are no UTF-8 count as whole.
func wholeRunes(b []byte) int {
	for i := 1; i < utf8.UTFMax && i <= len(b); i++ {
		c := b[len(b)-i]
		if !utf8.RuneStart(c) {
			continue
		}
		if !utf8.FullRune(b[len(b)-i:]) {
			return len(b) - i
		}
		break
	}
	return len(b)
}

// queue puts text that may be shown behind what waits already.
func (o *throttle) queue(stream int, b []byte) {
	if n := len(o.pending); n > 0 && o.pending[n-1].stream == stream {
		o.pending[n-1].text = append(o.pending[n-1].text, b...)
	} else {
		o.pending = append(o.pending, segment{stream, bytes.Clone(b)})
	}
	o.size += len(b)
}

// full says that nothing should be read before something was shown.
func (o *throttle) full() bool { return o.size >= heldBytes }

// due returns how long pending output has still to wait: 0 for not at all,
// negative when there is none.
func (o *throttle) due(now time.Time) time.Duration {
	if len(o.pending) == 0 {
		return -1
	}
	o.refill(now)
	wait := window - now.Sub(o.flushed)
	if lack := float64(min(len(o.pending), 2)) - o.tokens; lack > 0 {
		wait = max(wait, time.Duration(lack*float64(window)))
	}
	return max(wait, 0)
}

func (o *throttle) refill(now time.Time) {
	o.tokens = min(burst, o.tokens+now.Sub(o.last).Seconds()*perSecond)
	o.last = now
}

// flush shows what is pending. When the streams alternate faster than a front
// end should be told, the text of each is put together, and within that window
// the order between the two is given up rather than the program held up.
func (o *throttle) flush(now time.Time) {
	if len(o.pending) == 0 {
		return
	}
	o.refill(now)
	if float64(len(o.pending)) > o.tokens {
		o.pending = byStream(o.pending)
	}
	o.tokens -= float64(len(o.pending))
	o.flushed = now
	for _, s := range o.pending {
		if o.emit != nil {
			o.emit(streamNames[s.stream], strings.ToValidUTF8(string(s.text), "\uFFFD"))
		}
	}
	o.pending, o.size = o.pending[:0], 0
}

func byStream(all []segment) []segment {
	if len(all) <= 2 {
		return all
	}
	joined := []segment{all[0], all[1]}
	for _, s := range all[2:] {
		to := &joined[0]
		if s.stream != to.stream {
			to = &joined[1]
		}
		to.text = append(to.text, s.text...)
	}
	return joined
}

// cut says that a stream has stopped inside a character.
func (o *throttle) cut() bool { return len(o.partial[stdout])+len(o.partial[stderr]) > 0 }

// settle lets go of unfinished characters: the stream has been quiet.
func (o *throttle) settle() {
	for stream, rest := range o.partial {
		if len(rest) > 0 {
			o.partial[stream] = nil
			o.cap.write(stream, rest)
		}
	}
}

// finish shows everything that is left, with the notice of what is not.
func (o *throttle) finish(now time.Time) {
	o.settle()
	o.cap.finish()
	o.flush(now)
}
