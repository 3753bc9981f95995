package ink

import "testing"

// TestMarkdown: no sign keeps a meaning that the text did not give it.
func TestMarkdown(t *testing.T) {
	for _, c := range []struct{ in, want string }{
		{`prints “A 1”, returns`, `prints “A 1”, returns`},
		{`m["a"]|x`, `m\["a"\]\|x`},
		{`<b> & c`, `&lt;b&gt; &amp; c`},
		{"`*_~$\\", "\\`\\*\\_\\~\\$\\\\"},
		{"ask @ada of #12 # @", "ask @\u200bada of #\u200b12 # @"},
		{"# x", `\# x`}, {"- x", `\- x`}, {"a - x", "a - x"}, {" + x", ` \+ x`}, {"===", `\===`},
		{"12. x 3.", `12\. x 3.`}, {"1) x", `1\) x`},
		{"http://a WWW.b a://", `http\://a WWW\.b a\://`},
	} {
		if got := Markdown(c.in); got != c.want {
			t.Errorf("Markdown(%q) = %q, want %q", c.in, got, c.want)
		}
	}
}
