package render

import (
	"math/big"
	"strings"

	"threading101/kernel/words"
)

// Verdict is what came of checking one property, ready to be drawn.
type Verdict struct {
	Property      string   // as the learner wrote it
	Holds         bool     // in all that was tried
	Complete      bool     // and that was all there is
	Interleavings *big.Int // of a complete search; nil if they were not counted
	Runs          int
	Fails         string // how a run violates it: "total = 3"; may be empty
	Token         string // of the shortest run that violates it
}

// VerdictText returns the verdicts of a check as text, a line for each.
func VerdictText(all []Verdict, o Paper) string {
	s := newSheet(o)
	for i := range all {
		v := &all[i]
		s.paragraph(s.tinted(v.mark(), v.tone())+" "+v.name()+" "+s.tinted(v.says(), v.tone()), 2)
		if v.token() != "" {
			s.paragraph("  "+words.ReplayIt+v.token(), 2)
		}
	}
	if len(all) > 0 {
		s.paragraph(words.SeeControlled, 0)
	}
	return s.written()
}

// VerdictHTML returns the verdicts of a check as a piece of a page, without
// scripts.
func VerdictHTML(all []Verdict) string {
	if len(all) == 0 {
		return ""
	}
	return foundPage(func(b *strings.Builder) {
		b.WriteString(`<table style="color:#1c2127;margin-left:0"><caption ` + leftStyle + ">" + words.VerdictsOf + "</caption>\n<tbody>\n")
		for i := range all {
			all[i].html(b)
		}
		b.WriteString("</tbody></table>\n<p>" + controlledLink() + "</p>\n")
	})
}

func (v *Verdict) html(b *strings.Builder) {
	b.WriteString("<tr " + paperStyle + "><td " + leftStyle + ">" + strong(v.tone(), v.mark()) + "</td>")
	b.WriteString(`<th scope="row" ` + leftStyle + ">" + escape(v.name()) + "</th><td " + leftStyle + ">" + strong(v.tone(), v.says()))
	if v.token() != "" {
		b.WriteString("<br>" + tokenHTML(v.token()))
	}
	b.WriteString("</td></tr>\n")
}

func (v *Verdict) name() string { return words.Plain(v.Property, 80) }

func (v *Verdict) token() string {
	if v.Holds {
		return ""
	}
	return words.Plain(v.Token, 400)
}

// mark, tone and says are three ways to tell the three verdicts apart.
func (v *Verdict) mark() string {
	switch {
	case !v.Holds:
		return "✖"
	case v.Complete:
		return "✔"
	}
	return "◐"
}

func (v *Verdict) tone() tone {
	switch {
	case !v.Holds:
		return toneBad
	case v.Complete:
		return toneGood
	}
	return toneWarn
}

func (v *Verdict) says() string {
	switch {
	case !v.Holds:
		return words.VerdictFails(words.Plain(v.Fails, 200))
	case v.Complete:
		return words.VerdictAll(grouped(v.Interleavings))
	}
	return words.VerdictTried(v.Runs)
}
