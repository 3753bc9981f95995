package rtsql

import (
	"database/sql/driver"
	"errors"
	"fmt"
	"strconv"
	"strings"
	"time"
)

// longest is how much of a statement is told, in bytes.
const longest = 200

// says is the statement with its arguments in place, in one line.
func (s *statement) says() string {
	return cut(filled(strings.Join(strings.Fields(s.text), " "), s.args))
}

// became is says with what became of it.
func (s *statement) became(w *work, result string, err error) string {
	switch {
	case err != nil:
		result = class(err)
	case w.rows != nil:
		result = w.rows.says()
	}
	if result == "" {
		return s.says()
	}
	return s.says() + " ➜ " + cut(result)
}

func cut(text string) string {
	if len(text) <= longest {
		return text
	}
	return strings.ToValidUTF8(text[:longest], "") + "…"
}

// filled puts the arguments into the places of a statement: $1 or ?.
func filled(text string, args []any) string {
	if len(args) == 0 {
		return text
	}
	var out strings.Builder
	for next, i := 0, 0; i < len(text); {
		n := 1
		switch ch := text[i]; {
		case ch == '\'':
			n = quoted(text[i:])
			out.WriteString(text[i : i+n])
		case ch == '?' && next < len(args):
			out.WriteString(literal(args[next]))
			next++
		case ch == '$':
			for i+n < len(text) && text[i+n] >= '0' && text[i+n] <= '9' {
				n++
			}
			if k, err := strconv.Atoi(text[i+1 : i+n]); err == nil && k >= 1 && k <= len(args) {
				out.WriteString(literal(args[k-1]))
			} else {
				out.WriteString(text[i : i+n])
			}
		default:
			out.WriteByte(ch)
		}
		i += n
	}
	return out.String()
}

// quoted is how long the text in quotes is that begins here.
func quoted(text string) int {
	if end := strings.IndexByte(text[1:], '\''); end >= 0 {
		return end + 2
	}
	return len(text)
}

// literal is a value as it is written in a statement.
func literal(v any) string {
	if valuer, ok := v.(driver.Valuer); ok {
		if v2, err := valuer.Value(); err == nil {
			v = v2
		}
	}
	switch v := v.(type) {
	case nil:
		return "NULL"
	case string:
		return "'" + strings.ReplaceAll(v, "'", "''") + "'"
	case []byte:
		return "'" + string(v) + "'"
	case time.Time:
		return "'" + v.Format("2006-01-02 15:04:05.999999") + "'"
	}
	return fmt.Sprint(v)
}

// says is what a query has returned.
func (r *rows) says() string {
	switch {
	case len(r.list) == 0:
		return "no row"
	case len(r.list) > 1:
		return strconv.Itoa(len(r.list)) + " rows"
	}
	values := make([]string, len(r.list[0]))
	for i, v := range r.list[0] {
		values[i] = literal(v)
	}
	return strings.Join(values, ", ")
}

// class is an error as databases class it: "40001 could not serialize access …".
func class(err error) string {
	text := err.Error()
	var state interface{ SQLState() string }
	if errors.As(err, &state) && state.SQLState() != "" {
		text = strings.TrimSuffix(strings.TrimPrefix(text, "ERROR: "), " (SQLSTATE "+state.SQLState()+")")
		return state.SQLState() + " " + text
	}
	return text
}
