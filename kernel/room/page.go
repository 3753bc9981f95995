package room

import (
	"embed"
	"encoding/json"
	"html"
	"net/http"
	"path"
	"regexp"
	"strings"

	"threading101/kernel/words/learning"
)

// The pages, their script and their style are files of their own. What they say is in
// package words.
//
//go:embed pages
var files embed.FS

// types are the files that everybody gets: they hold nothing of the room.
var types = map[string]string{".js": "text/javascript; charset=utf-8", ".css": "text/css; charset=utf-8"}

// file answers with a script or a style.
func (r *Room) file(w http.ResponseWriter, q *http.Request) {
	name := q.PathValue("file")
	text, err := files.ReadFile("pages/" + name)
	if types[path.Ext(name)] == "" || err != nil {
		refuse(w, http.StatusNotFound)
		return
	}
	w.Header().Set("Content-Type", types[path.Ext(name)])
	w.Write(text)
}

// named is a word on a page, "{{join}}".
var named = regexp.MustCompile(`\{\{([a-zA-Z]+)\}\}`)

// page answers with a page, its words put in.
func (r *Room) page(name string) http.HandlerFunc {
	raw, err := files.ReadFile("pages/" + name)
	if err != nil {
		panic(err) // it is in the binary
	}
	all, err := json.Marshal(learning.Room)
	if err != nil {
		panic(err)
	}
	text := named.ReplaceAllStringFunc(string(raw), func(s string) string { return html.EscapeString(learning.Room[s[2:len(s)-2]]) })
	text = strings.Replace(text, "[[words]]", html.EscapeString(string(all)), 1)
	return func(w http.ResponseWriter, q *http.Request) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Write([]byte(text))
	}
}
