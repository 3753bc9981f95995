package room_test

import (
	"bufio"
	"bytes"
	"context"
	"encoding/json"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/http/httptest"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"threading101/kernel/room"
	"threading101/kernel/room/seat"
	"threading101/kernel/room/wire"
)

const code, leads = "kbd7xm", "the teacher's secret"

// patience is how long is waited for what must come: it is long where the machine is busy.
const patience = time.Minute

// class is a room that is served, with what a test needs of it.
type class struct {
	t   testing.TB
	url string
}

func open(t testing.TB) class {
	s := httptest.NewServer(room.New(code, leads).Handler())
	t.Cleanup(s.Close)
	return class{t, s.URL}
}

// browser is somebody at a page.
func (c class) browser(path, given string) *http.Client {
	c.t.Helper()
	jar, _ := cookiejar.New(nil)
	b := &http.Client{Jar: jar}
	if status := send(b, c.url+path, given, ""); status != http.StatusOK {
		c.t.Fatalf("%s: %d", path, status)
	}
	return b
}

func (c class) teacher() *http.Client { return c.browser("/lead", `{"secret":"`+leads+`"}`) }
func (c class) wall() *http.Client    { return c.browser("/enter", `{"code":"KBD-7XM "}`) }

// send posts a text, and returns the status of the answer.
func send(b *http.Client, url, text, key string) int {
	q, _ := http.NewRequest(http.MethodPost, url, strings.NewReader(text))
	q.Header.Set(wire.KeyHeader, key)
	a, err := b.Do(q)
	if err != nil {
		return 0
	}
	defer a.Body.Close()
	io.Copy(io.Discard, a.Body)
	return a.StatusCode
}

// do has the teacher's page ask for something.
func (c class) do(b *http.Client, what, id string) {
	c.t.Helper()
	if status := send(b, c.url+"/do", fmt.Sprintf(`{"do":%q,"id":%q}`, what, id), ""); status != http.StatusNoContent {
		c.t.Fatalf("%s: %d", what, status)
	}
}

// view is what a page sees.
type view struct {
	Here      int
	Kind      string
	Question  *question
	Questions []question
	Cells     []struct {
		ID       string
		Learners int
		Runs     int
		Orders   int
		Groups   []struct {
			Outcome string
			Of      []struct{ ID, Token string }
		}
		Checks []struct {
			Property               string
			Holds, Fails, Unproven int
		}
	}
	Run *struct {
		Token   string
		Row     int
		Picture *struct{ Name string }
	}
	Seats []struct {
		Name, Lesson, Cell string
		Here               bool
	}
	raw string
}

// has reports whether a question has that text.
func (v view) has(text string) bool {
	return slices.ContainsFunc(v.Questions, func(q question) bool { return q.Text == text })
}

type question struct {
	ID, Text string
	Answered []int
	Bars     [][]struct {
		Answer string
		Count  int
	}
}

// see waits until a page sees something.
func (c class) see(b *http.Client, role, what string, is func(view) bool) view {
	c.t.Helper()
	ctx, cancel := context.WithTimeout(c.t.Context(), patience)
	defer cancel()
	q, _ := http.NewRequestWithContext(ctx, http.MethodGet, c.url+"/events/"+role, nil)
	a, err := b.Do(q)
	if err != nil {
		c.t.Fatalf("%s: %v", what, err)
	}
	defer a.Body.Close()
	lines, last := bufio.NewReader(a.Body), ""
	for {
		line, err := lines.ReadString('\n')
		if err != nil {
			c.t.Fatalf("%s does not see %s, but %s", role, what, last)
		}
		text, ok := strings.CutPrefix(line, "data: ")
		if !ok {
			continue
		}
		last = text
		v := view{raw: text}
		if err := json.Unmarshal([]byte(text), &v); err != nil {
			c.t.Fatal(err)
		}
		if is(v) {
			return v
		}
	}
}

// learner is a kernel's seat.
func (c class) learner(n int, cfg seat.Config) *seat.Seat {
	c.t.Helper()
	cfg.Address, cfg.Code, cfg.Key = c.url, code, fmt.Sprintf("%032d", n)
	s, err := seat.Join(cfg)
	if err != nil {
		c.t.Fatal(err)
	}
	c.t.Cleanup(s.Leave)
	return s
}

func tell(s *seat.Seat, n wire.Note) { s.Tell(func() (wire.Note, bool) { return n, true }) }

var lines = wire.Question{Kind: "choice", Text: "How many lines?", Options: []string{"six", "three", "none"}}

func answer(round int, text string) wire.Note {
	return wire.Note{Kind: wire.Said, Lesson: "01", Cell: "01-05", Question: &lines, Round: round, Answer: text}
}

func run(token, order, outcome string) wire.Note {
	return wire.Note{Kind: wire.Run, Lesson: "01", Cell: "01-05", Token: token, Order: order, Outcome: outcome, Shows: []string{"lost update"}}
}

// A hundred answer, and nobody sees an answer, a name or a token before the teacher shows it.
func TestNobodySeesBeforeTheReveal(t *testing.T) {
	c := open(t)
	wall, teacher := c.wall(), c.teacher()
	for i := range 100 {
		s := c.learner(i, seat.Config{})
		tell(s, answer(1, lines.Options[i%3]))
		tell(s, run(fmt.Sprintf("t2-code-%d-aa-bb", i), "o", "SECRET OUTPUT"))
	}
	v := c.see(teacher, "teacher", "100 answers", func(v view) bool {
		return v.Here == 100 && len(v.Questions) == 1 && v.Questions[0].Answered[0] == 100 && len(v.Cells) == 1 && v.Cells[0].Learners == 100
	})
	if got := v.Questions[0].Bars[0]; got[0].Count != 34 || got[1].Count != 33 || got[2].Count != 33 {
		t.Errorf("bars: %v", got)
	}
	names := map[string]bool{}
	for _, s := range v.Seats {
		names[s.Name] = true
	}
	if len(names) != 100 {
		t.Errorf("%d names for 100", len(names))
	}
	hidden := func(when string, v view) {
		t.Helper()
		for _, no := range []string{"SECRET", "t2-code", `"count"`, `"seats"`, "lost update"} {
			if strings.Contains(v.raw, no) {
				t.Errorf("%s the wall has %s: %s", when, no, v.raw)
			}
		}
		for _, s := range v.Seats {
			t.Errorf("%s the wall names %s", when, s.Name)
		}
	}
	hidden("before anything is shown", c.see(wall, "wall", "anything", func(view) bool { return true }))
	id := v.Questions[0].ID
	c.do(teacher, "question", id)
	hidden("before the reveal", c.see(wall, "wall", "the question", func(v view) bool { return v.Question != nil && v.Question.Answered[0] == 100 }))
	c.do(teacher, "reveal", id)
	c.see(wall, "wall", "the answers", func(v view) bool {
		return v.Question != nil && len(v.Question.Bars) == 1 && v.Question.Bars[0][0].Count == 34
	})

	tell(c.learner(0, seat.Config{}), answer(2, "none"))
	c.do(teacher, "second round", id)
	hidden("in the second round", c.see(wall, "wall", "the second round", func(v view) bool { return v.Question.Answered[1] == 1 }))
	c.do(teacher, "reveal", id)
	c.see(wall, "wall", "both rounds", func(v view) bool { return len(v.Question.Bars) == 2 && v.Question.Bars[1][2].Count == 1 })
	c.do(teacher, "hide", id)
	hidden("after it is hidden", c.see(wall, "wall", "none", func(v view) bool { return len(v.Question.Bars) == 0 }))
}

// Without the code or the secret nothing is to be had, and with the code only the wall.
func TestPasses(t *testing.T) {
	c := open(t)
	gets := func(b *http.Client, path string) int {
		ctx, cancel := context.WithCancel(t.Context())
		defer cancel()
		q, _ := http.NewRequestWithContext(ctx, http.MethodGet, c.url+path, nil)
		a, err := (&http.Client{Jar: b.Jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}).Do(q)
		if err != nil {
			t.Fatal(err)
		}
		a.Body.Close()
		return a.StatusCode
	}
	nobody := &http.Client{}
	for _, row := range []struct {
		path                  string
		nobody, wall, teacher int
	}{
		{"/", 200, 200, 200}, {"/room.js", 200, 200, 200}, {"/teacher", 200, 200, 200}, // these hold nothing
		{"/wall", 303, 200, 200}, {"/events/wall", 401, 200, 200}, {"/events/teacher", 401, 401, 200},
		{"/picture/x/steps", 401, 404, 404}, {"/seat/events", 401, 401, 401}, {"/wall.html", 404, 404, 404},
	} {
		for who, b := range map[string]*http.Client{"nobody": nobody, "wall": c.wall(), "teacher": c.teacher()} {
			want := map[string]int{"nobody": row.nobody, "wall": row.wall, "teacher": row.teacher}[who]
			if got := gets(b, row.path); got != want {
				t.Errorf("%s gets %d of %s, not %d", who, got, row.path, want)
			}
		}
	}
	for _, b := range []*http.Client{nobody, c.wall()} {
		if got := send(b, c.url+"/do", `{"do":"clear"}`, ""); got != http.StatusUnauthorized {
			t.Errorf("who is not the teacher may lead: %d", got)
		}
	}
}

// A wrong code learns nothing: after some of them, nothing is said of any code from there,
// and who has joined notices none of it.
func TestWrongCodes(t *testing.T) {
	c := open(t)
	key := fmt.Sprintf("%032d", 1)
	if got := send(&http.Client{}, c.url+"/seat/join", `{"code":"`+code+`"}`, key); got != 200 {
		t.Fatalf("the right code: %d", got)
	}
	var all sync.WaitGroup
	counts := map[int]int{}
	var mu sync.Mutex
	for i := range 200 {
		all.Go(func() {
			got := send(&http.Client{}, c.url+[]string{"/seat/join", "/enter"}[i%2], fmt.Sprintf(`{"code":"wrong%d"}`, i), key)
			mu.Lock()
			counts[got]++
			mu.Unlock()
		})
	}
	all.Wait()
	if counts[403] < 1 || counts[403] > 50 || counts[403]+counts[429] != 200 {
		t.Errorf("200 wrong codes: %v", counts)
	}
	if got := send(&http.Client{}, c.url+"/enter", `{"code":"`+code+`"}`, ""); got != http.StatusTooManyRequests {
		t.Errorf("the right code after 200 wrong ones is answered %d", got)
	}
	if got := send(&http.Client{}, c.url+"/seat/notes", `[]`, key); got != http.StatusNoContent {
		t.Errorf("who has joined is answered %d", got)
	}
}

// What a liar tells is left out, and changes nothing of what others have told.
func TestLiar(t *testing.T) {
	c := open(t)
	teacher := c.teacher()
	honest := c.learner(1, seat.Config{})
	tell(honest, answer(1, "six"))
	tell(honest, run("t2-code-1-aa-bb", "o", "2"))
	key := fmt.Sprintf("%032d", 2)
	if got := send(&http.Client{}, c.url+"/seat/join", `{"code":"`+code+`"}`, key); got != 200 {
		t.Fatalf("join: %d", got)
	}
	long := strings.Repeat("x", 5000)
	for _, text := range []string{
		`[{"kind":"said","lesson":"01","cell":"01-05","question":{"kind":"choice","text":"How many lines?","options":["six","three","none"]},"round":1,"answer":"nine"}]`,
		`[{"kind":"said","lesson":"01","cell":"01-05","question":{"kind":"choice","text":"How many lines?","options":["six","three","none"]},"round":-1,"answer":"six"}]`,
		`[{"kind":"said","question":null,"round":1,"answer":"six"}]`,
		`[{"kind":"said","question":{"kind":"choice","text":"` + "\u202e" + `"},"round":1,"answer":""}]`,
		`[{"kind":"run","token":"<script>","order":"o","outcome":"x"}]`,
		`[{"kind":"run","token":"t2-` + long + `","order":"o"}]`,
		`[{"kind":"run","order":"../../x"}]`,
		`[{"kind":"check","verdicts":[{"property":"race-free","result":"surely"}]}]`,
		`[{"kind":"nothing"}]`, `[{}]`, `[]`, `[null]`,
	} {
		if got := send(&http.Client{}, c.url+"/seat/notes", text, key); got != http.StatusNoContent {
			t.Errorf("%.80s: %d", text, got)
		}
	}
	for _, text := range []string{"", "{", `{"kind":"run"}`, `[` + strings.Repeat(`{"kind":"at","cell":"`+long+`"},`, 20) + `{}]`} {
		if got := send(&http.Client{}, c.url+"/seat/notes", text, key); got != http.StatusBadRequest {
			t.Errorf("%.80s: %d", text, got)
		}
	}
	if got := send(&http.Client{}, c.url+"/seat/notes", `[]`, fmt.Sprintf("%032d", 3)); got != http.StatusUnauthorized {
		t.Errorf("a key that has not joined: %d", got)
	}
	for _, text := range []string{
		`{"token":"t2-code-1-aa-bb","heads":"<svg ></svg>","steps":"<svg ></svg>","row":20}`, // another's, and not asked for
		`{"token":"t2-code-1-aa-bb","heads":"<script>","steps":"<svg >","row":20}`, `{"row":0}`,
	} {
		if got := send(&http.Client{}, c.url+"/seat/picture", text, key); got != http.StatusNotFound {
			t.Errorf("%.80s: %d", text, got)
		}
	}
	v := c.see(teacher, "teacher", "what the honest one told", func(v view) bool { return len(v.Cells) > 0 && len(v.Questions) > 0 })
	if len(v.Questions) != 1 || v.Questions[0].Answered[0] != 1 || len(v.Cells) != 1 || v.Cells[0].Runs != 1 || len(v.Cells[0].Checks) != 0 {
		t.Errorf("the liar was heard: %s", v.raw)
	}
}

// A flood from one is cut off, what it fills is bounded, and others are heard.
func TestFlood(t *testing.T) {
	c := open(t)
	teacher := c.teacher()
	key := fmt.Sprintf("%032d", 1)
	send(&http.Client{}, c.url+"/seat/join", `{"code":"`+code+`"}`, key)
	var all sync.WaitGroup
	var mu sync.Mutex
	counts := map[int]int{}
	for i := range 8 {
		all.Go(func() {
			for j := range 50 {
				var notes []wire.Note
				for k := range wire.MostNotes {
					q := lines
					q.Text = fmt.Sprint("question ", i, j, k)
					notes = append(notes, wire.Note{Kind: wire.Said, Question: &q, Round: 1, Answer: "six"}, run("", fmt.Sprintf("o%dx%dx%d", i, j, k), fmt.Sprint(i, j, k)))
				}
				text, _ := json.Marshal(notes[:wire.MostNotes])
				got := send(&http.Client{}, c.url+"/seat/notes", string(text), key)
				mu.Lock()
				counts[got]++
				mu.Unlock()
			}
		})
	}
	all.Wait()
	for i := 0; counts[429] == 0 && i < 10_000; i++ { // where the machine is too busy for a flood
		counts[send(&http.Client{}, c.url+"/seat/notes", `[]`, key)]++
	}
	if counts[429] == 0 || counts[204] == 0 || len(counts) != 2 {
		t.Errorf("answers: %v", counts)
	}
	tell(c.learner(2, seat.Config{}), answer(1, "six"))
	v := c.see(teacher, "teacher", "the other's answer", func(v view) bool {
		for _, q := range v.Questions {
			if q.Bars[0][0].Answer == "six" && q.Answered[0] == 1 && strings.Contains(v.raw, lines.Text) {
				return true
			}
		}
		return false
	})
	if len(v.Questions) > 61 || len(v.Cells) != 1 || v.Cells[0].Orders > 100 || len(v.raw) > 1<<20 {
		t.Errorf("%d questions, %d cells, %d bytes", len(v.Questions), len(v.Cells), len(v.raw))
	}
}

// drawn is a picture as a kernel draws it.
func drawn(token string) *wire.Picture {
	return &wire.Picture{Token: token, Heads: "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>", Steps: "<svg xmlns='http://www.w3.org/2000/svg'/>", Row: 20,
		Rows: []wire.PictureRow{{Step: 1, Says: "Step 1"}, {Step: 2, Says: "Step 2"}}}
}

// A click on an order has a kernel that made it draw it; learners who follow are told of
// the token and the step. The kernel is asked for nothing that it has not told of.
func TestRunOnTheWall(t *testing.T) {
	c := open(t)
	teacher, wall := c.teacher(), c.wall()
	asked, follows := make(chan string, 10), make(chan wire.Follow, 10)
	s := c.learner(1, seat.Config{Picture: func(token string) *wire.Picture { asked <- token; return drawn(token) }})
	tell(s, run("t2-code-1-aa-bb", "o", "2"))
	c.learner(2, seat.Config{
		Picture: func(token string) *wire.Picture { t.Errorf("another is asked for %s", token); return nil },
		Follow:  func(f wire.Follow) { follows <- f },
	})
	v := c.see(teacher, "teacher", "the order", func(v view) bool { return v.Here == 2 && len(v.Cells) == 1 })
	c.do(teacher, "run", v.Cells[0].Groups[0].Of[0].ID)
	if got := <-asked; got != "t2-code-1-aa-bb" {
		t.Errorf("asked for %s", got)
	}
	v = c.see(wall, "wall", "the picture", func(v view) bool { return v.Run != nil && v.Run.Picture != nil })
	if got := <-follows; got != (wire.Follow{Token: "t2-code-1-aa-bb", Step: 1}) {
		t.Errorf("a learner follows %v", got)
	}
	if got := send(teacher, c.url+"/do", `{"do":"row","row":1}`, ""); got != http.StatusNoContent {
		t.Errorf("step: %d", got)
	}
	if got := <-follows; got.Step != 2 {
		t.Errorf("a learner follows %v", got)
	}
	a, err := wall.Get(c.url + "/picture/" + v.Run.Picture.Name + "/heads")
	if err != nil || a.StatusCode != 200 || !strings.Contains(a.Header.Get("Content-Security-Policy"), "sandbox") || strings.Contains(a.Header.Get("Content-Security-Policy"), "script") {
		t.Errorf("the picture may do something: %v %v", a, err)
	}
	a.Body.Close()
}

// A room that is started anew remembers nothing: kernels come back by themselves, and tell
// it all again. One whose connection was dropped is here again, and counts once.
func TestRestart(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	c := class{t, "http://" + l.Addr().String()}
	serve := func(l net.Listener) func() {
		ctx, stop := context.WithCancel(context.Background())
		over := make(chan error)
		go func() { over <- room.New(code, leads).Serve(ctx, l) }()
		return func() {
			stop()
			if err := <-over; err != nil {
				t.Errorf("serving: %v", err)
			}
		}
	}
	stop := serve(l)
	var seats []*seat.Seat
	for i := range 5 {
		s := c.learner(i, seat.Config{})
		seats = append(seats, s)
		tell(s, answer(1, "six"))
	}
	c.see(c.teacher(), "teacher", "5 answers", func(v view) bool { return v.Here == 5 && len(v.Questions) == 1 && v.Questions[0].Answered[0] == 5 })
	stop()
	for _, s := range seats { // in the meantime
		tell(s, run("", "o", "2"))
	}
	if l, err = net.Listen("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	stop = serve(l)
	defer stop()
	v := c.see(c.teacher(), "teacher", "everything again", func(v view) bool {
		return v.Here == 5 && len(v.Questions) == 1 && v.Questions[0].Answered[0] == 5 && len(v.Cells) == 1 && v.Cells[0].Learners == 5
	})
	if v.Cells[0].Runs != 5 {
		t.Errorf("%d runs of 5", v.Cells[0].Runs)
	}
	http.DefaultTransport.(*http.Transport).CloseIdleConnections()
}

// Nothing waits for a room that takes connections and never answers, and nothing is lost
// but what does not fit.
func TestNobodyWaits(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	defer l.Close()
	s, err := seat.Join(seat.Config{Address: l.Addr().String(), Code: code, Key: fmt.Sprintf("%032d", 1)})
	if err != nil {
		t.Fatal(err)
	}
	blocked := make(chan struct{})
	s.Tell(func() (wire.Note, bool) { <-blocked; return wire.Note{}, false })
	for range 10_000 {
		tell(s, answer(1, "six"))
	}
	if state, _ := s.State(); state != seat.Trying {
		t.Errorf("state %v", state)
	}
	close(blocked)
	s.Leave()
}

// A room that is not there is known to be absent at once, and joined when it comes.
func TestLateRoom(t *testing.T) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	l.Close()
	one := class{t, "http://" + l.Addr().String()}.learner(1, seat.Config{})
	one.Settled(t.Context(), patience)
	if state, _ := one.State(); state != seat.Absent {
		t.Errorf("state %v", state)
	}
	if l, err = net.Listen("tcp", l.Addr().String()); err != nil {
		t.Fatal(err)
	}
	s := &httptest.Server{Listener: l, Config: &http.Server{Handler: room.New(code, leads).Handler()}}
	s.Start()
	defer s.Close()
	defer one.Leave()
	c := class{t, s.URL}
	c.see(c.teacher(), "teacher", "who was early", func(v view) bool { return v.Here == 1 })
}

// A room that is none gets nothing out of a kernel: it is led nowhere else, reads no more
// than it should, and draws nothing that it has not told of.
func TestFalseRoom(t *testing.T) {
	var elsewhere sync.Map
	other := httptest.NewServer(http.HandlerFunc(func(_ http.ResponseWriter, q *http.Request) { elsewhere.Store(q.URL.Path, true) }))
	defer other.Close()
	listened := make(chan string, 100)
	m := http.NewServeMux()
	m.HandleFunc("/seat/join", func(w http.ResponseWriter, q *http.Request) { io.WriteString(w, `{"name":"x"}`) })
	m.HandleFunc("/seat/notes", func(w http.ResponseWriter, q *http.Request) {
		body, _ := io.ReadAll(q.Body)
		listened <- string(body)
		http.Redirect(w, q, other.URL+"/redirected", http.StatusTemporaryRedirect)
	})
	m.HandleFunc("/seat/events", func(w http.ResponseWriter, q *http.Request) {
		for _, text := range []string{`{"show":"t2-code-9-aa-bb"}`, `{"follow":{"token":"rm -rf"}}`, `{"show":"` + strings.Repeat("x", 1<<20) + `"}`} {
			fmt.Fprintf(w, "data: %s\n\n", text)
			http.NewResponseController(w).Flush()
		}
		listened <- "events"
	})
	m.HandleFunc("/seat/picture", func(http.ResponseWriter, *http.Request) { t.Error("a picture was told") })
	s := httptest.NewServer(m)
	defer s.Close()
	one := class{t, s.URL}.learner(1, seat.Config{
		Picture: func(token string) *wire.Picture { t.Errorf("drawn: %s", token); return drawn(token) },
		Follow:  func(f wire.Follow) { t.Errorf("follows %v", f) },
	})
	tell(one, answer(1, "six"))
	for range 4 { // it is called again and again
		<-listened
	}
	if _, went := elsewhere.Load("/redirected"); went {
		t.Error("the kernel went elsewhere")
	}
}

func FuzzNotes(f *testing.F) {
	f.Add([]byte(`[{"kind":"said","question":{"kind":"order","text":"x","options":["a"]},"round":2,"answer":"1"}]`))
	f.Fuzz(func(t *testing.T, text []byte) {
		var notes []wire.Note
		if json.NewDecoder(bytes.NewReader(text)).Decode(&notes) != nil {
			return
		}
		for _, n := range notes {
			if !n.Clean() {
				continue
			}
			again := n
			if !again.Clean() {
				t.Errorf("%+v is clean once only", n)
			}
		}
	})
}
