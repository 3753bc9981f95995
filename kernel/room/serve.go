package room

import (
	"context"
	"encoding/json"
	"io"
	"log"
	"net"
	"net/http"
	"strconv"
	"strings"
	"time"

	"threading101/kernel/room/wire"
)

// The bounds of the server. Who does not read what is sent is cut off.
const (
	mostHeader    = 8 << 10
	headerTime    = 5 * time.Second
	bodyTime      = 15 * time.Second
	idleTime      = 2 * time.Minute
	writeTime     = 10 * time.Second
	pingEvery     = 15 * time.Second
	atMostEvery   = 100 * time.Millisecond // views of one page
	mostCommand   = 1 << 10
	mostWatchers  = 60
	mostConnected = 2000
)

// Serve serves the room on a listener until ctx ends.
func (r *Room) Serve(ctx context.Context, l net.Listener) error {
	s := &http.Server{
		Handler: r.Handler(), ReadHeaderTimeout: headerTime, ReadTimeout: bodyTime, IdleTimeout: idleTime, MaxHeaderBytes: mostHeader,
		BaseContext: func(net.Listener) context.Context { return ctx },
		ErrorLog:    log.New(io.Discard, "", 0), // what clients do wrong is no news to the teacher
	}
	over := make(chan struct{})
	stop := context.AfterFunc(ctx, func() { defer close(over); s.Close() })
	err := s.Serve(limited(l, mostConnected))
	if !stop() {
		<-over
		return nil
	}
	return err
}

// Handler answers the requests of browsers and kernels.
func (r *Room) Handler() http.Handler {
	m := http.NewServeMux()
	m.HandleFunc("GET /{$}", r.page("enter.html"))
	m.HandleFunc("POST /enter", r.enter)
	m.HandleFunc("GET /wall", r.guarded(wall, r.page("wall.html")))
	m.HandleFunc("GET /teacher", r.page("teacher.html"))
	m.HandleFunc("POST /lead", r.lead)
	m.HandleFunc("POST /do", r.guarded(teacher, r.do))
	m.HandleFunc("GET /events/wall", r.guarded(wall, r.watch(wall)))
	m.HandleFunc("GET /events/teacher", r.guarded(teacher, r.watch(teacher)))
	m.HandleFunc("GET /picture/{name}/{part}", r.guarded(wall, r.picture))
	m.HandleFunc("GET /favicon.ico", func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(http.StatusNoContent) })
	m.HandleFunc("GET /{file}", r.file)
	m.HandleFunc("POST /seat/join", r.join)
	m.HandleFunc("POST /seat/notes", r.seated(r.hear))
	m.HandleFunc("POST /seat/picture", r.seated(r.takePicture))
	m.HandleFunc("GET /seat/events", r.seated(r.events))
	return secured(http.NewCrossOriginProtection().Handler(r.below(m)))
}

// below takes the path off under which a proxy or a hub has put the room. Pages name
// nothing by a path from the root, so they need not know it.
func (r *Room) below(next http.Handler) http.Handler {
	if r.Prefix == "" {
		return next
	}
	root := strings.TrimSuffix(r.Prefix, "/")
	inside := http.StripPrefix(root, next)
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		switch {
		case q.URL.Path == root:
			http.Redirect(w, q, r.Prefix, http.StatusSeeOther)
		case strings.HasPrefix(q.URL.Path, r.Prefix):
			inside.ServeHTTP(w, q)
		default:
			refuse(w, http.StatusNotFound)
		}
	})
}

// pagePolicy is what our pages may do.
var pagePolicy = []string{
	"default-src 'none'", "script-src 'self'", "style-src 'self'", "img-src 'self'", "connect-src 'self'",
	"form-action 'self'", "base-uri 'none'", "frame-ancestors 'none'",
}

// secured says to browsers what pages may do: nothing but run our own script and talk to
// us, in no other page's frame.
func secured(next http.Handler) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, q *http.Request) {
		h := w.Header()
		h.Set("Content-Security-Policy", strings.Join(pagePolicy, "; "))
		h.Set("X-Content-Type-Options", "nosniff")
		h.Set("Referrer-Policy", "no-referrer")
		h.Set("Cache-Control", "no-store")
		h.Set("Cross-Origin-Resource-Policy", "same-origin")
		next.ServeHTTP(w, q)
	})
}

// refuse answers with a status and its own words.
func refuse(w http.ResponseWriter, status int) { http.Error(w, http.StatusText(status), status) }

// admit looks at what was given for a secret, and answers who does not know it. A wrong
// one learns that it is wrong, and after some of them not even that.
func (r *Room) admit(w http.ResponseWriter, q *http.Request, s secret, given string) bool {
	from := r.addressOf(q)
	if !r.doors.try(from) {
		w.Header().Set("Retry-After", "5")
		refuse(w, http.StatusTooManyRequests)
		return false
	}
	if !s.is(given) {
		refuse(w, http.StatusForbidden)
		return false
	}
	r.doors.right(from)
	return true
}

// enter gives a browser with the code its pass to the wall.
func (r *Room) enter(w http.ResponseWriter, q *http.Request) {
	var given struct{ Code string }
	if read(w, q, mostCommand, &given) && r.admit(w, q, r.joins, plain(given.Code)) {
		r.givePass(w, q, wall)
	}
}

// lead gives a browser with the teacher's secret its pass to everything.
func (r *Room) lead(w http.ResponseWriter, q *http.Request) {
	var given struct{ Secret string }
	if read(w, q, mostCommand, &given) && r.admit(w, q, r.leads, given.Secret) {
		r.givePass(w, q, wall)
		r.givePass(w, q, teacher)
	}
}

// cookieOf is the name of a role's pass.
func cookieOf(role string) string { return "threading101-" + role }

// givePass gives a pass for the path below which the room is.
func (r *Room) givePass(w http.ResponseWriter, q *http.Request, role string) {
	http.SetCookie(w, &http.Cookie{
		Name: cookieOf(role), Value: r.pass(role), HttpOnly: true, SameSite: http.SameSiteStrictMode,
		Secure: q.TLS != nil || q.Header.Get("X-Forwarded-Proto") == "https",
	})
}

// guarded lets those through who have a role's pass.
func (r *Room) guarded(role string, next http.HandlerFunc) http.HandlerFunc {
	want := secretOf(r.pass(role))
	return func(w http.ResponseWriter, q *http.Request) {
		c, err := q.Cookie(cookieOf(role))
		if err != nil || !want.is(c.Value) {
			if role == wall && q.Method == http.MethodGet && q.URL.Path == "/wall" {
				w.Header().Set("Location", "./")
				w.WriteHeader(http.StatusSeeOther)
				return
			}
			refuse(w, http.StatusUnauthorized)
			return
		}
		next(w, q)
	}
}

// read reads a request's JSON, and answers what is none or too long.
func read(w http.ResponseWriter, q *http.Request, most int64, into any) bool {
	if err := json.NewDecoder(http.MaxBytesReader(w, q.Body, most)).Decode(into); err != nil {
		refuse(w, http.StatusBadRequest)
		return false
	}
	return true
}

// do obeys the teacher's page.
func (r *Room) do(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	may := r.commands.take(r.now(), commandsAtOnce, commandsPerSecond)
	r.mu.Unlock()
	var c command
	switch {
	case !may:
		refuse(w, http.StatusTooManyRequests)
	case !read(w, q, mostCommand, &c):
	case r.obey(c) != nil:
		refuse(w, http.StatusNotFound)
	default:
		w.WriteHeader(http.StatusNoContent)
	}
}

// feed sends server-sent events. next waits for one; nil: there was none until the
// pause was over.
func feed(w http.ResponseWriter, q *http.Request, next func(pause <-chan time.Time) []byte) {
	c := http.NewResponseController(w)
	c.SetReadDeadline(time.Time{})
	w.Header().Set("Content-Type", "text/event-stream")
	w.Header().Set("X-Accel-Buffering", "no")
	ping := time.NewTicker(pingEvery)
	defer ping.Stop()
	for text := []byte(":\n\n"); ; {
		c.SetWriteDeadline(time.Now().Add(writeTime))
		if _, err := w.Write(text); err != nil || c.Flush() != nil || q.Context().Err() != nil {
			return
		}
		if text = next(ping.C); text == nil {
			text = []byte(":\n\n")
			continue
		}
		text = append(append([]byte("data: "), text...), "\n\n"...)
	}
}

// watch tells a browser what its role sees, each time it has changed.
func (r *Room) watch(role string) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		if q.Method == http.MethodHead {
			return // it asks only whether it may
		}
		if !r.watching(1) {
			refuse(w, http.StatusServiceUnavailable)
			return
		}
		defer r.watching(-1)
		var last string
		changed := closedChannel
		feed(w, q, func(ping <-chan time.Time) []byte {
			for {
				select {
				case <-changed:
				case <-ping:
					return nil
				case <-q.Context().Done():
					return nil
				}
				if last != "" {
					pause(q.Context(), atMostEvery)
				}
				text, next := r.view(role)
				if changed = next; string(text) != last {
					last = string(text)
					return text
				}
			}
		})
	}
}

var closedChannel = func() <-chan struct{} { c := make(chan struct{}); close(c); return c }()

// pause waits.
func pause(ctx context.Context, d time.Duration) {
	t := time.NewTimer(d)
	defer t.Stop()
	select {
	case <-t.C:
	case <-ctx.Done():
	}
}

func (r *Room) watching(by int) bool {
	r.mu.Lock()
	defer r.mu.Unlock()
	if by > 0 && r.watchers >= mostWatchers {
		return false
	}
	r.watchers += by
	return true
}

// picture is a part of a learner's picture. It is shown as an image, in which no script
// runs; opened alone, it may do nothing either.
func (r *Room) picture(w http.ResponseWriter, q *http.Request) {
	r.mu.Lock()
	p := r.pictures.named(q.PathValue("name"))
	r.mu.Unlock()
	parts := map[string]string{}
	if p != nil {
		parts = map[string]string{"heads": p.Heads, "steps": p.Steps}
	}
	svg := parts[q.PathValue("part")]
	if svg == "" {
		refuse(w, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'unsafe-inline'; sandbox")
	w.Header().Set("Content-Type", "image/svg+xml")
	w.Header().Set("Content-Length", strconv.Itoa(len(svg)))
	w.Write([]byte(svg))
}

// join gives a kernel with the code its seat.
func (r *Room) join(w http.ResponseWriter, q *http.Request) {
	var given struct{ Code string }
	key := q.Header.Get(wire.KeyHeader)
	if !read(w, q, mostCommand, &given) || !r.admit(w, q, r.joins, plain(given.Code)) {
		return
	}
	if len(key) < leastKey || len(key) > mostKey {
		refuse(w, http.StatusBadRequest)
		return
	}
	r.mu.Lock()
	var s *seat
	may := r.joined.take(r.now(), joinsAtOnce, joinsPerSecond)
	if may {
		s = r.sit(secretOf(key))
	}
	r.mu.Unlock()
	if s == nil {
		w.Header().Set("Retry-After", "5")
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	w.Header().Set(wire.SeatHeader, s.id)
	answer(w, wire.Joined{Name: s.name})
}

// How long a kernel's key is.
const (
	leastKey = 32
	mostKey  = 128
)

func answer(w http.ResponseWriter, what any) {
	w.Header().Set("Content-Type", "application/json")
	json.NewEncoder(w).Encode(what)
}

// seated lets kernels through that have joined. What finds a seat takes the same time for
// every key: it is looked up by its hash.
func (r *Room) seated(next func(http.ResponseWriter, *http.Request, *seat)) http.HandlerFunc {
	return func(w http.ResponseWriter, q *http.Request) {
		r.mu.Lock()
		s := r.seats[secretOf(q.Header.Get(wire.KeyHeader))]
		may := s != nil && s.requests.take(r.now(), requestsAtOnce, requestsPerSecond)
		r.mu.Unlock()
		switch {
		case s == nil:
			refuse(w, http.StatusUnauthorized)
		case !may:
			w.Header().Set("Retry-After", "1")
			refuse(w, http.StatusTooManyRequests)
		default:
			w.Header().Set(wire.SeatHeader, s.id)
			next(w, q, s)
		}
	}
}

// hear takes what a kernel tells. What says nothing is left out.
func (r *Room) hear(w http.ResponseWriter, q *http.Request, s *seat) {
	var notes []wire.Note
	if !read(w, q, wire.MostBody, &notes) {
		return
	}
	notes = notes[:min(len(notes), wire.MostNotes)]
	r.mu.Lock()
	defer r.mu.Unlock()
	if r.seats[s.key] != s {
		refuse(w, http.StatusUnauthorized)
		return
	}
	for i := range notes {
		n := &notes[i]
		if !n.Clean() {
			continue
		}
		s.lesson, s.cell, s.moved = n.Lesson, n.Cell, r.now()
		r.ledger.hear(s, n)
	}
	r.touch()
	w.WriteHeader(http.StatusNoContent)
}

// takePicture takes a picture that the room has asked for.
func (r *Room) takePicture(w http.ResponseWriter, q *http.Request, s *seat) {
	var p wire.Picture
	if !read(w, q, wire.MostPicture, &p) {
		return
	}
	if !p.Clean() || !r.draw(s, p) {
		refuse(w, http.StatusNotFound)
		return
	}
	w.WriteHeader(http.StatusNoContent)
}

// events tells a kernel what the teacher looks at, and which picture is wanted.
func (r *Room) events(w http.ResponseWriter, q *http.Request, s *seat) {
	one := r.listen(s)
	if one == nil {
		refuse(w, http.StatusServiceUnavailable)
		return
	}
	defer r.leave(s, one)
	last := wire.Follow{}
	changed := closedChannel
	feed(w, q, func(ping <-chan time.Time) []byte {
		for {
			select {
			case c := <-one.calls:
				return call(c)
			case <-changed:
				r.mu.Lock()
				f := r.follow()
				changed = r.changed
				r.mu.Unlock()
				if f != last {
					last = f
					return call(wire.Call{Follow: &f})
				}
				pause(q.Context(), atMostEvery)
			case <-ping:
				return nil
			case <-q.Context().Done():
				return nil
			}
		}
	})
}

func call(c wire.Call) []byte {
	text, err := json.Marshal(c)
	if err != nil {
		panic(err) // it holds texts and numbers only
	}
	return text
}
