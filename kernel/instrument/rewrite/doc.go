// Package rewrite goes down the tree of a file once and has each construct rewritten
// by the function that its table names. The tables are in forms.go: by type of node,
// by builtin function, and by what a call may be. What only passes on to its parts
// is in walk.go. The constructs are in the rooms below, a file each.
//
// # What becomes of what
//
// rt stands for the name under which the recorder is imported, numbers are sites.
//
//	func main() {
//		func main() { defer rt.MainFrom(1, 2)();
//	go f(a, b)
//		if run := rt.Go2(7, f)(a, b); run != nil { go run() }: Go itself evaluates and converts f, its receiver and its arguments, and only then is the goroutine announced
//	go w.Run()
//		if w != nil { rt.GoNamed(7, 0, "", w.name) }; if run := rt.Go0(7, w.Run)(); … when w has a field name, string, id … that is never written
//	go func() { work(i) }()
//		rt.GoNumbered(7, 1, "work", i); if run := rt.Go0(7, func() { work(i) })(); …
//	go visit(&wg, next())
//		if run := rt.Go2(7, visit)(&wg, rt.GoNamed(7, 2, "visit", next())); …: every argument that can be a name is offered, and evaluated once
//	go gen(v, c) (types inferred)
//		if run := rt.Go2(7, gen[bool])(v, c); …
//	go fmt.Println(x)
//		if run := rt.GoV2R2(7, rtfmt.Println)(8, x); …
//	mu.Lock(), c.Lock() (embedded), p.Lock()
//		rt.Lock(7, &mu), rt.Lock(7, &c.Mutex), rt.Lock(7, p); so TryLock, RWMutex, WaitGroup, Once, Cond
//	defer mu.Unlock()
//		defer rt.Unlock(7, &mu): the receiver is bound by the defer statement, as before
//	f := mu.Unlock, (*sync.Mutex).Lock(&mu)
//		f := rt.UnlockFunc(7, &mu), rt.Lock(7, &mu)
//	l.Lock() for a sync.Locker
//		rt.LockerLock(7, l)
//	n.Add(1) on atomic.Int64, atomic.AddInt64(&n, 1)
//		rt.AtomicAddM(7, &n, 1), rt.AtomicAdd(7, &n, 1); as a statement of its own, or deferred: rt.AtomicBumpM(…), rt.AtomicBump(…): nobody looks at the sum, and a search lets such additions commute
//	ch <- v
//		rt.S(ch).Send(7, v); chs[i] <- f(): rt.SendTo(7, chs[i], f())
//	<-ch, v, ok := <-ch, close(ch)
//		rt.R(ch).Recv(7), v, ok := rt.R(ch).Recv2(7), rt.Close(7, ch)
//	for v := range ch {
//		for c, v, ok := rt.R(ch).First(7); ok; v, ok = c.Recv2(7) {
//	select { case v := <-in: … case out <- x: … default: … }
//		rt.Selecting(7, 3); select { case v, ok := <-rt.SelR(7, 0, in): rt.SelectedRecv(8, 0, v, ok); … case rt.SelS(7, 1, out) <- x: rt.Selected(9, 1); … default: rt.Selected(10, 2); … }
//	time.Sleep(d), runtime.Gosched(), runtime.Goexit()
//		rt.Sleep(7, d) …
//	os.Exit(code), log.Fatal(v)
//		os.Exit(rt.Exit(7, code)), rtlog.Fatal(7, v)
//	fmt.Println(a, b), fmt.Println(f()) with several results
//		rtfmt.Println(7, a, b), rtfmt.Println(7, rtfmt.All(f())...)
//	os.Stdout.WriteString(s), println(a, t, p)
//		rtos.WriteString(7, os.Stdout, s), rt.BuiltinPrintln(7, rt.Signed(a), rt.Text(t), rt.Word(p))
//	io.WriteString(w, s), io.MultiWriter(ws...), a library's field or variable
//		io.WriteString(rtos.Writer(7, w), s), io.MultiWriter(rtos.Writers(7, ws)...)
//	w.Write(b), r.Read(b) for interfaces
//		rtos.Shared(7, w).Write(b), rtos.Reader(7, r).Read(b)
//	os.Create(name), os.ReadFile(name), f.Seek(n, 0), bufio.NewScanner(f)
//		rtfile.Create(7, name), rtfile.ReadFile(7, name), rtos.Seek(7, f, n, 0), bufio.NewScanner(rtos.File(7, f))
//	l.Println(a), slog.Info(m), e.Encode(v) of gob
//		rtlog.LoggerPrintln(7, l, a), rtslog.Info(7, m), rt.Announced1R1(7, e.Encode)(v)
//	show := fmt.Println, show := l.Println
//		show := rt.BindV1R2(7, rtfmt.Println), show := rt.OwnV1R0(7, l, rtlog.LoggerPrintln)
//	fmt.Println(xs), fmt.Sprint(p), where xs may be written meanwhile
//		rtfmt.Println(7, rtfmt.Reads(8, xs)), rtfmt.Sprint(rtfmt.Reads(7, p))
//	reading, writing x, which is a lock or has one in it
//		rt.LoadLock(7, &x), rt.StoreLock(7, &x, e)
//	reading x, p.f, s[i], *p, m[k], range m
//		rt.Load(7, &x), rt.Load(7, &p.f) …, rt.MapRKey(7, m, k)[k], rt.MapR(7, m)
//	x + f()
//		x + rt.After(f(), 7, &x) (see package draft)
//	x = e; e of another type than x
//		rt.Store(7, &x, e); rt.At(&x).Store(7, e)
//	x++, x += e (all operators)
//		rt.Add(7, 8, &x, 1): a read at 7, then a write at 8; x is evaluated once
//	a[i], a[j] = a[j], a[i]; x, err = f()
//		rt.Store2(7, &a[i], 8, &a[j], …); rt.At2(7, &x, 8, &err).Store(f())
//	self().n++, *at(i) = v, a[f()] = x
//		rt.Add(7, 8, &self().n, 1) …: the left side is one operand like any other
//	a.v, b.w = e, f; a.v, ok = <-ch, = m[k], = x.(T)
//		{ v0, v1 := e, f; rt.Store(7, &a.v, v0); rt.Store(8, &b.w, v1) }, with names of our own, where writing one does not change which the next is
//	n, err := f(), err being there before
//		n, v8 := f(); rt.Store(8, &err, v8)
//	for a.i = range s {, case a.v = <-ch:
//		for k := range s { rt.Store(7, &a.i, k);, case v, ok := <-…: …; rt.Store(7, &a.v, v);
//	for i, v := range s {, where others may change the elements
//		for c, i, v, ok := rt.Each(7, s); ok; i, v, ok = c.Next() {
//	string(b), [4]int(s), where others may change the elements
//		string(rt.ElementsR(7, b)), [4]int(rt.FirstElements(7, 4, s))
//	append(s, a), append(s, t...), copy(d, s), clear(s)
//		rt.Append(7, 8, s, a), rt.AppendAll(7, 8, 9, s, t), rt.Copy(7, 8, d, s), rt.ClearSlice(7, s)
//	buf.WriteString(s), n := buf.Len, for an object without a lock
//		rt.Writes1R2(7, &buf, (*bytes.Buffer).WriteString)(s), n := rt.Reads0R1(7, &buf, (*bytes.Buffer).Len)
//	fmt.Fprintf(&buf, f), json.NewEncoder(&buf), io.ReadAll(r), bufio.NewScanner(r)
//		rtfmt.Fprintf(7, rtos.Shared(8, &buf), f), json.NewEncoder(rtos.Kept(7, &buf)), io.ReadAll(rtos.Written(7, r)), bufio.NewScanner(rtos.KeptReader(7, r))
//	z.Add(x, y) of big numbers, h.Sum(nil) of a hash, h.Set(k, v) of a header
//		rt.Writes2R1(7, z, (*big.Int).Add)(rt.Looked(8, x), rt.Looked(9, y)), rtos.Looked(7, h).Sum(nil), rt.MapW(7, h).Set(k, v)
//	slices.Sort(s), slices.Contains(s, f()), maps.Copy(m, n), json.Unmarshal(b, &c)
//		slices.Sort(rt.ElementsW(7, s)), slices.Contains(s, rt.ElementsRAfter(f(), 7, s)), maps.Copy(rt.MapW(7, m), rt.MapR(8, n)), json.Unmarshal(b, rt.Written(7, &c))
//	go sort.Ints(s)
//		{ a0 := s; if run := rt.Go0(7, func() { sort.Ints(rt.ElementsW(8, a0)) })(); run != nil { go run() } }
//	s.Area(), s being an interface that may hold a pointer to a Square, for func (s Square) Area()
//		rt.Held[Square](7, s).Area()
//	p.Sum() for func (p Pair) Sum(); o.n, promoted through a pointer
//		rt.Load(7, p).Sum(); rt.Load(7, &rt.Load(8, &o.Inner).n)
//	return 5, n being a result that a goroutine uses
//		{ rt.Store(7, &n, 5); return n }
//	go close(c), go f(1, x) of 9 parameters
//		{ a0 := c; if run := rt.Go0(7, func() { rt.Close(8, a0) })(); run != nil { go run() } }
//	f := x.Load, f := atomic.AddInt64
//		f := rt.AtomicLoadMFunc(7, &x), f := rt.Bind2R1(7, rt.AtomicAdd[int64])
//	m[k] = e, m[k]++, m[k] += e, delete(m, k)
//		m[k] = rt.MapWAfterKey(e, 7, m, k), rt.MapAdd(7, 8, m, k, 1), rt.MapAdd(7, 8, m, k, e), delete(rt.MapWKey(7, m, k), k); without the key where it cannot be evaluated twice
//
// # Rejected
//
// Printing the changed tree (go/printer, dst): comments move, lines move, directives
// get lost.
//
// Evaluating arguments into temporary variables and rt.Go(func() { f(a, b) }): types
// must be named (some cannot be), conversions happen at another time, tracebacks get
// a frame, variables are captured.
//
// Adding statements behind assignments (x = e; rt.Wrote(7, &x)): not allowed in the
// headers of if, for and switch, and another goroutine may come between, so that the
// picture shows an order that was not.
//
// *rt.W(7, &x) = e: rt.W is called before e, so the write would be noted before the
// reads on its right.
//
// Reads as *rt.L(7, &x): this notes the read before the calls, with a value that may
// not be the one read.
package rewrite
