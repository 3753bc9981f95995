package cli

import (
	"context"
	"flag"
	"fmt"
	"io"
	"os"
	"os/signal"
	"syscall"

	"threading101/kernel/proxy"
	"threading101/kernel/words"
)

// serveKernel is what kernel.json runs. SIGINT, from the terminal that Jupyter was
// started in, is the proxy's to handle: it must not end the kernel.
func serveKernel(env Env, args []string) int {
	found, err := findTools()
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	flags := flag.NewFlagSet("threading101 kernel", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	flags.StringVar(&found.Go, "go", found.Go, words.HelpGo)
	flags.StringVar(&found.Gonb, "gonb", found.Gonb, words.HelpGonb)
	flags.StringVar(&found.Gopls, "gopls", found.Gopls, words.HelpGopls)
	logTo := flags.String("log", os.Getenv("T101_LOG"), words.HelpLog)
	if flags.Parse(args) != nil || flags.NArg() != 1 {
		return 2
	}
	if err := found.missing(); err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	log, err := openLog(*logTo)
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	ctx, stop := signal.NotifyContext(context.Background(), syscall.SIGTERM, syscall.SIGHUP)
	defer stop()
	err = proxy.Serve(ctx, flags.Arg(0), proxy.Config{
		Gonb: found.Gonb, Go: found.Go, Gopls: found.Gopls, Binary: found.Self, RT: env.Runtime, Log: log,
	})
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	return 0
}

// openLog returns nil when no log is wanted.
func openLog(path string) (io.Writer, error) {
	if path == "" {
		return nil, nil
	}
	return os.OpenFile(path, os.O_CREATE|os.O_APPEND|os.O_WRONLY, 0o600)
}
