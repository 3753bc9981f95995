package render

import (
	"strconv"
	"strings"

	"threading101/kernel/words"
)

// Unlike a run, what an exploration found is one table in every notebook: where
// it is trusted a style sheet gives it the colours of the page, where it is not
// the inline styles give it white paper. Bars are boxes, since pictures do not
// survive; folds need no script.

// htmlTrack and htmlLeast are the bars of HTML, in pixels.
const (
	htmlTrack = 200
	htmlLeast = 3
)

func (f *found) html() string {
	return foundPage(func(b *strings.Builder) {
		f.htmlHead(b)
		f.htmlOutcomes(b)
		f.htmlRaces(b)
		f.htmlClasses(b)
		list(b, f.noteHead(), f.notes)
		b.WriteString(`<p class="km" style="color:` + light.faint + `">` + escape(strings.Join(f.meaning, " ")) + "</p>\n")
	})
}

func (f *found) noteHead() string {
	if len(f.notes) == 0 {
		return ""
	}
	return words.FoundNotes
}

func (f *found) htmlHead(b *strings.Builder) {
	tone := toneWarn
	if f.complete {
		tone = toneGood
	}
	b.WriteString(`<p><span class="t101-head">` + strong(tone, f.mark()+" "+f.head) + "</span> " + controlledLink())
	for _, line := range f.lines {
		b.WriteString("<br>" + escape(line))
	}
	b.WriteString("</p>\n")
}

func (f *found) htmlOutcomes(b *strings.Builder) {
	if len(f.rows) == 0 {
		return
	}
	tableOpen(b, words.HeadOutcome, words.HeadHowMany, words.HeadToSee)
	for i := range f.rows {
		f.htmlRow(b, &f.rows[i])
	}
	if f.more != "" {
		b.WriteString("<tr " + paperStyle + `><td colspan="3" ` + leftStyle + "><i>" + escape(f.more) + "</i></td></tr>\n")
	}
	b.WriteString("</tbody></table>\n")
}

func (f *found) htmlRow(b *strings.Builder, row *foundRow) {
	b.WriteString("<tr " + paperStyle + `><td ` + leftStyle + ">")
	row.htmlValue(b)
	b.WriteString(faintly(row.ends) + "</td><td " + leftStyle + ">")
	f.htmlBar(b, row)
	b.WriteString(escape(row.many) + "</td><td " + leftStyle)
	if row.fewest {
		b.WriteString(` title="` + escape(words.FoundFewest) + `"`)
	}
	b.WriteString(">" + tokenHTML(row.token) + faintly(row.switches) + "</td></tr>\n")
}

// htmlValue is what came out; all of it is in a fold where it is too long.
func (row *foundRow) htmlValue(b *strings.Builder) {
	says := "<b>" + escape(row.value) + "</b>"
	if row.empty {
		says = "<i>" + escape(row.value) + "</i>"
	}
	says = strong(row.look.tone(), row.sign) + " " + says
	if row.whole == "" {
		b.WriteString(says)
		return
	}
	b.WriteString(`<details><summary title="` + escape(words.FoundWhole) + `">` + says + "</summary><pre " + paperStyle + ">" + escape(row.whole) + "</pre></details>")
}

// htmlBar is a box in a box, of widths in pixels.
func (f *found) htmlBar(b *strings.Builder, row *foundRow) {
	colour, class := light.lanes[1], "b1"
	switch row.look {
	case looksCut:
		colour, class = light.warn, "bw"
	case looksBad:
		colour, class = light.bad, "bx"
	}
	b.WriteString(`<div class="t101-track" aria-hidden="true" style="width:` + strconv.Itoa(htmlTrack) + `px;background-color:` + light.line + `">`)
	b.WriteString(`<div class="` + class + `" style="width:` + strconv.Itoa(f.length(row, htmlTrack, htmlLeast)) + `px;height:12px;background-color:` + colour + `"></div></div>`)
}

func (f *found) htmlRaces(b *strings.Builder) {
	switch {
	case f.raceHead == "":
		return
	case len(f.races) == 0:
		b.WriteString("<p>" + escape(f.raceHead) + "</p>\n")
		return
	}
	b.WriteString("<p>" + strong(toneBad, "⚠ "+f.raceHead) + "</p><ul>")
	for _, r := range f.races {
		b.WriteString("<li>" + escape(r.says))
		if r.token != "" {
			b.WriteString("<br>" + tokenHTML(r.token))
		}
		b.WriteString("</li>")
	}
	if f.moreRace != "" {
		b.WriteString("<li><i>" + escape(f.moreRace) + "</i></li>")
	}
	b.WriteString("</ul>\n")
}

// htmlClasses lists the executions in a fold.
func (f *found) htmlClasses(b *strings.Builder) {
	if f.classes.head == "" {
		return
	}
	b.WriteString("<details><summary><b>" + escape(f.classes.head) + "</b></summary>\n<p>" + escape(words.FoundClassMeans) + "</p>\n")
	tableOpen(b, words.HeadNumber, words.HeadEndsWith, words.HeadStands, words.HeadSeeIt)
	list, more := f.classes.first(len(f.classes.list))
	for i := range list {
		c := &list[i]
		b.WriteString("<tr " + paperStyle + "><td>" + strconv.Itoa(i+1) + "</td><td " + leftStyle + ">")
		b.WriteString(strong(c.row.look.tone(), c.row.sign) + " " + escape(c.row.value) + `</td><td ` + leftStyle + ">" + escape(c.stands))
		b.WriteString("</td><td " + leftStyle + ">" + tokenHTML(c.token) + "</td></tr>\n")
	}
	if more != "" {
		b.WriteString("<tr " + paperStyle + `><td colspan="4" ` + leftStyle + "><i>" + escape(more) + "</i></td></tr>\n")
	}
	b.WriteString("</tbody></table></details>\n")
}
