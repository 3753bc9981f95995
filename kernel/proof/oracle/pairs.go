package oracle

// Pair is a program in which two kinds of operations meet.
type Pair struct {
	Name    string
	Program *Program
}

// Pairs makes programs for each two kinds of use of one object, and for each of these
// and each thing that is about no object. In one program what each has seen is
// printed at the end, so that nothing comes between the two; in one it is printed at
// once; in one the second of both is main, which then ends.
func Pairs() (all []Pair) {
	for _, f := range objects() {
		for i := range f.kinds {
			for j := range f.kinds[i:] {
				a, b := &f.kinds[i], &f.kinds[i+j]
				all = append(all, f.apart(a, b), f.atOnce(a, b), f.withMain(a, b), f.withMain(b, a))
			}
			for j := range effectKinds {
				all = append(all, f.atOnce(&f.kinds[i], &effectKinds[j]))
			}
		}
	}
	none := family{}
	for i := range effectKinds {
		for j := range effectKinds[i:] {
			a, b := &effectKinds[i], &effectKinds[i+j]
			all = append(all, none.atOnce(a, b), none.withMain(a, b), none.withMain(b, a))
		}
	}
	return all
}

// meeting begins a program with what the two kinds need.
func (f *family) meeting(how string, a, b *kind) Pair {
	p := &Program{Room: []int{f.room}}
	if a.deadline || b.deadline {
		p.Deadline = []bool{false, true}
	}
	for _, k := range []*kind{a, b} {
		if k.alarm != nil {
			p.After = [][]Stmt{nil, tell(k.alarm, 9, false)}
		}
	}
	p.Body = append(p.Body, a.before...)
	if b.before != nil && (a.before == nil || a.before[0].Op != b.before[0].Op || a.before[0].On != b.before[0].On) {
		p.Body = append(p.Body, b.before...)
	}
	name := a.name + " × " + b.name + how
	if f.room > 0 {
		name += ", buffered"
	}
	return Pair{name, p}
}

func (p *Program) then(more ...Stmt) { p.Body = append(p.Body, more...) }

// apart has each note what it has seen in a variable of its own.
func (f *family) apart(a, b *kind) Pair {
	pair := f.meeting(", seen at the end", a, b)
	p := pair.Program
	p.then(Stmt{Op: GroupGo, Then: tell(a.do, 1, true)}, Stmt{Op: GroupGo, Then: tell(b.do, 2, true)}, Stmt{Op: Wait})
	p.then(f.after...)
	for i := 1; i <= 2; i++ {
		if p.uses(i, Set) {
			p.then(Stmt{Op: Get, On: i}, Stmt{Op: PrintV, N: i})
		}
	}
	return pair
}

func (f *family) atOnce(a, b *kind) Pair {
	pair := f.meeting("", a, b)
	pair.Program.then(Stmt{Op: GroupGo, Then: tell(a.do, 1, false)}, Stmt{Op: GroupGo, Then: tell(b.do, 2, false)}, Stmt{Op: Wait})
	pair.Program.then(f.after...)
	return pair
}

func (f *family) withMain(a, b *kind) Pair {
	pair := f.meeting(" in main", a, b)
	pair.Program.then(Stmt{Op: Go, Then: append(tell(a.do, 1, false), Stmt{Op: Print})})
	pair.Program.then(tell(b.do, 2, false)...)
	return pair
}

// tell puts in what a goroutine does with what it sees: it notes it, or prints it. And
// the numbers that are sent or stored are those of who does it, unless they are given.
func tell(list []Stmt, who int, notes bool) (all []Stmt) {
	for _, s := range list {
		s.Then, s.Else, s.Cases = tell(s.Then, who, notes), tell(s.Else, who, notes), tell(s.Cases, who, notes)
		switch {
		case s.Op == seen && notes:
			s.Op, s.On, s.N = Set, who, s.N+1
		case s.Op == seen:
			s.Op, s.N = Print, 2*who+s.N
		case s.Op == seenV && notes:
			all = append(all, noted(who)...)
			continue
		case s.Op == seenV:
			s.Op, s.N = PrintV, 2*who
		case s.N == 0:
			s.N = who
		}
		all = append(all, s)
	}
	return all
}

// noted notes v in the variable of who has it.
func noted(who int) (all []Stmt) {
	for v := range 4 {
		all = append(all, Stmt{Op: If, N: v, Then: []Stmt{{Op: Set, On: who, N: v + 3}}})
	}
	return all
}
