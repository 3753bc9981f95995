package postgres

import (
	"bufio"
	"context"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"threading101/kernel/postgres/postgrestest"
)

// The test binary is also a kernel that starts a server and is killed.
func TestMain(m *testing.M) {
	if dir := os.Getenv("T101_TEST_KERNEL"); dir != "" {
		doomed(dir)
	}
	os.Exit(m.Run())
}

// here is the PostgreSQL that setup brought, else the machine's.
func here(t testing.TB) Installation {
	t.Helper()
	beside, err := filepath.Abs("../../bin")
	if err != nil {
		t.Fatal(err)
	}
	i, err := Find(beside)
	if err != nil {
		postgrestest.Missing(t, err)
	}
	return i
}

func start(t testing.TB, c Config) *Server {
	t.Helper()
	s, err := Start(context.Background(), c)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Stop)
	return s
}

func (s *Server) must(t testing.TB, database, sql string) string {
	t.Helper()
	got, err := s.ask(context.Background(), database, sql)
	if err != nil {
		t.Fatalf("%s: %v", sql, err)
	}
	return strings.Join(got, " ")
}

// fails starts a server that cannot be started, and returns the sentence.
func fails(t *testing.T, c Config) string {
	t.Helper()
	s, err := Start(context.Background(), c)
	if err == nil {
		s.Stop()
		t.Fatal("the server was started")
	}
	return err.Error()
}

// A server is what its clients rely on: reached through the socket alone, with the
// settings that tell a client why it waits.
func TestStart(t *testing.T) {
	dir := postgrestest.Folder(t)
	s := start(t, Config{Installation: here(t), Dir: dir})
	for setting, want := range map[string]string{
		"log_lock_waits": "on", "deadlock_timeout": "1ms", "max_connections": "50", "listen_addresses": "", "autovacuum": "off",
	} {
		if got := s.must(t, databaseName, "SHOW "+setting); got != want {
			t.Errorf("%s is %q, want %q", setting, got, want)
		}
	}
	if got, want := s.URL(), "postgres://learner@/lesson?host="+dir+"&sslmode=disable"; got != want {
		t.Errorf("the address is %s, want %s", got, want)
	}
	if got := s.must(t, databaseName, "SHOW server_version"); !strings.HasPrefix(got, s.Version) {
		t.Errorf("version %q, want %q", got, s.Version)
	}
	if sentence := fails(t, Config{Installation: here(t), Dir: dir}); !strings.Contains(sentence, "another PostgreSQL server runs in "+dir) {
		t.Errorf("a taken folder: %q", sentence)
	}
	s.Stop()
	if err := syscall.Kill(s.pid, 0); err != syscall.ESRCH {
		t.Errorf("after Stop: %v", err)
	}
}

// A template is copied, by whoever may read it; one of another version is not used.
func TestTemplate(t *testing.T) {
	i := here(t)
	i.Ours, i.Template = true, filepath.Join(filepath.Dir(postgrestest.Folder(t)), "template")
	if err := i.MakeTemplate(context.Background()); err != nil {
		t.Fatal(err)
	}
	info, err := os.Stat(filepath.Join(i.Template, "global", "pg_control"))
	if err != nil || info.Mode().Perm() != 0o644 {
		t.Fatalf("the template's files: %v, %v", info.Mode(), err)
	}
	note := filepath.Join(i.Template, "note")
	if err := os.WriteFile(note, nil, 0o644); err != nil {
		t.Fatal(err)
	}
	dir := postgrestest.Folder(t)
	start(t, Config{Installation: i, Dir: dir}).Stop()
	if _, err := os.Stat(filepath.Join(dir, "data", "note")); err != nil {
		t.Errorf("the template was not copied: %v", err)
	}
	if err := os.WriteFile(filepath.Join(i.Template, "PG_VERSION"), []byte("9\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	other := postgrestest.Folder(t)
	start(t, Config{Installation: i, Dir: other})
	if _, err := os.Stat(filepath.Join(other, "data", "note")); err == nil {
		t.Error("a template of another version was copied")
	}
	if err := os.WriteFile(filepath.Join(dir, "data", "PG_VERSION"), []byte("9\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	if sentence := fails(t, Config{Installation: i, Dir: dir}); !strings.Contains(sentence, "incompatible with server") {
		t.Errorf("data of another version: %q", sentence)
	}
}

// Root is somebody else, in a namespace or as a user of its own that cannot enter our
// home: then the programs are copied.
func TestAsRoot(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Log("not root: PostgreSQL runs as ourselves")
		return
	}
	i, works := here(t), 0
	for _, as := range candidates() {
		t.Run(as.name, func(t *testing.T) {
			home := filepath.Join(t.TempDir(), "home")
			if err := copyAll(i.root(), home, programs); err != nil {
				t.Fatal(err)
			}
			if err := os.Chmod(home, 0o700); err != nil {
				t.Fatal(err)
			}
			in := Installation{Bin: filepath.Join(home, strings.TrimPrefix(i.Bin, i.root())), Ours: i.Ours, Template: i.Template}
			c := in.try(as)
			if c.err != nil {
				t.Logf("not on this machine: %v", c.err)
				return
			}
			works++
			choices.Store(in, c)
			s := start(t, Config{Installation: in, Dir: postgrestest.Folder(t)})
			if got := s.must(t, databaseName, "SELECT 6*7"); got != "42" {
				t.Errorf("got %q", got)
			}
		})
	}
	if works == 0 {
		t.Error("root can start no server")
	}
}

// What keeps a server from starting is said in a sentence.
func TestSentences(t *testing.T) {
	i := here(t)
	if _, err := Find(t.TempDir()); err != nil && err != ErrNone {
		t.Error(err)
	}
	if sentence := fails(t, Config{Installation: i, Dir: "/tmp/" + strings.Repeat("x", 88)}); !strings.Contains(sentence, "93 bytes long, and the system allows 92") {
		t.Errorf("a long name: %q", sentence)
	}
	if sentence := fails(t, Config{Installation: i, Dir: "/dev/null/pg"}); !strings.Contains(sentence, "/dev/null/pg cannot be made") {
		t.Errorf("no folder: %q", sentence)
	}
	broken := Installation{Bin: t.TempDir()}
	for _, name := range []string{"postgres", "initdb"} {
		if err := os.WriteFile(filepath.Join(broken.Bin, name), []byte("no program"), 0o755); err != nil {
			t.Fatal(err)
		}
	}
	if sentence := fails(t, Config{Installation: broken, Dir: postgrestest.Folder(t)}); !strings.Contains(sentence, broken.Bin+" cannot be run here") {
		t.Errorf("no programs: %q", sentence)
	}
}

// Who borrows a database finds nothing of who had it before, not even a connection.
func TestFresh(t *testing.T) {
	ctx := context.Background()
	s := start(t, Config{Installation: here(t), Dir: postgrestest.Folder(t)})
	url, drop, err := s.Fresh(ctx)
	if err != nil {
		t.Fatal(err)
	}
	other, _, err := s.Fresh(ctx)
	if err != nil || other == url {
		t.Fatalf("two at once: %s and %s, %v", url, other, err)
	}
	left, err := dial(ctx, "unix", filepath.Join(s.dir, socketName), userName, "run1")
	if err != nil {
		t.Fatal(err)
	}
	defer left.Close()
	if _, err := left.query(ctx, "CREATE TABLE a (n int); CREATE SCHEMA more; CREATE TABLE more.b (n int); SELECT lo_create(7); BEGIN; LOCK a"); err != nil {
		t.Fatal(err)
	}
	drop()
	again, _, err := s.Fresh(ctx)
	if err != nil || again != url {
		t.Fatalf("the database is not lent again: %s, %v", again, err)
	}
	if _, err := left.query(ctx, "SELECT 1"); err == nil {
		t.Error("a connection of before lives on")
	}
	if got := s.must(t, "run1", "SELECT string_agg(nspname, ',') FROM pg_namespace WHERE nspname !~ '^pg_'"); !strings.Contains(got, "public") || strings.Contains(got, "more") {
		t.Errorf("schemas: %s", got)
	}
	if got := s.must(t, "run1", "SELECT count(*) FROM pg_class WHERE relname IN ('a','b')"); got != "0" {
		t.Errorf("%s tables are left", got)
	}
}

// A server that was killed comes back with what was committed; a reset leaves nothing.
func TestService(t *testing.T) {
	ctx := context.Background()
	i := here(t)
	service := NewService(func() (Installation, error) { return i, nil }, Config{Dir: postgrestest.Folder(t)})
	defer service.Close()
	first, _, err := service.Server(ctx)
	if err != nil {
		t.Fatal(err)
	}
	first.must(t, databaseName, "CREATE TABLE account (balance int); INSERT INTO account VALUES (100)")
	syscall.Kill(first.pid, syscall.SIGKILL)
	<-first.Ended()
	second, how, err := service.Server(ctx)
	if err != nil || how != Recovered {
		t.Fatalf("came back %v: %v", how, err)
	}
	if got := second.must(t, databaseName, "SELECT balance FROM account"); got != "100" {
		t.Errorf("the balance is %q", got)
	}
	second.Stop()
	os.Remove(filepath.Join(second.dir, "data", "global", "pg_control"))
	third, how, err := service.Server(ctx)
	if err != nil || how != Emptied {
		t.Fatalf("came back %v: %v", how, err)
	}
	third.must(t, databaseName, "CREATE TABLE account (balance int)")
	if err := service.Reset(ctx); err != nil {
		t.Fatal(err)
	}
	fourth, _, err := service.Server(ctx)
	if err != nil {
		t.Fatal(err)
	}
	fourth.must(t, databaseName, "CREATE TABLE account (balance int)")
	if fourth.URL() != first.URL() {
		t.Error("the address has changed")
	}
	service.Close()
	if _, err := os.Stat(first.dir); !os.IsNotExist(err) {
		t.Errorf("the folder is left: %v", err)
	}
}

// doomed starts a server that computes, says who it is, and waits to be killed.
func doomed(dir string) {
	i, err := Find(os.Getenv("T101_TEST_BESIDE"))
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	s, err := Start(context.Background(), Config{Installation: i, Dir: dir, Env: []string{"T101_TEST_MARK=" + dir}})
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	busy, err := dial(context.Background(), "unix", filepath.Join(dir, socketName), userName, databaseName)
	if err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
	go busy.query(context.Background(), "SELECT count(*) FROM generate_series(1, 1000000000000)")
	for {
		if n, _ := s.ask(context.Background(), databaseName, "SELECT count(*) FROM pg_stat_activity WHERE query LIKE '%generate_series(1, 1%' AND state = 'active' AND pid <> pg_backend_pid()"); len(n) == 1 && n[0] == "1" {
			break
		}
	}
	fmt.Println(s.pid)
	select {}
}

// A kernel that is killed leaves no server behind, even in the middle of a statement.
func TestKilled(t *testing.T) {
	i := here(t)
	dir := postgrestest.Folder(t)
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "T101_TEST_KERNEL="+dir, "T101_TEST_BESIDE="+filepath.Dir(i.root()))
	out, err := cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	line, _ := bufio.NewReader(out).ReadString('\n')
	pid, err := strconv.Atoi(strings.TrimSpace(line))
	cmd.Process.Kill()
	cmd.Wait()
	if err != nil {
		t.Fatalf("the kernel said %q", line)
	}
	began := time.Now()
	for len(alive(dir)) > 0 {
		if time.Since(began) > 10*time.Second {
			t.Fatalf("server %d: %v are alive after 10 s", pid, alive(dir))
		}
		time.Sleep(time.Millisecond)
	}
	t.Logf("gone after %v", time.Since(began).Round(time.Millisecond))
}

// alive lists the processes of the server in a folder, by what their environment says.
func alive(dir string) (pids []string) {
	environs, _ := filepath.Glob("/proc/[0-9]*/environ")
	for _, file := range environs {
		text, err := os.ReadFile(file)
		if err == nil && strings.Contains(string(text), "T101_TEST_MARK="+dir+"\x00") {
			pids = append(pids, filepath.Base(filepath.Dir(file)))
		}
	}
	return pids
}

// What the design rests on: a start, a borrowed database, and its return.
func BenchmarkStart(b *testing.B) {
	i := here(b)
	for b.Loop() {
		s := start(b, Config{Installation: i, Dir: postgrestest.Folder(b)})
		s.Stop()
	}
}

func BenchmarkFresh(b *testing.B) {
	ctx := context.Background()
	s := start(b, Config{Installation: here(b), Dir: postgrestest.Folder(b)})
	for b.Loop() {
		url, drop, err := s.Fresh(ctx)
		if err != nil {
			b.Fatal(err, url)
		}
		s.must(b, "run1", "CREATE TABLE accounts (name text PRIMARY KEY, balance int NOT NULL); INSERT INTO accounts VALUES ('a', 100), ('b', 100)")
		drop()
	}
}
