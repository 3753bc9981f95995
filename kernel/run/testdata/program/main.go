// Program is what the tests of package run supervise: one binary, and the
// first argument says how it is to behave.
package main

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"log"
	"os"
	"os/exec"
	"os/signal"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"time"

	"golang.org/x/sys/unix"
)

var modes = map[string]func(){
	"hello":     func() { fmt.Println("hello") },
	"nothing":   func() {},
	"env":       func() { fmt.Println(strings.Join(os.Environ(), "\n")) },
	"args":      func() { fmt.Printf("%q\n", os.Args[1:]) },
	"dir":       func() { d, _ := os.Getwd(); fmt.Println(d) },
	"fds":       fds,
	"both":      both,
	"alternate": alternate,
	"lines":     lines,
	"endless": func() {
		for i := 0; ; i++ {
			fmt.Println("line", i)
		}
	},
	"spin": func() {
		fmt.Println("spinning")
		for {
		}
	},
	"longline":  func() { os.Stdout.WriteString(strings.Repeat("x", 200<<10)) },
	"binary":    func() { os.Stdout.Write([]byte("a\x00b\xff\xfec\n")) },
	"umlauts":   umlauts,
	"halfrune":  func() { os.Stdout.Write([]byte("ä\xe2\x82")); time.Sleep(time.Hour) },
	"prompt":    func() { fmt.Print("name? "); time.Sleep(time.Hour) },
	"ignore":    func() { signal.Ignore(os.Interrupt); fmt.Println("ready"); time.Sleep(time.Hour) },
	"graceful":  graceful,
	"closeout":  func() { os.Stdout.Close(); os.Stderr.Close(); time.Sleep(50 * time.Millisecond); os.Exit(4) },
	"orphan":    orphan,
	"setsid":    setsid,
	"ask":       ask,
	"readall":   func() { b, err := io.ReadAll(os.Stdin); fmt.Printf("%q %v\n", b, err) },
	"childread": childread,
	"hungry":    hungry,

	"nil":         func() { var p *struct{ x int }; p.x = 1 },
	"panic":       func() { panic("boom") },
	"custom":      func() { panic(problem{"custom", 3}) },
	"wrapped":     func() { panic(fmt.Errorf("outer: %w", errors.New("inner\nsecond line"))) },
	"value":       func() { panic(struct{ a, b int }{1, 2}) },
	"repanic":     repanic,
	"same":        func() { defer func() { panic(recover()) }(); panic("again") },
	"worker":      func() { go worker(nil); select {} },
	"goexit":      func() { runtime.Goexit() },
	"deadlock":    func() { ch := make(chan int); <-ch },
	"deadlock3":   deadlock3,
	"deadlocks":   deadlocks,
	"mapwrites":   mapwrites,
	"overflow":    func() { debug.SetMaxStack(1 << 20); overflow(1) },
	"unlock":      func() { var mu sync.Mutex; mu.Unlock() },
	"negative":    func() { var wg sync.WaitGroup; wg.Done() },
	"closeclosed": func() { c := make(chan int); close(c); close(c) },
	"exit3":       func() { fmt.Println("before"); os.Exit(3) },
	"fatal":       func() { log.SetFlags(0); log.Fatal("no more") },
	"abort":       func() { fmt.Println(os.Getpid()); time.Sleep(time.Hour) },
	"lookslike":   lookslike,
	"looksbrief":  func() { fmt.Fprintln(os.Stderr, "panic: not really"); time.Sleep(time.Hour) },
	"stackprint":  func() { os.Stderr.Write(debug.Stack()); os.Exit(2) },
	"exit2":       func() { fmt.Fprintln(os.Stderr, "panic: at the disco"); os.Exit(2) },
	"childcrash":  childcrash,
	"closures":    closures,
	"noisypanic":  noisypanic,

	"race":     race,
	"racemany": racemany,
	"racelock": func() { var mu sync.Mutex; mu.Lock(); mu.Lock() },
}

func main() {
	f := modes[os.Args[1]]
	if f == nil {
		fmt.Fprintln(os.Stderr, "no such mode:", os.Args[1])
		os.Exit(99)
	}
	f()
}

func number() int {
	n, err := strconv.Atoi(os.Args[2])
	if err != nil {
		panic(err)
	}
	return n
}

// fds lists the open descriptors.
func fds() {
	for fd := range 100 {
		if _, err := os.Readlink(fmt.Sprint("/proc/self/fd/", fd)); err == nil {
			fmt.Print(fd, " ")
		}
	}
}

// both writes to one stream when what it wrote to the other has been read.
func both() {
	for i := range 5 {
		fmt.Println("out", i)
		untilRead(os.Stdout)
		fmt.Fprintln(os.Stderr, "err", i)
		untilRead(os.Stderr)
	}
}

// untilRead waits until nothing is left in a pipe.
func untilRead(pipe *os.File) {
	for {
		if n, err := unix.IoctlGetInt(int(pipe.Fd()), unread); n == 0 || err != nil {
			return
		}
		time.Sleep(time.Millisecond)
	}
}

func alternate() {
	for i := range number() {
		fmt.Println("out", i)
		fmt.Fprintln(os.Stderr, "err", i)
	}
}

func lines() {
	w := bufio.NewWriter(os.Stdout)
	for i := range number() {
		fmt.Fprintln(w, i)
	}
	w.Flush()
}

// umlauts writes characters of three bytes cut at every place.
func umlauts() {
	text := []byte(strings.Repeat("€äx", number()))
	for len(text) > 0 {
		n := min(len(text), 7)
		os.Stdout.Write(text[:n])
		text = text[n:]
	}
}

func graceful() {
	c := make(chan os.Signal, 1)
	signal.Notify(c, os.Interrupt)
	fmt.Println("ready")
	<-c
	fmt.Println("bye")
}

// orphan leaves a child that holds the pipes.
func orphan() {
	c := exec.Command("sleep", "1000")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Start(); err != nil {
		panic(err)
	}
	fmt.Println(c.Process.Pid)
}

func setsid() {
	c := exec.Command("setsid", "sleep", "3")
	c.Stdout, c.Stderr = os.Stdout, os.Stderr
	if err := c.Start(); err != nil {
		panic(err)
	}
	time.Sleep(100 * time.Millisecond)
}

func ask() {
	in := bufio.NewScanner(os.Stdin)
	fmt.Print("name? ")
	for in.Scan() {
		fmt.Printf("hello %s\nname? ", in.Text())
	}
	fmt.Println("end", in.Err())
}

func childread() {
	c := exec.Command("cat")
	c.Stdin, c.Stdout = os.Stdin, os.Stdout
	fmt.Println(c.Run())
}

func hungry() {
	var all [][]byte
	for {
		b := make([]byte, 1<<20)
		for i := 0; i < len(b); i += 4096 {
			b[i] = 1
		}
		all = append(all, b)
	}
}

type problem struct {
	what string
	n    int
}

func (p problem) Error() string { return fmt.Sprintf("problem %s %d", p.what, p.n) }

func repanic() {
	defer func() {
		panic(fmt.Sprint("second after ", recover()))
	}()
	defer func() {
		panic("middle")
	}()
	panic("first")
}

func worker(p *int) { *p = 1 }

func deadlock3() {
	var mu sync.Mutex
	var wg sync.WaitGroup
	mu.Lock()
	wg.Go(func() { mu.Lock() })
	ch := make(chan int)
	wg.Add(1)
	go func() { ch <- 1 }()
	go sender(ch)
	wg.Wait()
}

func sender(ch chan int) { ch <- 2 }

func deadlocks() {
	ch := make(chan int)
	for range number() {
		go func() { <-ch }()
	}
	fmt.Println("started")
	<-ch
}

func mapwrites() {
	m := map[int]int{}
	for range 4 {
		go func() {
			for {
				m[1]++
			}
		}()
	}
	select {}
}

func overflow(n int) int { return overflow(n+1) + 1 }

func lookslike() {
	fmt.Fprintln(os.Stderr, "panic: not really")
	fmt.Fprintln(os.Stderr)
	fmt.Fprintln(os.Stderr, "goroutine 1 [running]:")
	fmt.Fprintln(os.Stderr, "main.main()")
	fmt.Println("fine")
}

func childcrash() {
	c := exec.Command(os.Args[0], "deadlock3")
	c.Stderr = os.Stderr
	fmt.Println("child:", c.Run())
}

func closures() {
	done := make(chan bool)
	go func() {
		defer close(done)
		func() {
			var m map[string]int
			m["x"] = 1
		}()
	}()
	<-done
	time.Sleep(time.Second)
}

// noisypanic panics while others write.
func noisypanic() {
	for range 3 {
		go func() {
			for {
				log.Println("still here")
				fmt.Println("me too")
			}
		}()
	}
	time.Sleep(2 * time.Millisecond)
	panic("amid noise")
}

var counter int

func race() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Add(1)
		go func() {
			defer wg.Done()
			counter++
		}()
	}
	wg.Wait()
	fmt.Println("counter", counter)
}

func racemany() {
	var wg sync.WaitGroup
	total := 0
	wg.Add(1)
	go func() {
		defer wg.Done()
		total = 1
	}()
	total++
	m := map[string]int{}
	wg.Go(func() { m["a"] = 1 })
	wg.Go(func() { _ = m["a"] })
	wg.Wait()
	fmt.Println(total, len(m))
}
