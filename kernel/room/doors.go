package room

import (
	"net"
	"net/http"
	"net/netip"
	"strings"
	"sync"
	"time"
)

// How often something may be done: so often at once, and then so often a second. A wrong
// code costs one, a right one nothing.
const (
	triesAtOnce, triesPerSecond       = 10, 0.3 // codes, from one address
	allTriesAtOnce, allTriesPerSecond = 100, 5  // codes, from all
	requestsAtOnce, requestsPerSecond = 60, 10  // of one seat
	mostAddresses                     = 4096
	commandsAtOnce, commandsPerSecond = 60, 20 // of the teacher's page
	picturesAtOnce, picturesPerSecond = 5, 1   // of one seat
	joinsAtOnce, joinsPerSecond       = 400, 20
)

// bucket holds what may still be done.
type bucket struct {
	left float64
	last time.Time
}

// take takes one if there is one.
func (b *bucket) take(now time.Time, atOnce, perSecond float64) bool {
	if b.last.IsZero() {
		b.left = atOnce
	} else if passed := now.Sub(b.last).Seconds(); passed > 0 { // a clock may be set back
		b.left = min(atOnce, b.left+passed*perSecond)
	}
	b.last = now
	if b.left < 1 {
		return false
	}
	b.left--
	return true
}

// doors count the wrong codes.
type doors struct {
	mu  sync.Mutex
	of  map[string]*bucket // by address
	all bucket
	now func() time.Time
}

// try reports whether a code from an address is looked at. It counts as wrong until right
// is called: a thousand tries at once are not more than one after the other.
func (d *doors) try(address string) bool {
	d.mu.Lock()
	defer d.mu.Unlock()
	now := d.now()
	b := d.of[address]
	if b == nil {
		d.sweep(now)
		b = &bucket{}
		if len(d.of) < mostAddresses {
			d.of[address] = b
		}
	}
	return b.take(now, triesAtOnce, triesPerSecond) && d.all.take(now, allTriesAtOnce, allTriesPerSecond)
}

// right takes back that the last try was a wrong one.
func (d *doors) right(address string) {
	d.mu.Lock()
	defer d.mu.Unlock()
	d.all.left++
	if b := d.of[address]; b != nil {
		b.left++
	}
}

// sweep forgets the addresses that may try as often as new ones, when there are many.
func (d *doors) sweep(now time.Time) {
	if len(d.of) < mostAddresses {
		return
	}
	for address, b := range d.of {
		if now.Sub(b.last).Seconds()*triesPerSecond > triesAtOnce {
			delete(d.of, address)
		}
	}
}

// addressOf is where a request comes from. What one connection has of IPv6 is a network.
func (r *Room) addressOf(q *http.Request) string {
	host, _, err := net.SplitHostPort(q.RemoteAddr)
	if err != nil {
		return q.RemoteAddr
	}
	if r.Prefix != "" {
		host = throughProxies(host, q.Header.Values("X-Forwarded-For"))
	}
	return network(host)
}

// throughProxies is who asked the first proxy of this machine: each adds at the end whom it
// was asked by. What is before that anybody can have written.
func throughProxies(host string, forwarded []string) string {
	all := strings.Split(strings.Join(forwarded, ","), ",")
	for i := len(all) - 1; i >= 0; i-- {
		next := strings.TrimSpace(all[i])
		if a, err := netip.ParseAddr(host); err != nil || !a.Unmap().IsLoopback() || next == "" {
			break
		}
		host = next
	}
	return host
}

func network(host string) string {
	a, err := netip.ParseAddr(host)
	if err != nil || a.Unmap().Is4() {
		return host
	}
	p, err := a.Prefix(64)
	if err != nil {
		return host
	}
	return p.String()
}
