package proxy

import (
	"context"
	"crypto/rand"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"
	"time"

	"threading101/kernel/build"
	"threading101/kernel/database"
	"threading101/kernel/gonbtools"
	"threading101/kernel/gonbtools/server"
	"threading101/kernel/gopls"
	"threading101/kernel/guard"
	"threading101/kernel/jupyter"
)

// markName is the environment variable that all processes below a kernel bear.
// It does not begin with T101_: what does is not for the learner's programs.
const markName = "THREADING101_KERNEL"

// stage is everything behind the kernel: its folder, the guard, the façade, the
// builder, and the GoNB of the moment.
type stage struct {
	dir      string
	key      string // of the messages to GoNB
	kernelID string
	log      func(string, ...any)
	launch   launcher
	guard    *guard.Guard
	server   *server.Server
	builder  *build.Builder
	cool     context.CancelFunc // ends what the builder does in advance
	gopls    *gopls.Server
	desk     *database.Desk

	mu      sync.Mutex
	child   *child
	changed chan struct{} // closed and replaced when child is
	closing bool
	given   error // why there will be no other GoNB

	// Of the goroutine that starts GoNB and replaces it (start, then keep).
	started  int
	failures int // GoNBs in a row that ended before they answered

	recall func(*child) // gives a new GoNB the memory of the last one
}

// openStage prepares everything behind the kernel and starts GoNB. Front ends
// are answered meanwhile.
func (p *proxy) openStage(connectionFile string, conn *jupyter.Connection) error {
	defer close(p.staged)
	s := &stage{key: conn.Key, kernelID: kernelID(connectionFile), log: p.log, changed: make(chan struct{})}
	s.recall = p.recall
	p.stage = s
	if err := p.setStage(s); err != nil {
		p.stageErr = err
		return err
	}
	return s.start()
}

func (p *proxy) setStage(s *stage) error {
	var err error
	if s.dir, err = tempDir(); err != nil {
		return err
	}
	mark := markName + "=" + filepath.Base(s.dir)
	if s.guard, err = guard.Start(p.cfg.Binary, mark, s.dir); err != nil {
		return err
	}
	s.desk = s.newDesk(p.cfg)
	for _, sub := range []string{"bin", "tmp", "work"} {
		if err = os.Mkdir(filepath.Join(s.dir, sub), 0o700); err != nil {
			return err
		}
	}
	if err = gonbtools.Links(filepath.Join(s.dir, "bin"), p.cfg.Binary); err != nil {
		return err
	}
	if s.server, err = server.Serve(filepath.Join(s.dir, "s"), p, p.log); err != nil {
		return err
	}
	if s.builder, err = build.New(build.Config{GoTool: p.cfg.Go, RT: p.cfg.RT, WorkDir: filepath.Join(s.dir, "work"), Seed: p.cfg.seed(), Keep: true, Logf: p.log}); err != nil {
		return err
	}
	var warming context.Context
	warming, s.cool = context.WithCancel(context.Background())
	go s.builder.Warm(warming, "", s.environment(p.cfg))
	s.gopls = s.newLanguage(p.cfg, mark)
	s.launch = func(file string) (process, error) {
		g, err := guard.Run(p.cfg.Gonb, []string{"-kernel", file, "-raw_error"}, s.environment(p.cfg), mark, p.logWriter())
		if err != nil {
			return nil, err
		}
		s.guard.Group(g.PID)
		return g, nil
	}
	return nil
}

// environment is GoNB's, and through it that of everything a cell starts.
func (s *stage) environment(c Config) []string {
	links := filepath.Join(s.dir, "bin")
	set := map[string]string{
		"PATH":              links + string(os.PathListSeparator) + os.Getenv("PATH"),
		"TMPDIR":            filepath.Join(s.dir, "tmp"),
		gonbtools.EnvSocket: filepath.Join(s.dir, "s"),
		gonbtools.EnvKernel: c.Binary,
		gonbtools.EnvLinks:  links,
		gonbtools.EnvGo:     c.Go,
		gonbtools.EnvGopls:  c.Gopls,
	}
	env := []string{}
	for _, one := range os.Environ() {
		if name, _, _ := strings.Cut(one, "="); set[name] == "" && name != markName {
			env = append(env, one)
		}
	}
	for name, value := range set {
		env = append(env, name+"="+value)
	}
	return build.Seeded(env, c.seed())
}

func (p *proxy) logWriter() io.Writer {
	if p.cfg.Log == nil {
		return nil
	}
	return p.cfg.Log
}

// start starts the first GoNB; whenever one dies, the next follows.
func (s *stage) start() error {
	c, err := s.raise()
	if err != nil {
		return err
	}
	go s.keep(c)
	return nil
}

// raise starts a GoNB and makes it the current one.
func (s *stage) raise() (*child, error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.closing {
		return nil, errGone
	}
	s.started++
	var recall func(*child)
	if s.started > 1 && s.failures < stillborn/2 {
		recall = s.recall
	}
	c, err := newChild(context.Background(), s, s.started, recall)
	if err != nil {
		return nil, err
	}
	s.child = c
	close(s.changed)
	s.changed = make(chan struct{})
	return c, nil
}

// stillborn is how many GoNBs in a row may end before they answered.
const stillborn = 5

// keep replaces GoNB when it dies.
func (s *stage) keep(c *child) {
	for {
		<-c.done
		s.log("GoNB has ended")
		if !s.worthAnother(c) {
			s.giveUp(errStillborn)
			return
		}
		next, err := s.raise()
		if err != nil {
			s.giveUp(err)
			return
		}
		c = next
	}
}

// worthAnother counts the GoNBs that ended before they answered. Perhaps it is
// what they were to remember that ended them: the last ones are spared that.
func (s *stage) worthAnother(c *child) bool {
	if s.failures++; c.wasReady() {
		s.failures = 0
	}
	time.Sleep(time.Duration(s.failures) * 50 * time.Millisecond)
	return s.failures < stillborn
}

// giveUp tells who waits that no GoNB will come.
func (s *stage) giveUp(err error) {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.given = err
	close(s.changed)
	s.changed = make(chan struct{})
}

// closeStage ends GoNB and all it started, and removes the folder.
func (p *proxy) closeStage() {
	<-p.staged
	s := p.stage
	s.mu.Lock()
	s.closing = true
	c := s.child
	s.mu.Unlock()
	if c != nil {
		c.process.Kill()
		<-c.done
	}
	if s.cool != nil {
		s.cool()
	}
	if s.desk != nil {
		s.desk.Close()
	}
	if s.gopls != nil {
		s.gopls.Close()
	}
	if s.server != nil {
		s.server.Close()
	}
	if s.guard != nil {
		s.guard.Close()
	}
	if s.dir != "" {
		guard.RemoveAll(s.dir) // if somebody ended the guard
	}
}

// child returns the GoNB of the moment, nil if there is none that answers.
func (p *proxy) child() *child {
	select {
	case <-p.staged:
	default:
		return nil
	}
	p.stage.mu.Lock()
	defer p.stage.mu.Unlock()
	if c := p.stage.child; c != nil && c.isReady() {
		return c
	}
	return nil
}

// awaitChild waits until there is a GoNB that answers.
func (p *proxy) awaitChild(ctx context.Context) (*child, error) {
	select {
	case <-p.staged:
	case <-ctx.Done():
		return nil, ctx.Err()
	}
	if p.stageErr != nil {
		return nil, p.stageErr
	}
	for {
		p.stage.mu.Lock()
		c, changed, given := p.stage.child, p.stage.changed, p.stage.given
		p.stage.mu.Unlock()
		if given != nil {
			return nil, given
		}
		var ready <-chan struct{}
		if c != nil && !closed(c.dying) {
			ready = c.ready
		}
		select {
		case <-ready:
			return c, nil
		case <-changed:
		case <-ctx.Done():
			return nil, ctx.Err()
		}
	}
}

// newID is a random identifier in the form of a UUID.
func newID() string {
	var b [16]byte
	rand.Read(b[:])
	b[6], b[8] = b[6]&0x0f|0x40, b[8]&0x3f|0x80
	return fmt.Sprintf("%x-%x-%x-%x-%x", b[0:4], b[4:6], b[6:8], b[8:10], b[10:])
}
