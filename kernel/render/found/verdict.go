package found

import (
	"math/big"
	"strings"

	"threading101/kernel/render/ink"
	"threading101/kernel/words"
)

// ruling is what came of checking one property, ready to be drawn.
type ruling struct {
	Property      string   // as the learner wrote it
	Holds         bool     // in all that was tried
	Complete      bool     // and everything was tried
	Interleavings *big.Int // of a complete search; nil if they were not counted
	Runs          int
	Fails         string   // how a run violates it: "total = 3"; may be empty
	Token         string   // of the shortest run that violates it
	Uncalled      []string // functions that it is about and that no run called
}

// rulingText returns the verdicts of a check as text, a line for each.
func rulingText(all []ruling, o ink.Paper) string {
	s := ink.NewSheet(o)
	for i := range all {
		v := &all[i]
		s.Paragraph(s.Tinted(v.mark(), v.tone())+" "+v.name()+" "+s.Tinted(v.says(), v.tone()), 2)
		if v.token() != "" {
			s.Paragraph("  "+words.ReplayIt+v.token(), 2)
		}
	}
	if len(all) > 0 {
		s.Paragraph(words.SeeControlled, 0)
	}
	return s.String()
}

// rulingHTML writes the verdicts of a check as a table.
func rulingHTML(b *strings.Builder, all []ruling) {
	if len(all) == 0 {
		return
	}
	b.WriteString(`<table style="margin-left:0"><caption ` + ink.ToLeft + ">" + words.VerdictsOf + "</caption>\n<tbody>\n")
	for i := range all {
		all[i].html(b)
	}
	b.WriteString("</tbody></table>\n<p>" + ink.ControlledLink() + "</p>\n")
}

func (v *ruling) html(b *strings.Builder) {
	b.WriteString("<tr><td " + ink.ToLeft + ">" + ink.Strong(v.tone(), v.mark()) + "</td>")
	b.WriteString(`<th scope="row" ` + ink.ToLeft + ">" + ink.Escape(v.name()) + "</th><td " + ink.ToLeft + ">" + ink.Strong(v.tone(), v.says()))
	if v.token() != "" {
		b.WriteString("<br>" + ink.Token(v.token()))
	}
	b.WriteString("</td></tr>\n")
}

func (v *ruling) name() string { return words.Plain(v.Property, 80) }

func (v *ruling) token() string {
	if v.Holds {
		return ""
	}
	return words.Plain(v.Token, 400)
}

// mark, tone and says are three ways to tell the three verdicts apart.
func (v *ruling) mark() string {
	switch {
	case !v.Holds:
		return "✖"
	case v.Complete && len(v.Uncalled) == 0:
		return "✔"
	}
	return "◐"
}

func (v *ruling) tone() ink.Tone {
	switch {
	case !v.Holds:
		return ink.ToneBad
	case v.Complete && len(v.Uncalled) == 0:
		return ink.ToneGood
	}
	return ink.ToneWarn
}

func (v *ruling) says() string {
	switch {
	case !v.Holds:
		return words.VerdictFails(words.Plain(v.Fails, 200))
	case len(v.Uncalled) > 0:
		return words.VerdictUncalled(v.Uncalled)
	case v.Complete:
		return words.VerdictAll(v.Property, grouped(v.Interleavings))
	}
	return words.VerdictTried(v.Property, v.Runs)
}
