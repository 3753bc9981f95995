package printing

import (
	"fmt"
	"go/types"
	"strings"
)

// snippet is a function of a program: func() func(text string). What it returns
// prints.
type snippet struct {
	name, body string
	shared     bool // both goroutines print by one thing
}

// writer writes snippets.
type writer struct{ list []snippet }

// function writes those of a function: it prints, or it makes what prints.
func (w *writer) function(fn *types.Func, byItself bool) {
	sig := fn.Signature()
	if sig.TypeParams().Len() > 0 || !byItself && !takes(sig) || sig.Results().Len() > 2 {
		return
	}
	call := alias(fn.Pkg()) + "." + fn.Name()
	w.own(fn.FullName(), call+arguments(sig, "text"))
	if takes(sig) && sig.Results().Len() > 0 {
		w.made(fn, call, sig)
	}
}

// methods writes those of the methods that take something to write to.
func (w *writer) methods(t *types.Named) {
	set := types.NewMethodSet(types.NewPointer(t))
	for s := range set.Methods() {
		fn := s.Obj().(*types.Func)
		if !fn.Exported() || !takes(fn.Signature()) || types.IsInterface(t) {
			continue
		}
		w.own(fn.FullName(), value(types.NewPointer(t), "text")+"."+fn.Name()+arguments(fn.Signature(), "text"))
	}
}

// made writes those of the methods of what a function makes.
func (w *writer) made(fn *types.Func, call string, sig *types.Signature) {
	t := sig.Results().At(0).Type()
	set := types.NewMethodSet(t)
	made := "x := " + call + arguments(sig, `"both"`)
	if sig.Results().Len() == 2 {
		made = "x, _ := " + call + arguments(sig, `"both"`)
	}
	for s := range set.Methods() {
		m := s.Obj().(*types.Func)
		if !m.Exported() || m.Signature().TypeParams().Len() > 0 {
			continue
		}
		does := "x." + m.Name() + arguments(m.Signature(), "text")
		flush, end := finally(set, m.Name(), "Flush"), finally(set, m.Name(), "Close")
		name := fn.FullName() + " " + m.Name()
		w.own(name, made+"; "+does+flush+end)
		w.list = append(w.list, snippet{name + " shared", fmt.Sprintf("%s; return func(text string) { %s }", made, does+flush), true})
	}
}

func finally(set *types.MethodSet, called, name string) string {
	for s := range set.Methods() {
		if s.Obj().Name() == name && called != name && s.Obj().(*types.Func).Signature().Params().Len() == 0 {
			return "; x." + name + "()"
		}
	}
	return ""
}

func (w *writer) own(name, does string) {
	w.list = append(w.list, snippet{name: name, body: fmt.Sprintf("return func(text string) { %s }", does)})
}

// alias is what a package is imported as.
func alias(p *types.Package) string { return strings.NewReplacer("/", "_", ".", "_").Replace(p.Path()) }

func typeText(t types.Type) string { return types.TypeString(t, alias) }

// arguments are simple values for the parameters of a function.
func arguments(sig *types.Signature, text string) string {
	var all []string
	for i := range sig.Params().Len() {
		t := sig.Params().At(i).Type()
		last := sig.Variadic() && i == sig.Params().Len()-1
		if last {
			t = t.(*types.Slice).Elem()
		}
		all = append(all, value(t, text))
	}
	return "(" + strings.Join(all, ", ") + ")"
}

// values are those of types that a zero value says nothing of; TEXT is the text.
var values = map[string]string{
	"string": "TEXT", "[]byte": "[]byte(TEXT)", "any": "TEXT", "interface{}": "TEXT", "error": "errors.New(TEXT)", "[]string": "[]string{TEXT}",
	"bool": "true", "byte": "TEXT[0]", "rune": "rune(TEXT[0])", "[][]string": "[][]string{{TEXT}}",
	"io.Reader": "strings.NewReader(TEXT)", "io.ReadSeeker": "strings.NewReader(TEXT)", "context.Context": "context.Background()",
	"reflect.Value": "reflect.ValueOf(TEXT)", "*go_token.FileSet": "go_token.NewFileSet()", "encoding_binary.ByteOrder": "encoding_binary.BigEndian",
	"image.Image": "picture(TEXT)", "*image.Paletted": "picture(TEXT)", "*encoding_pem.Block": "&encoding_pem.Block{Type: TEXT}", "time.Time": "time.Unix(0, 0)",
	"log_slog.Record": "log_slog.NewRecord(time.Time{}, 0, TEXT, 0)", "log_slog.Attr": "log_slog.String(TEXT, TEXT)",
	"*bytes.Buffer": "bytes.NewBufferString(TEXT)", "*strings.Reader": "strings.NewReader(TEXT)", "*bytes.Reader": "bytes.NewReader([]byte(TEXT))",
	"*bufio.Reader":           "bufio.NewReader(strings.NewReader(TEXT))",
	"*bufio.ReadWriter":       "bufio.NewReadWriter(bufio.NewReader(strings.NewReader(TEXT)), nil)",
	"*text_template.Template": "text_template.Must(text_template.New(TEXT).Parse(TEXT))",
	"*html_template.Template": "html_template.Must(html_template.New(TEXT).Parse(TEXT))",
	"*net_http.Header":        "(&net_http.Header{\"K\": {TEXT}})",
	"*net_http.Response":      "(&net_http.Response{StatusCode: 200, Status: TEXT, Body: io.NopCloser(strings.NewReader(TEXT)), ContentLength: 3})",
	"*net_http.Request":       "request(TEXT)", "*net.Buffers": "(&net.Buffers{[]byte(TEXT)})", "*flag.FlagSet": "flags(TEXT)",
	"*archive_tar.Header": "&archive_tar.Header{Name: TEXT}", "*archive_zip.FileHeader": "&archive_zip.FileHeader{Name: TEXT}",
	"net_textproto.MIMEHeader": "net_textproto.MIMEHeader{\"K\": {TEXT}}", "encoding_xml.Token": "encoding_xml.CharData(TEXT)",
	"encoding_xml.StartElement": "encoding_xml.StartElement{Name: encoding_xml.Name{Local: TEXT}}",
}

// value is a simple value of a type.
func value(t types.Type, text string) string {
	if v, ok := values[typeText(t)]; ok {
		return strings.ReplaceAll(v, "TEXT", text)
	}
	if toWriteTo(t, false) {
		return "os.Stdout"
	}
	b, basic := t.Underlying().(*types.Basic)
	switch {
	case basic && b.Info()&types.IsString != 0:
		return typeText(t) + "(" + text + ")"
	case basic && b.Info()&types.IsInteger != 0:
		return typeText(t) + "(3)"
	}
	return "*new(" + typeText(t) + ")"
}

// byHand are ways to print that are put together of several things.
func byHand() []snippet {
	var list []snippet
	for _, does := range []string{
		`log.SetOutput(os.Stdout); log.Print(text)`,
		`log_slog.SetDefault(log_slog.New(log_slog.NewTextHandler(os.Stdout, nil))); log_slog.Info(text)`,
		`log_slog.SetDefault(log_slog.New(log_slog.NewJSONHandler(os.Stderr, nil))); log.Print(text)`,
		`log_slog.New(log_slog.NewTextHandler(os.Stdout, nil)).With("a", 1).WithGroup("g").Warn(text, "k", text)`,
		`log_slog.NewLogLogger(log_slog.NewTextHandler(os.Stdout, nil), 0).Print(text)`,
		`log_slog.Default().Info(text)`,
		`log.Default().Print(text)`,
		`f := flags(text); f.SetOutput(os.Stdout); f.PrintDefaults()`,
		`f := flags(text); f.PrintDefaults()`,
		`x := text_tabwriter.NewWriter(os.Stdout, 0, 8, 1, ' ', 0); fmt.Fprintln(x, text); x.Flush()`,
		`x := encoding_json.NewEncoder(os.Stdout); x.SetIndent("", " "); x.Encode([]string{text})`,
		`encoding_binary.Write(os.Stdout, encoding_binary.BigEndian, []byte(text))`,
		`n, _ := go_parser.ParseExpr(text); go_format.Node(os.Stdout, go_token.NewFileSet(), n)`,
		`n, _ := go_parser.ParseExpr(text); go_printer.Fprint(os.Stdout, go_token.NewFileSet(), n)`,
		`x := mime_multipart.NewWriter(os.Stdout); x.SetBoundary("b"); x.WriteField(text, text); x.Close()`,
		`x := archive_zip.NewWriter(os.Stdout); f, _ := x.Create(text); f.Write([]byte(text)); x.Close()`,
		`r := io.TeeReader(strings.NewReader(text), os.Stdout); io.ReadAll(r)`,
		`bufio.ReadWriter{Writer: bufio.NewWriter(os.Stdout)}.WriteString(text)`,
		`x := bufio.ReadWriter{Writer: bufio.NewWriter(os.Stdout)}; x.WriteString(text); x.Flush()`,
		`var w io.Writer = os.Stdout; w.Write([]byte(text))`,
		`var w io.StringWriter = os.Stdout; w.WriteString(text)`,
		`var w io.ReaderFrom = os.Stdout; w.ReadFrom(strings.NewReader(text))`,
		`var w fmt.State; _ = w; io.WriteString(struct{ io.Writer }{os.Stdout}, text)`,
		`os.Stdout.Write([]byte(text))`, `os.Stdout.WriteString(text)`, `os.Stderr.ReadFrom(strings.NewReader(text))`,
		`f := os.Stdout.WriteString; f(text)`, `f := fmt.Println; f(text)`, `f := log.Println; f(text)`, `f := log.Default().Println; f(text)`, `f := log_slog.Info; f(text)`,
		`println(text)`, `print(text)`, `syscall.Write(2, []byte(text))`, `defer fmt.Fprint(os.Stderr, text)`, `defer io.WriteString(os.Stderr, text)`,
		`os.NewFile(1, "stdout").WriteString(text)`,
	} {
		list = append(list, snippet{name: does, body: fmt.Sprintf("return func(text string) { %s }", does)})
	}
	return append(list, snippet{"encoding/gob shared", `e := encoding_gob.NewEncoder(os.Stdout); e.Encode("both"); return func(text string) { e.Encode(text) }`, true},
		snippet{"log/slog shared", `l := log_slog.New(log_slog.NewJSONHandler(os.Stdout, nil)); return func(text string) { l.Info(text) }`, true})
}
