package step

import (
	"encoding/json"
	"strings"
	"testing"
)

func TestDecode(t *testing.T) {
	tests := []struct {
		text string
		want Code
	}{
		{`{"do":"choose","choice":2,"at":1,"id":7}`, ""},
		{`{"do":"state","schema":1,"later":{"x":1}}`, ""},
		{`{"do":"state","schema":2}`, BadSchema},
		{`{"do":7}`, Malformed},
		{`[]`, Malformed},
		{``, Malformed},
		{`{"do":"state"`, Malformed},
		{`{"choice":1e99}`, Malformed},
		{`{"token":"` + strings.Repeat("x", MaxRequest) + `"}`, TooLarge},
	}
	for _, test := range tests {
		r, err := Decode([]byte(test.text))
		switch {
		case test.want == "" && err != nil, test.want != "" && (err == nil || err.Code != test.want):
			t.Errorf("%.40q: %+v, want %q", test.text, err, test.want)
		case err == nil && r.Do == "":
			t.Errorf("%.40q: nothing is wanted", test.text)
		case err != nil && err.Message == "":
			t.Errorf("%.40q: nothing is said", test.text)
		}
	}
}

// Whatever comes, it is a request or an error, and what was read is written the same.
func FuzzDecode(f *testing.F) {
	f.Add([]byte(`{"do":"choose","choice":2,"at":1}`))
	f.Add([]byte(`{"do":"from","token":"t2-x7k2m-s12.3-manual@7"}`))
	f.Add([]byte(`{"schema":3}`))
	f.Fuzz(func(t *testing.T, data []byte) {
		r, refused := Decode(data)
		if refused != nil {
			return
		}
		text, err := json.Marshal(r)
		if err != nil {
			t.Fatal(err)
		}
		if again, refused := Decode(text); refused != nil || again != r {
			t.Errorf("%s: %+v, %+v", text, again, refused)
		}
	})
}
