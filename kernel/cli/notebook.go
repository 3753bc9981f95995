package cli

import (
	"flag"
	"fmt"

	"threading101/kernel/notebook"
	"threading101/kernel/words"
)

func runNotebooks(env Env, args []string) int {
	flags := flag.NewFlagSet("threading101 notebook", flag.ContinueOnError)
	flags.SetOutput(env.Stderr)
	var o notebook.Options
	flags.BoolVar(&o.AllowErrors, "allow-errors", false, words.HelpAllowErrors)
	flags.StringVar(&o.Output, "o", "", words.HelpOutput)
	if flags.Parse(args) != nil {
		return 2
	}
	if flags.NArg() == 0 {
		fmt.Fprintln(env.Stderr, words.NotebookNeedsFile)
		return 2
	}
	found, err := findTools()
	if err == nil {
		err = found.missing()
	}
	if err != nil {
		fmt.Fprintln(env.Stderr, err)
		return 1
	}
	o.Kernel = []string{found.Self, "kernel"}
	ctx, stop := untilEnded()
	defer stop()
	return notebook.Run(ctx, o, flags.Args(), env.Stdout, env.Stderr)
}
