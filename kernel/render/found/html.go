package found

import (
	"strconv"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// Unlike a run, what an exploration found is one table in every notebook. In a trusted
// notebook a style sheet gives it the colours of the page, in others the inline styles
// give it white paper. Bars are boxes, because pictures are removed there; folds need
// no script.

// htmlTrack and htmlLeast are the bars of HTML, in pixels.
const (
	htmlTrack = 200
	htmlLeast = 3
)

func (f *found) html(ink.Paper) []byte {
	return []byte(ink.Page(func(b *strings.Builder) {
		f.htmlHead(b)
		f.htmlOutcomes(b)
		f.htmlRaces(b)
		f.htmlClasses(b)
		ink.List(b, f.noteHead(), f.notes)
		b.WriteString(`<p class="km">` + ink.Escape(strings.Join(f.meaning, " ")) + "</p>\n")
	}))
}

func (f *found) noteHead() string {
	if len(f.notes) == 0 {
		return ""
	}
	return words.FoundNotes
}

func (f *found) htmlHead(b *strings.Builder) {
	tone := ink.ToneWarn
	if f.complete {
		tone = ink.ToneGood
	}
	b.WriteString(`<p><span class="t101-head">` + ink.Strong(tone, f.mark()+" "+f.head) + "</span> " + ink.ControlledLink())
	for _, line := range f.lines {
		b.WriteString("<br>" + ink.Escape(line))
	}
	b.WriteString("</p>\n")
}

func (f *found) htmlOutcomes(b *strings.Builder) {
	if len(f.rows) == 0 {
		return
	}
	ink.OpenTable(b, words.HeadOutcome, words.HeadHowMany, words.HeadToSee)
	for i := range f.rows {
		f.htmlRow(b, &f.rows[i])
	}
	if f.more != "" {
		b.WriteString(`<tr><td colspan="3" ` + ink.ToLeft + "><i>" + ink.Escape(f.more) + "</i></td></tr>\n")
	}
	b.WriteString("</tbody></table>\n")
}

func (f *found) htmlRow(b *strings.Builder, row *outcomeRow) {
	b.WriteString(`<tr><td ` + ink.ToLeft + ">")
	row.htmlValue(b)
	b.WriteString(ink.Faintly(row.ends) + "</td><td " + ink.ToLeft + ">")
	f.htmlBar(b, row)
	b.WriteString(ink.Escape(row.many) + "</td><td " + ink.ToLeft)
	if row.fewest {
		b.WriteString(` title="` + ink.Escape(words.FoundFewest) + `"`)
	}
	b.WriteString(">" + ink.Token(row.token) + ink.Faintly(row.switches) + "</td></tr>\n")
}

// htmlValue writes a value; a value that is too long is in a fold.
func (row *outcomeRow) htmlValue(b *strings.Builder) {
	says := "<b>" + ink.Escape(row.value) + "</b>"
	if row.empty {
		says = "<i>" + ink.Escape(row.value) + "</i>"
	}
	says = ink.Strong(row.look.tone(), row.sign) + " " + says
	if row.whole == "" {
		b.WriteString(says)
		return
	}
	b.WriteString(`<details><summary title="` + ink.Escape(words.FoundWhole) + `">` + says + "</summary><pre>" + ink.Escape(row.whole) + "</pre></details>")
}

// htmlBar is a box in a box, of widths in pixels.
func (f *found) htmlBar(b *strings.Builder, row *outcomeRow) {
	colour, class := ink.Light.Lanes[1], "b1"
	switch row.look {
	case looksCut:
		colour, class = ink.Light.Warn, "bw"
	case looksBad:
		colour, class = ink.Light.Bad, "bx"
	}
	b.WriteString(`<div class="t101-track" aria-hidden="true" style="width:` + strconv.Itoa(htmlTrack) + `px;background-color:` + ink.Light.Line + `">`)
	b.WriteString(`<div class="` + class + `" style="width:` + strconv.Itoa(f.length(row, htmlTrack, htmlLeast)) + `px;height:12px;background-color:` + colour + `"></div></div>`)
}

func (f *found) htmlRaces(b *strings.Builder) {
	switch {
	case f.raceHead == "":
		return
	case len(f.races) == 0:
		b.WriteString("<p>" + ink.Escape(f.raceHead) + "</p>\n")
		return
	}
	b.WriteString("<p>" + ink.Strong(ink.ToneBad, "⚠ "+f.raceHead) + "</p><ul>")
	for _, r := range f.races {
		b.WriteString("<li>" + ink.Escape(r.says))
		if r.token != "" {
			b.WriteString("<br>" + ink.Token(r.token))
		}
		b.WriteString("</li>")
	}
	if f.moreRace != "" {
		b.WriteString("<li><i>" + ink.Escape(f.moreRace) + "</i></li>")
	}
	b.WriteString("</ul>\n")
}

// htmlClasses lists the classes in a fold.
func (f *found) htmlClasses(b *strings.Builder) {
	if f.classes.head == "" {
		return
	}
	b.WriteString("<details><summary><b>" + ink.Escape(f.classes.head) + "</b></summary>\n<p>" + ink.Escape(words.FoundClassMeans) + "</p>\n")
	ink.OpenTable(b, words.HeadNumber, words.HeadEndsWith, words.HeadHas, words.HeadSeeIt)
	list, more := f.classes.first(len(f.classes.list))
	for i := range list {
		c := &list[i]
		b.WriteString("<tr><td>" + strconv.Itoa(i+1) + "</td><td " + ink.ToLeft + ">")
		b.WriteString(ink.Strong(c.row.look.tone(), c.row.sign) + " " + ink.Escape(c.row.value) + `</td><td ` + ink.ToLeft + ">" + ink.Escape(c.has))
		b.WriteString("</td><td " + ink.ToLeft + ">" + ink.Token(c.token) + "</td></tr>\n")
	}
	if more != "" {
		b.WriteString(`<tr><td colspan="4" ` + ink.ToLeft + "><i>" + ink.Escape(more) + "</i></td></tr>\n")
	}
	b.WriteString("</tbody></table></details>\n")
}
