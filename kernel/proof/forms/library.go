package forms

// objects are what forms have that let a library do the access.
const objects = `
type Shelf struct {
	buf    bytes.Buffer
	sb     *strings.Builder
	num    *big.Int
	list   *list.List
	dice   *rand.Rand
	from   *strings.Reader
	lines  *bufio.Scanner
	out    *bufio.Writer
	digest hash.Hash
	enc    *json.Encoder
	w      io.Writer
	log    struct{ bytes.Buffer }
	emb    Embeds
	sw     io.StringWriter
	r      io.Reader
	ints   []int
	words  []string
	bytes  []byte
	ages   map[string]int
	n, m   int
}

type Embeds struct {
	n int
	bytes.Buffer
}

func shelf() *Shelf {
	l := &Shelf{
		sb: new(strings.Builder), num: big.NewInt(7), list: list.New(), dice: rand.New(rand.NewPCG(1, 2)), from: strings.NewReader("a b"),
		out: bufio.NewWriter(io.Discard), digest: sha256.New(), ints: []int{3, 1, 2}, words: []string{"b", "a"}, bytes: []byte("b a"), ages: map[string]int{"a": 1},
	}
	l.lines = bufio.NewScanner(strings.NewReader("a\nb\n"))
	l.enc, l.w = json.NewEncoder(l.sb), l.sb
	l.sw, l.r = l.sb, l.from
	l.buf.WriteString("a b")
	return l
}

func into(w io.Writer) { fmt.Fprint(w, "a") }
`

// uses are the forms in which a library does the access. What an object has in it is
// one cell.
const uses = `
l.buf.WriteString("a")                           | | Lbuf
l.buf.Write(nil)                                 | | Lbuf
h := l.buf.WriteString; h("a")                   | | Lbuf
func() { defer l.buf.Reset() }()                 | | Lbuf
l.buf.WriteString(<-func() chan string { c := make(chan string, 1); c <- "a"; return c }()) | | Lbuf
use(l.buf.Len())                                 | Lbuf |
use(l.buf.String())                              | Lbuf |
p := &l.buf; p.WriteByte('a')                    | | Lbuf
fmt.Fprint(&l.buf, "a")                          | | Lbuf
fmt.Fprintf(&l.buf, "%d", one())                 | | Lbuf
io.WriteString(&l.buf, "a")                      | | Lbuf
into(&l.buf)                                     | | Lbuf
io.Copy(&l.buf, strings.NewReader("a"))          | | Lbuf
io.Copy(io.Discard, &l.buf)                      | | Lbuf
io.ReadAll(&l.buf)                               | | Lbuf
w := bufio.NewWriter(&l.buf); w.WriteString("a"); w.Flush() | | Lbuf
w := bufio.NewWriter(&l.buf); w.WriteString("a") | |
json.NewEncoder(&l.buf).Encode(1)                | | Lbuf
json.Indent(&l.buf, []byte("1"), "", "")         | | Lbuf
use(fmt.Sprint(&l.buf))                          | Lbuf |
l.log.WriteString("a")                           | | Llog
use(l.log.Len())                                 | Llog |
l.sb.WriteString("a")                            | | Lsb
use(l.sb.String())                               | Lsb |
l.enc.Encode(1)                                  | | Lsb
l.w.Write([]byte("a"))                           | | Lsb
into(l.w)                                        | | Lsb
io.MultiWriter(l.w).Write([]byte("a"))           | | Lsb
l.num.Add(l.num, l.num)                          | | Lnum
new(big.Int).Add(l.num, l.num)                   | Lnum |
use(l.num.Sign())                                | Lnum |
use(l.num.Cmp(big.NewInt(1)))                    | Lnum |
use(fmt.Sprint(l.num))                           | Lnum |
l.list.PushBack(1)                               | | Llist
use(l.list.Len())                                | Llist |
l.dice.IntN(6)                                   | | Ldice
l.dice.Shuffle(2, func(i, j int) {})             | | Ldice
l.from.ReadByte()                                | | Lfrom
use(l.from.Len())                                | Lfrom |
bufio.NewScanner(l.from).Scan()                  | | Lfrom
l.lines.Scan()                                   | | Llines
use(l.lines.Text())                              | Llines |
l.out.WriteString("a")                           | | Lout
fmt.Fprint(l.out, "a")                           | | Lout
l.out.Flush()                                    | | Lout
use(l.out.Buffered())                            | Lout |
l.digest.Write([]byte("a"))                      | | Ldigest
io.WriteString(l.digest, "a")                    | | Ldigest
use(l.digest.Sum(nil))                           | Ldigest |
slices.Sort(l.ints)                              | | Lints
slices.Reverse(l.ints)                           | | Lints
sort.Ints(l.ints)                                | | Lints
sort.Sort(sort.Reverse(sort.IntSlice(l.ints)))   | | Lints
sort.Slice(l.ints, func(i, j int) bool { return i < j }) | | Lints
use(slices.Contains(l.ints, one()))              | Lints |
use(slices.Max(l.ints))                          | Lints |
use(slices.Clone(l.ints)...)                     | Lints |
use(slices.Equal(l.ints, l.ints))                | Lints |
for _, v := range l.ints { use(v) }              | Lints |
l.ints[0] = 1                                    | | Lints.0
use(l.ints[1])                                   | Lints.1 |
slices.Sort(l.ints[1:])                          | | Lints.1 Lints.2
sort.Strings(l.words)                            | | Lwords
use(strings.Join(l.words, ""))                   | Lwords |
bytes.HasPrefix(l.bytes, []byte("b"))            | Lbytes |
slices.Sort(l.bytes)                             | | Lbytes
use(string(l.bytes))                             | Lbytes |
maps.Copy(l.ages, map[string]int{"b": 1})        | | Lages
maps.DeleteFunc(l.ages, func(string, int) bool { return yes() }) | | Lages
use(len(maps.Clone(l.ages)))                     | Lages |
use(maps.Equal(l.ages, l.ages))                  | Lages |
use(l.ages["a"])                                 | Lages |
l.from.Read(l.bytes)                             | | Lfrom Lbytes
strings.NewReader("a").Read(l.bytes)             | | Lbytes
strings.NewReader("ab").Read(l.bytes[:1])        | | Lbytes.0
io.ReadFull(strings.NewReader("a"), l.bytes[2:]) | | Lbytes.2
l.sw.WriteString("a")                            | | Lsb
l.r.Read(make([]byte, 1))                        | | Lfrom
l.buf.Write(l.bytes)                             | Lbytes | Lbuf
l.w.Write(l.bytes)                               | Lbytes | Lsb
fmt.Fprint(&l.emb, "a")                          | | Lemb
into(&l.emb)                                     | | Lemb
use(l.emb.Len())                                 | Lemb |
for _, v := range slices.Backward(l.ints) { use(v) } | Lints |
json.Unmarshal([]byte("1"), &l.n)                | | Ln
fmt.Sscan("1 2", &l.n, &l.m)                     | | Ln Lm
use(l.n)                                         | Ln |
l.m = 1                                          | | Lm
`
