package room_test

import (
	"net/http"
	"net/http/httptest"
	"net/http/httputil"
	"net/url"
	"strings"
	"testing"

	"threading101/kernel/room"
	"threading101/kernel/room/seat"
)

// hub is a proxy that hands on all paths as they are, as a hub's does, to a room that was
// told under which path it is.
func hub(t *testing.T, prefix string) class {
	t.Helper()
	r := room.New(code, leads)
	r.Prefix = prefix
	behind := httptest.NewServer(r.Handler())
	t.Cleanup(behind.Close)
	to, err := url.Parse(behind.URL)
	if err != nil {
		t.Fatal(err)
	}
	proxy := httptest.NewServer(&httputil.ReverseProxy{Rewrite: func(q *httputil.ProxyRequest) {
		q.SetURL(to)
		q.Out.Host = q.In.Host
		q.Out.Header["X-Forwarded-For"] = q.In.Header["X-Forwarded-For"]
		q.SetXForwarded()
	}})
	t.Cleanup(proxy.Close)
	return class{t, proxy.URL + strings.TrimSuffix(prefix, "/")}
}

// TestBelowAPath: behind a hub, learners, the wall and the teacher do what they do without
// one, and nothing is outside the path.
func TestBelowAPath(t *testing.T) {
	c := hub(t, "/services/room/")
	teacher, wall := c.teacher(), c.wall()
	tell(c.learner(1, seat.Config{}), answer(1, "six"))
	c.see(teacher, "teacher", "the answer", func(v view) bool { return v.Here == 1 && v.has(lines.Text) })
	c.see(wall, "wall", "the learner", func(v view) bool { return v.Here == 1 })
	for _, b := range []*http.Client{teacher, wall} {
		at, _ := url.Parse(c.url + "/")
		outside, _ := url.Parse(strings.TrimSuffix(c.url, "services/room") + "user/anna/")
		if len(b.Jar.Cookies(at)) == 0 || len(b.Jar.Cookies(outside)) > 0 {
			t.Errorf("passes below the path: %v, and outside: %v", b.Jar.Cookies(at), b.Jar.Cookies(outside))
		}
	}
	for path, want := range map[string]string{"": "/services/room/", "/": "/services/room/", "/wall": "/services/room/", "/room.js": "/services/room/room.js"} {
		a, err := http.Get(c.url + path)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != http.StatusOK || a.Request.URL.Path != want {
			t.Errorf("%q: %s at %s", path, a.Status, a.Request.URL.Path)
		}
	}
	for _, path := range []string{"/", "/wall", "/services/", "/services/rooms/", "/services/room/../../wall"} {
		a, err := http.Get(strings.TrimSuffix(c.url, "/services/room") + path)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		if a.StatusCode != http.StatusNotFound {
			t.Errorf("%q: %s", path, a.Status)
		}
	}
}

// TestWrongCodesBehindAHub: who tries codes through a hub keeps nobody else out, and cannot
// pretend to be somebody new each time.
func TestWrongCodesBehindAHub(t *testing.T) {
	c := hub(t, "/services/room/")
	from := func(address, given string) int {
		q, _ := http.NewRequest(http.MethodPost, c.url+"/enter", strings.NewReader(`{"code":"`+given+`"}`))
		q.Header.Set("X-Forwarded-For", address)
		a, err := http.DefaultClient.Do(q)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		return a.StatusCode
	}
	last := 0
	for i := range 30 {
		last = from("10.9.9."+string(rune('0'+i%10))+", 10.0.0.5", "aaaaaa")
	}
	if last != http.StatusTooManyRequests {
		t.Errorf("thirty wrong codes from one address: %d", last)
	}
	if got := from("10.0.0.6", code); got != http.StatusOK {
		t.Errorf("another learner: %d", got)
	}
}
