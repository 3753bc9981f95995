package cli

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"strings"
	"unicode/utf8"

	"threading101/kernel/step"
	"threading101/kernel/words"
)

// usualHeight is how many rows a terminal has that does not say it.
const usualHeight = 24

// clearScreen empties a terminal.
const clearScreen = "\x1b[H\x1b[2J\x1b[3J"

// press leads a session by keys, and draws the state anew after each. It is false where
// the input is no terminal: then nothing was done.
func press(ctx context.Context, env Env, t *step.Talk) bool {
	restore := keys(env.Stdin)
	if restore == nil {
		return false
	}
	defer restore()
	typed := pressed(ctx, env.Stdin)
	for {
		fmt.Fprint(env.Stdout, clearScreen, t.Screen(height(env.Stdout)), "\n", words.StepKeysPrompt(t.State.Goal != nil, t.State.Ended != nil))
		line, more := typedLine(ctx, env.Stdout, typed, len(t.State.Choices))
		if !more {
			fmt.Fprint(env.Stdout, "\n")
			t.Finish(ctx)
			return true
		}
		if _, over := t.Answer(ctx, line); over {
			fmt.Fprint(env.Stdout, "\n")
			return true
		}
	}
}

// pressed are the keys of a terminal, until there are no more or ctx ends.
func pressed(ctx context.Context, r io.Reader) <-chan rune {
	all := make(chan rune)
	go func() {
		defer close(all)
		in := bufio.NewReader(r)
		for {
			key, _, err := in.ReadRune()
			if err != nil {
				return
			}
			select {
			case all <- key:
			case <-ctx.Done():
				return
			}
		}
	}()
	return all
}

// Keys that mean something of their own.
const (
	endOfInput = '\x04' // Ctrl-D
	escape     = '\x1b'
	backspace  = '\x7f'
	colon      = ':'
)

// typedLine is the answer that keys make: one key, the digits of a number where one key
// cannot name all of the choices, or behind a colon a whole line.
func typedLine(ctx context.Context, w io.Writer, keys <-chan rune, choices int) (line string, more bool) {
	whole := false
	for {
		select {
		case <-ctx.Done():
			return "", false
		case key, open := <-keys:
			switch {
			case !open || key == endOfInput:
				return "", false
			case key == '\n' || key == '\r':
				return line, true
			case key == escape:
				return "-", true // nothing that is known
			case key == backspace || key == '\b':
				if line != "" {
					_, n := utf8.DecodeLastRuneInString(line)
					line = line[:len(line)-n]
					fmt.Fprint(w, "\b \b")
				}
				continue
			case key == colon && line == "" && !whole:
				whole = true
				fmt.Fprint(w, ":")
				continue
			}
			line += string(key)
			if !whole && (choices < 10 || !strings.ContainsRune("0123456789", key)) {
				return line, true
			}
			fmt.Fprint(w, string(key))
		}
	}
}
