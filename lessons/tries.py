"""What learners try in a lesson's task, right and wrong, beside the solutions.

A check must pass for every right program, not only for the one that we had in mind;
and it must not pass for one that has only lost what was to be kept apart: a goroutine
deleted, the work done in one after the other, a close or a write left out. Each row
is an edit of the lesson's task, and what the lesson's check says to it. explored.py
tries them.
"""

from dataclasses import dataclass


@dataclass(frozen=True)
class Try:
    says: str
    edit: tuple  # pairs (old, new); each old text is in the task
    refused: str = ""  # the property that does not hold; "" if the program is right
    check: int = 0  # which of the lesson's locked checks is asked
    cell: str = ""  # what the cell has that is edited; "" is the task


UNPROVED = "nothing to check"  # the check neither passes nor fails: nobody calls a function, or there is one order only


def right(says, *edit, **where):
    return Try(says, edit, **where)


def wrong(says, refused, *edit, **where):
    return Try(says, edit, refused, **where)


RATE = {"check": 1, "cell": "func rate("}
SEATS = "\tif seatFree() {\n\t\ttakeSeat()\n"

TRIES = {
    "00-welcome": [
        right("one after the other", ("go pour", "pour"), ("go drink", "drink")),
        right("main waits for a channel", ("\tgo pour()\n", "\tdone := make(chan bool)\n\tgo func() {\n\t\tdefer close(done)\n\t\tpour()\n\t}()\n\t<-done\n")),
        wrong("nobody drinks", UNPROVED, ("go pour", "pour"), ("\tgo drink()\n", "")),
        wrong("a pause before the drinking", "order pour<drink", ("\tgo drink()", "\ttime.Sleep(time.Second)\n\tgo drink()")),
        wrong("the wrong go", "order pour<drink", ("go drink", "drink")),
    ],
    "01-threads": [
        right("five by hand", ("// your code here", "\n".join(f'team = append(team, NewWorker("W{n}", 1, 0))' for n in range(1, 6)))),
        right("made with their room", ("team := []*Worker{}\n// your code here", 'team := make([]*Worker, 5)\nfor i := range team {\n\tteam[i] = NewWorker(fmt.Sprintf("W%d", i+1), 1, 0)\n}')),
        wrong("four", "panic-free", ("// your code here", 'for i := range 4 {\n\tteam = append(team, NewWorker(fmt.Sprintf("W%d", i+1), 1, 0))\n}')),
        wrong("room for five, and nobody there", "panic-free", ("team := []*Worker{}\n// your code here", "team := make([]*Worker, 5)")),
    ],
    "02-lock": [
        right("a function with defer in each round", ("\t\tprintString(w.name, w.counter, w.delay) // your code here",
              "\t\tfunc() {\n\t\t\tlock.Lock()\n\t\t\tdefer lock.Unlock()\n\t\t\tprintString(w.name, w.counter, w.delay)\n\t\t}()")),
        wrong("nothing is printed", UNPROVED, ("\t\tprintString(w.name, w.counter, w.delay) // your code here\n", "")),
        wrong("released only at the end", "leak-free", ("\t\tprintString", "\t\tlock.Lock()\n\t\tdefer lock.Unlock()\n\t\tprintString")),
        wrong("a lock of its own", "no-overlap printString", ("\t\tprintString", "\t\tvar mine sync.Mutex\n\t\tmine.Lock()\n\t\tdefer mine.Unlock()\n\t\tprintString")),
    ],
    "03-join": [
        right("the group counts", ("\tgo func() {\n\t\twg.Add(1) // your code here: this line is in the wrong place\n\t\tdefer wg.Done()\n", "\twg.Go(func() {\n"), ("\t}()", "\t})")),
        right("all are counted before", ("for _, name", "wg.Add(2)\nfor _, name"), ("\t\twg.Add(1) // your code here: this line is in the wrong place\n", "")),
        wrong("no goroutine is left", "goroutines 2", ("\tgo func() {\n\t\twg.Add(1) // your code here: this line is in the wrong place\n\t\tdefer wg.Done()\n", ""), ("10*time.Millisecond)\n\t}()", "10*time.Millisecond)")),
        wrong("only one is left", "goroutines 2", ('"A", "B"', '"A"'), ("\tgo func", "\twg.Add(1)\n\tgo func"), ("\t\twg.Add(1) // your code here: this line is in the wrong place\n", "")),
        wrong("nobody is counted", "joined", ("\t\twg.Add(1) // your code here: this line is in the wrong place\n\t\tdefer wg.Done()\n", "")),
    ],
    "04a-queue": [
        right("a lock, which is not needed", ("var cash = 100\n", "var cash = 100\nvar guard sync.Mutex\n"),
              ("\t\t// your code here\n\t\trequest.answer <- false", "\t\tguard.Lock()\n\t\tenough := cash >= request.amount\n\t\tif enough {\n\t\t\tcash -= request.amount\n\t\t}\n\t\tguard.Unlock()\n\t\trequest.answer <- enough")),
        right("two answers", ("\t\t// your code here\n\t\trequest.answer <- false", "\t\tif cash < request.amount {\n\t\t\trequest.answer <- false\n\t\t\tcontinue\n\t\t}\n\t\tcash -= request.amount\n\t\trequest.answer <- true")),
        wrong("the money is taken, and nobody is told", "outcome paid.Load()==2", ("\t\t// your code here\n", "\t\tif cash >= request.amount {\n\t\t\tcash -= request.amount\n\t\t}\n")),
        wrong("everybody is paid", "outcome paid.Load()==2", ("\t\t// your code here\n\t\trequest.answer <- false", "\t\tif cash >= request.amount {\n\t\t\tcash -= request.amount\n\t\t}\n\t\trequest.answer <- true")),
    ],
    "04b-closing": [
        right("closed when the clerks have left, by a goroutine", ("\tclose(queue)\n\t<-done\n\tclerks.Wait()\n", "\tgo func() {\n\t\tclerks.Wait()\n\t\tclose(queue)\n\t}()\n\t<-done\n")),
        right("main receives until done is closed", ("\tclose(queue)\n\t<-done\n\tclerks.Wait()\n", "\tclerks.Wait()\n\tclose(queue)\n\tfor range done {\n\t}\n")),
        wrong("nobody closes", "deadlock-free", ("\tclose(queue)\n\t<-done\n\tclerks.Wait()\n", "\tclerks.Wait()\n\t<-done\n")),
        wrong("nobody waits for the owner", "joined", ("\tclose(queue)\n\t<-done\n\tclerks.Wait()\n", "\tclerks.Wait()\n\tclose(queue)\n")),
        wrong("main does the clerks' work", "goroutines 3", ("\t\tclerks.Go(func() { clerk(name, queue) })\n", "\t\tclerk(name, queue)\n"), ("\tclose(queue)\n\t<-done\n\tclerks.Wait()\n", "\tclerks.Wait()\n\tclose(queue)\n\t<-done\n")),
    ],
    "05a-three-steps": [
        right("a lock", ("var guests int // your code here, and in the two functions", "var guests int\nvar counting sync.Mutex"),
              ("\tguests++", "\tcounting.Lock()\n\tguests++\n\tcounting.Unlock()")),
        right("the functions of the package", ("var guests int //", "var guests int64 //"), ("\tguests++", "\tatomic.AddInt64(&guests, 1)"), ("return guests", "return int(atomic.LoadInt64(&guests))")),
        wrong("a constant", "outcome plates()-early==2", ("\tguests++\n", ""), ("return guests", "return 2")),
        wrong("read and written one by one", "outcome plates()-early==2", ("var guests int //", "var guests atomic.Int64 //"), ("\tguests++", "\tguests.Store(guests.Load() + 1)"), ("return guests", "return int(guests.Load())")),
        wrong("nobody is counted", "outcome plates()-early==2", ("\tguests++\n", "")),
    ],
    "05b-critical-section": [
        right("without defer", ("\t// your code here\n\tif cash < amount {\n", "\tlock.Lock()\n\tif cash < amount {\n\t\tlock.Unlock()\n"), ("\tcash -= amount\n", "\tcash -= amount\n\tlock.Unlock()\n")),
        right("taken, and put back", ("\t// your code here\n", "\tlock.Lock()\n\tdefer lock.Unlock()\n\tcash -= amount\n"), ("\tif cash < amount {\n", "\tif cash < 0 {\n\t\tcash += amount\n"), ("\t\treturn false\n\t}\n\tcash -= amount\n", "\t\treturn false\n\t}\n")),
        wrong("the third is paid for nothing", "outcome paid.Load()==2", ("\t// your code here\n\tif cash < amount {\n\t\treturn false\n\t}\n\tcash -= amount\n", "\tlock.Lock()\n\tdefer lock.Unlock()\n\tif cash >= amount {\n\t\tcash -= amount\n\t}\n")),
        wrong("two critical sections", "outcome cash==0", ("\t// your code here\n\tif cash < amount {\n", "\tlock.Lock()\n\tenough := cash >= amount\n\tlock.Unlock()\n\tif !enough {\n"), ("\tcash -= amount\n", "\tlock.Lock()\n\tcash -= amount\n\tlock.Unlock()\n")),
        wrong("nothing is taken", "outcome cash==0", ("\tcash -= amount\n", "")),
    ],
    "06-file": [
        right("a queue of one", ("func visit() {\n\t// your code here\n", "var turn = make(chan bool, 1)\n\nfunc visit() {\n\tturn <- true\n\tdefer func() { <-turn }()\n")),
        wrong("the writing alone", 'outcome visits=="2"', ("\tos.WriteFile", "\tlock.Lock()\n\tdefer lock.Unlock()\n\tos.WriteFile")),
        wrong("nothing is written", 'outcome visits=="2"', ("\tn, _ := strconv.Atoi(string(text))\n", "\t_ = text\n"), ('\tos.WriteFile("visits.txt", []byte(strconv.Itoa(n+1)), 0o644)\n', "")),
    ],
    "07a-database": [
        right("one statement", ("\tif number(\"SELECT balance FROM account WHERE name = 'Anna'\") < amount {\n\t\treturn false\n\t}\n", ""),
              ("\tdb.Exec(\"UPDATE account SET balance = balance - $1 WHERE name = 'Anna'\", amount)\n\treturn true",
               "\tresult, _ := db.Exec(\"UPDATE account SET balance = balance - $1 WHERE name = 'Anna' AND balance >= $1\", amount)\n\tn, _ := result.RowsAffected()\n\treturn n == 1")),
        wrong("nobody is paid", "outcome left==20", ("\treturn true", "\treturn false")),
        wrong("the money stays", "outcome left==20", ("\tdb.Exec(\"UPDATE account SET balance = balance - $1 WHERE name = 'Anna'\", amount)\n", "")),
    ],
    "07b-isolation": [
        right("the list is locked first", ("\tif t.number", '\tt.exec("SELECT name FROM duty FOR UPDATE")\n\tif t.number')),
        wrong("nobody leaves", "outcome onDuty==1", ('\t\tt.exec("DELETE FROM duty WHERE name = $1", name)\n', "")),
        wrong("refused, and not tried again", "outcome failed.Load()==0", ("LevelReadCommitted", "LevelSerializable")),
    ],
    "08-deadlock": [
        right("one lock for the bank", ("func transfer", "var bank sync.Mutex\n\nfunc transfer"), ("\tfrom.lock.Lock()\n\tdefer from.lock.Unlock()\n\tto.lock.Lock()\n\tdefer to.lock.Unlock()\n", "\tbank.Lock()\n\tdefer bank.Unlock()\n")),
        right("a gate for those who lock", ("func transfer", "var gate sync.Mutex\n\nfunc transfer"), ("\tfrom.lock.Lock()\n", "\tgate.Lock()\n\tfrom.lock.Lock()\n"), ("\tto.lock.Lock()\n", "\tto.lock.Lock()\n\tgate.Unlock()\n")),
        wrong("no lock", "race-free", ("\tfrom.lock.Lock()\n\tdefer from.lock.Unlock()\n\tto.lock.Lock()\n\tdefer to.lock.Unlock()\n", "")),
        wrong("one of the two locks", "race-free", ("\tto.lock.Lock()\n\tdefer to.lock.Unlock()\n", "")),
        wrong("nothing is moved", "outcome anna.balance==120", ("\tfrom.lock.Lock()\n\tdefer from.lock.Unlock()\n\tto.lock.Lock()\n\tdefer to.lock.Unlock()\n\tfrom.balance -= amount\n\tto.balance += amount\n", "")),
    ],
    "09-speed-up": [
        right("atomic shards", ("\tn    int\n", "\tn    atomic.Int64\n"), ("\ts.n++ // not safe yet", "\ts.n.Add(1)"), ("sum += c[i].n", "sum += int(c[i].n.Load())")),
        right("one lock for all", ("type Counter", "var all sync.Mutex\n\ntype Counter"), ("\ts.n++ // not safe yet", "\tall.Lock()\n\tdefer all.Unlock()\n\ts.n++")),
        wrong("nobody counts", "outcome visitors==3", ("\ts := &c[worker%shards]\n\ts.n++ // not safe yet\n", "")),
        wrong("the shard is copied", "outcome visitors==3", ("s := &c[worker%shards]", "s := c[worker%shards]"), ("\ts.n++ // not safe yet", "\ts.lock.Lock()\n\tdefer s.lock.Unlock()\n\ts.n++")),
    ],
    "10-01-one-lock-each": [
        right("a lock that both point to", ("\tlock sync.Mutex\n", "\tlock *sync.Mutex\n"), ("\tvar anna, ben Clerk\n", "\tvar lock sync.Mutex\n\tanna, ben := Clerk{&lock}, Clerk{&lock}\n")),
        right("a lock beside the till", ("\tc.lock.Lock()\n\tdefer c.lock.Unlock()\n", "\tshared.Lock()\n\tdefer shared.Unlock()\n"), ("type Clerk", "var shared sync.Mutex\n\ntype Clerk")),
        wrong("ben has left", "outcome till==130", ("\twg.Go(func() { ben.payIn(20) })\n", "\t_ = &ben\n")),
        wrong("one after the other", "goroutines 2", ("\twg.Go(func() { anna.payIn(10) })\n\twg.Go(func() { ben.payIn(20) })\n", "\tanna.payIn(10)\n\tben.payIn(20)\n")),
        wrong("both in one goroutine", "goroutines 2", ("\twg.Go(func() { anna.payIn(10) })\n\twg.Go(func() { ben.payIn(20) })\n", "\twg.Go(func() {\n\t\tanna.payIn(10)\n\t\tben.payIn(20)\n\t})\n")),
    ],
    "10-02-impossible-price": [
        right("a lock for readers", ("market sync.Mutex", "market sync.RWMutex"), ("\tb, a := bid, ask\n", "\tmarket.RLock()\n\tb, a := bid, ask\n\tmarket.RUnlock()\n")),
        right("only while it reads", ("\tb, a := bid, ask\n", "\tmarket.Lock()\n\tb, a := bid, ask\n\tmarket.Unlock()\n")),
        wrong("each read with the lock", "outcome spread==1", ("\tb, a := bid, ask\n", "\tmarket.Lock()\n\tb := bid\n\tmarket.Unlock()\n\tmarket.Lock()\n\ta := ask\n\tmarket.Unlock()\n")),
        wrong("no screen", "outcome spread==1", ("\twg.Go(show)\n", "")),
        wrong("shown afterwards", "goroutines 2", ("\twg.Go(show)\n\twg.Wait()\n", "\twg.Wait()\n\tshow()\n")),
    ],
    "10-03-one-line": [
        right("a queue of one", ("var orders []string\n", "var orders []string\nvar turn = make(chan bool, 1)\n"), ("\torders = append(orders, customer)", "\tturn <- true\n\torders = append(orders, customer)\n\t<-turn")),
        right("handed in, and written by main", ("var orders []string\n", "var orders []string\nvar queue = make(chan string, 2)\n"), ("\torders = append(orders, customer)", "\tqueue <- customer"),
              ("\twg.Wait()\n", "\twg.Wait()\n\tclose(queue)\n\tfor customer := range queue {\n\t\torders = append(orders, customer)\n\t}\n")),
        wrong("one after the other", "goroutines 2", ("\t\twg.Go(func() { take(customer) })\n", "\t\ttake(customer)\n")),
        wrong("no order is taken", "outcome len(orders)==2", ("\torders = append(orders, customer)", "\t_ = customer")),
        wrong("the next one waits outside", "goroutines 2", ('\tfor _, customer := range []string{"Anna", "Ben"} {\n\t\twg.Go(func() { take(customer) })\n\t}\n', '\twg.Go(func() {\n\t\ttake("Anna")\n\t\ttake("Ben")\n\t})\n')),
    ],
    "10-04-it-ran-right": [
        right("a lock around both", ("var connected atomic.Bool\n", "var connected atomic.Bool\nvar guard sync.Mutex\n"), ("\tif !connected.Load() {", "\tguard.Lock()\n\tdefer guard.Unlock()\n\tif !connected.Load() {")),
        right("compare and swap", ("if !connected.Load() {", "if connected.CompareAndSwap(false, true) {"), ("\t\tconnected.Store(true)\n", "")),
        wrong("one customer", "goroutines 2", ('"A", "B"', '"A"')),
        wrong("one after the other", "goroutines 2", ("\t\twg.Go(func() { query(name) })\n", "\t\tquery(name)\n")),
        wrong("nobody connects", "outcome connections.Load()==1", ("\t\tconnections.Add(1) // connects\n", "")),
        wrong("the flag first", "outcome connections.Load()==1", ("\t\tconnections.Add(1) // connects\n\t\tconnected.Store(true)\n", "\t\tconnected.Store(true)\n\t\tconnections.Add(1)\n")),
    ],
    "10-05-only-a-flag": [
        right("a lock around both", ("var ready bool\n", "var ready bool\nvar guard sync.Mutex\n"), ("\tprice = 42\n", "\tguard.Lock()\n\tdefer guard.Unlock()\n\tprice = 42\n"), ("\tif ready {", "\tguard.Lock()\n\tdefer guard.Unlock()\n\tif ready {")),
        right("a closed channel", ("var ready bool\n", "var ready = make(chan bool)\n"), ("\tready = true\n", "\tclose(ready)\n"),
              ("\tif ready {\n", "\tselect {\n\tcase <-ready:\n"), ("\t} else {\n", "\tdefault:\n")),
        wrong("the bidder has left", "goroutines 2", ("\twg.Go(bidder)\n", "")),
        wrong("nobody looks at the flag", "outcome bid==42", ("\tif ready {\n\t\tbid = price\n\t\tfmt.Println(\"the price is\", bid)\n\t} else {\n\t\tfmt.Println(\"not ready yet\")\n\t}\n", '\tfmt.Println("not ready yet")\n')),
        wrong("nobody raises the flag", "outcome bid==42", ("\tready = true\n", "")),
        wrong("the flag before the price", "race-free", ("var ready bool\n", "var ready atomic.Bool\n"), ("\tprice = 42\n\tready = true\n", "\tready.Store(true)\n\tprice = 42\n"), ("\tif ready {", "\tif ready.Load() {")),
    ],
    "10-06-unheard-bell": [
        right("a closed channel", ("var bell = sync.NewCond(&kitchen)\n", "var bell = make(chan bool)\n"), ("\tbell.Signal()\n", "\tclose(bell)\n"), ("\tkitchen.Lock()\n\tdefer kitchen.Unlock()\n\tfor !meal {\n\t\tbell.Wait()\n\t}\n", "\t<-bell\n")),
        right("the signal after the unlock", ("\tmeal = true\n", "\tkitchen.Lock()\n\tmeal = true\n\tkitchen.Unlock()\n")),
        wrong("no waiter", "outcome served==true", ("\twg.Go(waiter)\n", "")),
        wrong("the waiter does not look", "race-free", ("\tfor !meal {\n\t\tbell.Wait()\n\t}\n", "")),
        wrong("it is locked, and nobody waits", "outcome served==true", ("\tmeal = true\n", "\tkitchen.Lock()\n\tdefer kitchen.Unlock()\n\tmeal = true\n"), ("\tfor !meal {\n\t\tbell.Wait()\n\t}\n", "")),
        wrong("rings for all", "deadlock-free", ("bell.Signal()", "bell.Broadcast()")),
    ],
    "10-07-last-seat": [
        right("one lock around the reservation", ("\tdesk.Lock()\n\tdefer desk.Unlock()\n\treturn seats > 0", "\treturn seats > 0"), ("\tdesk.Lock()\n\tdefer desk.Unlock()\n\tseats--", "\tseats--"),
              (SEATS, "\tdesk.Lock()\n\tdefer desk.Unlock()\n" + SEATS)),
        right("another lock around the reservation", ("var seats = 1\n", "var seats = 1\nvar counter sync.Mutex\n"), (SEATS, "\tcounter.Lock()\n\tdefer counter.Unlock()\n" + SEATS)),
        wrong("never below zero, and two tickets", "outcome tickets.Load()==1", ("\tseats--\n", "\tif seats > 0 {\n\t\tseats--\n\t}\n")),
        wrong("one customer", "goroutines 2", ('"Anna", "Ben"', '"Anna"')),
        wrong("a look twice", "outcome seats==0", ("\tif seatFree() {\n", "\tif seatFree() && seatFree() {\n")),
    ],
    "10-08-print": [
        right("atomic", ("var visits int\n", "var visits int64\n"), ("\tvisits++", "\tatomic.AddInt64(&visits, 1)")),
        right("a lock around the print, too", ("var visits int\n", "var visits int\nvar counting sync.Mutex\n"), ("\tfmt.Println(name", "\tcounting.Lock()\n\tdefer counting.Unlock()\n\tfmt.Println(name")),
        wrong("more prints", "outcome visits==2", ("\tvisits++\n", '\tfmt.Println(name, "is counted")\n\tvisits++\n')),
        wrong("a pause", "outcome visits==2", ("\tvisits++\n", "\ttime.Sleep(time.Second)\n\tvisits++\n")),
        wrong("one after the other", "goroutines 2", ('\tfor _, name := range []string{"Anna", "Ben"} {\n\t\twg.Go(func() { visit(name) })\n\t}\n', '\twg.Go(func() { visit("Anna") })\n\twg.Wait()\n\tvisit("Ben")\n')),
    ],
    "10-09-counted-too-late": [
        right("the group counts", ("\t\tgo func() {\n\t\t\tinside.Add(1)\n\t\t\tdefer inside.Done()\n", "\t\tinside.Go(func() {\n"), ("\t\t}()", "\t\t})")),
        right("both are counted at first", ("\tfor range 2 {\n", "\tinside.Add(2)\n\tfor range 2 {\n"), ("\t\t\tinside.Add(1)\n", "")),
        right("a channel counts", ("\tvar inside sync.WaitGroup\n", "\tinside := make(chan bool)\n"), ("\t\t\tinside.Add(1)\n\t\t\tdefer inside.Done()\n", ""), ("comes out\n", "comes out\n\t\t\tinside <- true\n"), ("\tinside.Wait()\n", "\t<-inside\n\t<-inside\n")),
        wrong("a pause", "outcome out.Load()==2", ("\tinside.Wait()\n", "\ttime.Sleep(time.Second)\n\tinside.Wait()\n")),
        wrong("nobody goes in", "goroutines 2", ("\t\tgo func() {\n\t\t\tinside.Add(1)\n\t\t\tdefer inside.Done()\n\t\t\tout.Add(1) // works, and comes out\n\t\t}()\n", "\t\tout.Add(1)\n")),
        wrong("one for both", "goroutines 2", ("\tfor range 2 {\n\t\tgo func() {\n\t\t\tinside.Add(1)\n\t\t\tdefer inside.Done()\n\t\t\tout.Add(1)", "\tinside.Add(1)\n\t{\n\t\tgo func() {\n\t\t\tdefer inside.Done()\n\t\t\tout.Add(2)")),
    ],
    "10-10-long-enough": [
        right("a plain call", ("\tgo backup()\n\ttime.Sleep(time.Second)\n", "\tbackup()\n")),
        right("a group", ("\tgo backup()\n\ttime.Sleep(time.Second)\n", "\tvar wg sync.WaitGroup\n\twg.Go(backup)\n\twg.Wait()\n")),
        wrong("longer", "joined", ("time.Second)", "time.Hour)")),
        wrong("no backup", UNPROVED, ("\tgo backup()\n", "")),
        wrong("good night first", "order backup<turnOff", ("\tgo backup()\n\ttime.Sleep(time.Second)\n\tturnOff()\n", "\tvar wg sync.WaitGroup\n\twg.Go(backup)\n\tturnOff()\n\twg.Wait()\n")),
    ],
    "10-11-copied-lock": [
        right("a pointer to the lock", ("\tlock   sync.Mutex\n", "\tlock   *sync.Mutex\n"), ("var stock Stock\n", "var stock = Stock{lock: &sync.Mutex{}}\n")),
        right("a lock beside the stock", ("\tlock   sync.Mutex\n", ""), ("\ts.lock.Lock()\n\tdefer s.lock.Unlock()\n", "\tlock.Lock()\n\tdefer lock.Unlock()\n"), ("var stock Stock\n", "var stock Stock\nvar lock sync.Mutex\n")),
        wrong("one delivery", 'outcome stock.pieces["tea"]==2', ("\tfor range 2 {\n", "\tfor range 1 {\n")),
        wrong("nothing is written down", 'outcome stock.pieces["tea"]==2', ("\ts.pieces[item]++\n", "")),
        wrong("one after the other", "goroutines 2", ('\t\twg.Go(func() { stock.add("tea") })\n', '\t\tstock.add("tea")\n')),
    ],
    "10-12-two-keys": [
        right("one key for both", ("\tvault.Lock()\n\tdefer vault.Unlock()\n\tledger.Lock()", "\tledger.Lock()"), ("\tvault.Lock()\n\tdefer vault.Unlock()\n\tbars++", "\tbars++")),
        right("the ledger first", ("\tvault.Lock()\n\tdefer vault.Unlock()\n\tledger.Lock()\n\tdefer ledger.Unlock()\n", "\tledger.Lock()\n\tdefer ledger.Unlock()\n\tvault.Lock()\n\tdefer vault.Unlock()\n")),
        wrong("each takes one key", "race-free", ("\tvault.Lock()\n\tdefer vault.Unlock()\n\tledger.Lock()\n\tdefer ledger.Unlock()\n", "\tvault.Lock()\n\tdefer vault.Unlock()\n"), ("\tledger.Lock()\n\tdefer ledger.Unlock()\n\tvault.Lock()\n\tdefer vault.Unlock()\n", "\tledger.Lock()\n\tdefer ledger.Unlock()\n")),
        wrong("nobody writes", "outcome lines==8", ("\twg.Go(write)\n", "")),
        wrong("one after the other", "goroutines 2", ("\twg.Go(write)\n\twg.Wait()\n", "\twg.Wait()\n\twrite()\n")),
    ],
    "10-13-last-one-out": [
        right("main takes two lines", ("\tif last {\n\t\tclose(news)\n\t}\n", ""), ("\tfor line := range news {\n\t\tfmt.Println(line)\n\t}\n", "\tfmt.Println(<-news)\n\tfmt.Println(<-news)\n")),
        right("a goroutine waits and closes", ("\tif last {\n\t\tclose(news)\n\t}\n", ""), ('\tgo reporter("A", false, news)\n\tgo reporter("B", true, news)\n', '\tvar reporters sync.WaitGroup\n\treporters.Go(func() { reporter("A", false, news) })\n\treporters.Go(func() { reporter("B", true, news) })\n\tgo func() {\n\t\treporters.Wait()\n\t\tclose(news)\n\t}()\n')),
        wrong("nobody closes", "deadlock-free", ("\tif last {\n\t\tclose(news)\n\t}\n", "")),
        wrong("only B reports", "goroutines 2", ('\tgo reporter("A", false, news)\n', "")),
        wrong("one line is enough", "joined", ("\tif last {\n\t\tclose(news)\n\t}\n", ""), ("\tfor line := range news {\n\t\tfmt.Println(line)\n\t}\n", "\tfmt.Println(<-news)\n")),
        wrong("B is started first", "panic-free", ('\tgo reporter("A", false, news)\n\tgo reporter("B", true, news)\n', '\tgo reporter("B", true, news)\n\tgo reporter("A", false, news)\n')),
    ],
    "11a-select": [
        right("both answers are received", ("\tfmt.Println(<-answers)\n", "\tfmt.Println(<-answers)\n\t<-answers\n")),
        right("who is late gives up", ('\tanswers <- bank + ": 4 percent"\n', '\tselect {\n\tcase answers <- bank + ": 4 percent":\n\tcase <-late:\n\t}\n'), ("func ask(", "var late = make(chan bool)\n\nfunc ask("), ("\tfmt.Println(<-answers)\n", "\tfmt.Println(<-answers)\n\tclose(late)\n")),
        wrong("one bank", "goroutines 2", ('\tgo ask("West", answers)\n', "")),
        wrong("an answer that nobody takes at once is lost", "deadlock-free", ('\tanswers <- bank + ": 4 percent"\n', '\tselect {\n\tcase answers <- bank + ": 4 percent":\n\tdefault:\n\t}\n')),
        wrong("the channel is closed", "panic-free", ("\tfmt.Println(<-answers)\n", "\tfmt.Println(<-answers)\n\tclose(answers)\n")),
        right("room for one answer", ("make(chan string)", "make(chan string, 1)"), **RATE),
        right("somebody takes the late answer", ('\t\treturn bank + ": no answer"', '\t\tgo func() { <-answer }()\n\t\treturn bank + ": no answer"'), **RATE),
        wrong("it does not ask", "goroutines 1", ("\tgo ask(bank, answer)\n", ""), **RATE),
        wrong("nobody else takes it either", "deadlock-free", ("\tgo ask(bank, answer)\n", "\task(bank, answer)\n"), **RATE),
        wrong("the channel is closed after the timeout", "panic-free", ('\t\treturn bank + ": no answer"', '\t\tclose(answer)\n\t\treturn bank + ": no answer"'), **RATE),
    ],
    "11b-context": [
        right("the end first", ("\t\tnumbers <- n\n", "\t\tselect {\n\t\tcase <-ctx.Done():\n\t\tcase numbers <- n:\n\t\t}\n")),
        right("a goroutine of its own takes the rest", ("\tfor n := 1; ctx.Err() == nil; n++ {\n\t\tnumbers <- n\n\t}\n",
              "\tn := 1\n\tfor {\n\t\tselect {\n\t\tcase numbers <- n:\n\t\t\tn++\n\t\tcase <-ctx.Done():\n\t\t\treturn\n\t\t}\n\t}\n")),
        wrong("two numbers are enough", "deadlock-free", ("for n := 1; ctx.Err() == nil; n++ {", "for n := 1; n <= 2; n++ {")),
        wrong("it asks twice", "leak-free", ("\t\tnumbers <- n\n", "\t\tif ctx.Err() != nil {\n\t\t\treturn\n\t\t}\n\t\tnumbers <- n\n")),
        wrong("it does not wait for main", "deadlock-free", ("\t\tnumbers <- n\n", "\t\tselect {\n\t\tcase numbers <- n:\n\t\tdefault:\n\t\t\treturn\n\t\t}\n")),
    ],
    "11c-workers": [
        right("main receives between the jobs", ("\tfor job := 1; job <= n; job++ {\n\t\tjobs <- job\n\t}\n\tclose(jobs)\n\tfor range n {\n\t\tsum += <-results\n\t}\n",
              "\tdone := make(chan bool)\n\tgo func() {\n\t\tdefer close(done)\n\t\tfor range n {\n\t\t\tsum += <-results\n\t\t}\n\t}()\n\tfor job := 1; job <= n; job++ {\n\t\tjobs <- job\n\t}\n\tclose(jobs)\n\t<-done\n")),
        wrong("a worker for each job, and no lock", "race-free", ("\tfor range 2 {\n\t\tworkers.Go(func() { worker(jobs, results) })\n\t}\n\tfor job := 1; job <= n; job++ {\n\t\tjobs <- job\n\t}\n\tclose(jobs)\n\tfor range n {\n\t\tsum += <-results\n\t}\n", "\t_, _ = jobs, results\n\tfor job := range n {\n\t\tworkers.Go(func() { sum += square(job + 1) })\n\t}\n")),
        wrong("main does it all", "goroutines 2", ("\tfor range 2 {\n\t\tworkers.Go(func() { worker(jobs, results) })\n\t}\n\tfor job := 1; job <= n; job++ {\n\t\tjobs <- job\n\t}\n\tclose(jobs)\n\tfor range n {\n\t\tsum += <-results\n\t}\n", "\t_, _ = jobs, results\n\tfor job := range n {\n\t\tsum += square(job + 1)\n\t}\n")),
        wrong("nobody closes", "deadlock-free", ("\tfor job := 1; job <= n; job++ {\n\t\tjobs <- job\n\t}\n\tclose(jobs)\n", "\tgo func() {\n\t\tfor job := 1; job <= n; job++ {\n\t\t\tjobs <- job\n\t\t}\n\t}()\n")),
    ],
    "11d-pipeline": [
        wrong("main closes what the stage sends on", "panic-free", ("\t\t\tbreak\n", "\t\t\tclose(b)\n\t\t\tbreak\n")),
        wrong("main does not wait", "leak-free", ("\ttime.Sleep(time.Second) // main does something else\n", "\ttime.Sleep(time.Millisecond)\n")),
        wrong("no stages", "goroutines 2", ("\ta, b := make(chan int), make(chan int)\n\tgo numbers(a)\n\tgo squares(a, b)\n\tfor n := range b {\n\t\tif n > 3 {\n\t\t\tfmt.Println(n)\n\t\t\tbreak\n\t\t}\n\t}\n", "\tfmt.Println(4)\n")),
        wrong("one stage is left", "goroutines 2", ("\tgo numbers(a)\n\tgo squares(a, b)\n", "\tgo func() {\n\t\tb <- 1\n\t\tb <- 4\n\t\tclose(b)\n\t}()\n\t_ = a\n"), ("\t\t\tbreak\n", "")),
    ],
    "11e-rwmutex": [
        right("a look with the writing lock only", ("\trateLock.RLock()\n\tdefer rateLock.RUnlock()\n\tif r, known := rates[bank]; known {\n\t\treturn r\n\t}\n\trateLock.Lock()\n\tdefer rateLock.Unlock()\n", "\trateLock.Lock()\n\tdefer rateLock.Unlock()\n\tif r, known := rates[bank]; known {\n\t\treturn r\n\t}\n")),
        wrong("one customer", "goroutines 2", ("\trateLock.RLock()\n\tdefer rateLock.RUnlock()\n", ""), ('\twg.Go(func() { rateOf("East") })\n\twg.Go(func() { rateOf("East") })\n', '\twg.Go(func() { rateOf("East") })\n')),
        wrong("no reading lock", "race-free", ("\trateLock.RLock()\n\tdefer rateLock.RUnlock()\n", "")),
        wrong("nobody asks", "outcome asked==1", ("\trateLock.Lock()\n\tdefer rateLock.Unlock()\n\tasked++\n\trates[bank] = 4\n\treturn rates[bank]\n", "\treturn 4\n")),
    ],
    "11f-once": [
        right("the errors go through a channel", ("\twg  sync.WaitGroup\n\terr error\n", "\twg   sync.WaitGroup\n\tlock sync.Mutex\n\terrs []error\n"), ("\t\tif err := f(); err != nil {\n\t\t\tg.err = err\n\t\t}\n", "\t\terr := f()\n\t\tg.lock.Lock()\n\t\tdefer g.lock.Unlock()\n\t\tif err != nil {\n\t\t\tg.errs = append(g.errs, err)\n\t\t}\n"),
              ("\treturn g.err\n", "\tif len(g.errs) == 0 {\n\t\treturn nil\n\t}\n\treturn g.errs[0]\n")),
        wrong("no error is kept", "outcome failed==true", ("\t\tif err := f(); err != nil {\n\t\t\tg.err = err\n\t\t}\n", "\t\tf()\n")),
        wrong("one function", "goroutines 2", ('\tg.Go(func() error { return errors.New("West is closed") })\n', "")),
        wrong("a look without a lock", "race-free", ("\t\t\tg.err = err\n", "\t\t\tif g.err == nil {\n\t\t\t\tg.err = err\n\t\t\t}\n")),
    ],
    "12-01-rendezvous": [
        right("turned round in one of the two", ("\t<-annaIsThere\n\tbenIsThere <- true\n", "\tbenIsThere <- true\n\t<-annaIsThere\n")),
        right("closed channels", ("\t<-benIsThere\n\tannaIsThere <- true\n", "\tclose(annaIsThere)\n\t<-benIsThere\n"), ("\t<-annaIsThere\n\tbenIsThere <- true\n", "\tclose(benIsThere)\n\t<-annaIsThere\n")),
        wrong("nobody waits", "order arrive<goIn", ("\t<-benIsThere\n\tannaIsThere <- true\n", ""), ("\t<-annaIsThere\n\tbenIsThere <- true\n", "")),
        wrong("Anna comes alone", "goroutines 2", ("\t<-benIsThere\n\tannaIsThere <- true\n", ""), ("\twg.Go(ben)\n", "")),
        wrong("nobody goes in", UNPROVED, ("\t<-benIsThere\n\tannaIsThere <- true\n\tgoIn(\"Anna\")\n", ""), ("\t<-annaIsThere\n\tbenIsThere <- true\n\tgoIn(\"Ben\")\n", "")),
    ],
    "12-02-barrier": [
        right("a group", ("\thut.Lock()\n\tthere++\n\tif there == 3 {\n\t\tall.Signal()\n\t}\n\tfor there < 3 {\n\t\tall.Wait()\n\t}\n\thut.Unlock()\n", "\tmissing.Done()\n\tmissing.Wait()\n"), ("var there int\n", "var missing sync.WaitGroup\n"), ("\tvar wg sync.WaitGroup\n", "\tmissing.Add(3)\n\tvar wg sync.WaitGroup\n")),
        right("each wakes the next", ("\thut.Unlock()\n", "\tall.Signal()\n\thut.Unlock()\n")),
        wrong("two are enough", "order arrive<goOn", ("there == 3", "there == 2"), ("there < 3", "there < 2"), ("all.Signal()", "all.Broadcast()")),
        wrong("nobody waits", "order arrive<goOn", ("\tfor there < 3 {\n\t\tall.Wait()\n\t}\n", "")),
        wrong("two hikers", "goroutines 3", ('"A", "B", "C"', '"A", "B"'), ("there == 3", "there == 2"), ("there < 3", "there < 2")),
    ],
    "12-03-turnstile": [
        right("main pushes three times", ("\tpass()\n", "\tpass()\n\tpassed <- true\n"), ("var turnstile = make(chan bool)\n", "var turnstile, passed = make(chan bool), make(chan bool)\n"), ("\tturnstile <- true\n", "\tfor range 3 {\n\t\tturnstile <- true\n\t\t<-passed\n\t}\n")),
        wrong("three pushes, nobody waits", "race-free", ("\tturnstile <- true\n", "\tfor range 3 {\n\t\tturnstile <- true\n\t}\n")),
        wrong("one visitor", "outcome counted==3", ("\tfor range 3 {\n", "\tfor range 1 {\n")),
        wrong("no turnstile, before nine", "race-free", ("\t<-turnstile\n", ""), ("\tturnstile <- true\n", "")),
    ],
    "12-04-bounded-buffer": [
        right("a bell for each side", ("func put", "var room, bread = sync.NewCond(&lock), sync.NewCond(&lock)\n\nfunc put"), ("\tif len(shelf) == 1 {\n\t\tchanged.Wait()\n", "\tfor len(shelf) == 1 {\n\t\troom.Wait()\n"), ("\tshelf = append(shelf, loaf)\n\tchanged.Signal()\n", "\tshelf = append(shelf, loaf)\n\tbread.Signal()\n"),
              ("\tif len(shelf) == 0 {\n\t\tchanged.Wait()\n", "\tfor len(shelf) == 0 {\n\t\tbread.Wait()\n"), ("\ttaken.Add(1)\n\tchanged.Signal()\n", "\ttaken.Add(1)\n\troom.Signal()\n")),
        wrong("a shelf without an end", "always len(shelf)<=1", ("\tif len(shelf) == 1 {\n\t\tchanged.Wait()\n\t}\n", ""), ("\tif len(shelf) == 0 {", "\tfor len(shelf) == 0 {"), ("\tshelf = append(shelf, loaf)\n\tchanged.Signal()\n", "\tshelf = append(shelf, loaf)\n\tchanged.Broadcast()\n")),
        wrong("one customer for both", "goroutines 3", ("\twg.Go(take)\n\twg.Go(take)\n", "\twg.Go(func() { take(); take() })\n")),
        wrong("an empty shelf is left", "outcome taken.Load()==2", ("\tif len(shelf) == 0 {\n\t\tchanged.Wait()\n\t}\n", "\tif len(shelf) == 0 {\n\t\treturn\n\t}\n"), ("\tif len(shelf) == 1 {\n\t\tchanged.Wait()\n\t}\n", "\tif len(shelf) == 1 {\n\t\treturn\n\t}\n")),
    ],
    "12-05-readers-writers": [
        right("one at a time", ("\treaders++\n\tif readers == 1 {\n\t\troom.Lock()\n\t}\n", "\troom.Lock()\n"), ("\treaders--\n\tif readers == 0 {\n\t\troom.Unlock()\n\t}\n", "\troom.Unlock()\n"), ("var readers int\n", "")),
        wrong("no writer", "outcome price==120", ("\twg.Go(writer)\n", ""), ("\treaders++\n\tif readers == 1 {\n\t\troom.Lock()\n\t}\n", "\troom.Lock()\n"), ("\treaders--\n\tif readers == 0 {\n\t\troom.Unlock()\n\t}\n", "\troom.Unlock()\n"), ("var readers int\n", "")),
        wrong("the writer has no lock", "race-free", ("\troom.Lock()\n\traise()\n\troom.Unlock()\n", "\traise()\n")),
        wrong("one reader", "goroutines 3", ("\twg.Go(reader)\n\twg.Go(reader)\n", "\twg.Go(reader)\n")),
    ],
    "12-06-smokers": [
        wrong("one smokes with nothing", "outcome len(paper)+len(tobacco)+len(match)==0", ("\t<-match\n\t<-tobacco\n", "")),
        wrong("one smoker", "goroutines 3", ("\twg.Go(withPaper)\n", ""), ("\t<-paper\n\t<-match\n\tsmoked <- true\n", "\t<-paper\n\t<-match\n\tsmoked <- true\n\t<-tobacco\n\t<-match\n\tsmoked <- true\n")),
        wrong("the match first, for both", "deadlock-free", ("\t<-paper\n\t<-match\n", "\t<-match\n\t<-paper\n")),
    ],
    "f1-transfers": [
        right("a lock around the payment", ("func pay(", "var bank sync.Mutex\n\nfunc pay("), ("\tif anna.balance() >= cents {", "\tbank.Lock()\n\tdefer bank.Unlock()\n\tif anna.balance() >= cents {")),
        wrong("one payment", "goroutines 2", ("\twg.Go(func() { pay(70_00) })\n\twg.Go(func() { pay(70_00) })\n", "\twg.Go(func() { pay(70_00) })\n")),
        wrong("Ben gets nothing", "outcome anna.cents==30_00", ("\t\tben.add(cents)\n", "")),
        wrong("Ben gets it twice", "outcome ben.cents==70_00", ("\ta.cents += cents\n", "\tif a.cents+cents >= 0 {\n\t\ta.cents += cents\n\t}\n")),
    ],
    "f2-order-book": [
        right("one lock for the book", ("\taskLock.Lock()\n\tif bestAsk", "\tbook.Lock()\n\tdefer book.Unlock()\n\taskLock.Lock()\n\tif bestAsk"), ("\tbidLock.Lock()\n\tif bestBid", "\tbook.Lock()\n\tdefer book.Unlock()\n\tbidLock.Lock()\n\tif bestBid"), ("func buy", "var book sync.Mutex\n\nfunc buy")),
        wrong("no seller", "outcome trades.Load()==1", ("\twg.Go(func() { sell(100) })\n", "")),
        wrong("the seller waits for the buyer", "goroutines 2", ("\twg.Go(func() { buy(101) })\n\twg.Go(func() { sell(100) })\n", "\twg.Go(func() {\n\t\tbuy(101)\n\t\tsell(100)\n\t})\n")),
        wrong("the book takes no order", "outcome trades.Load()==1", ("\tbestBid = max(bestBid, price)\n", ""), ("\tbestAsk = min(bestAsk, price)\n", "")),
    ],
    "f3-settlement": [
        right("one ledger for both", ("\tshares.Lock()\n\tdefer shares.Unlock()\n\tcash.Lock()\n\tdefer cash.Unlock()\n", "\tboth.Lock()\n\tdefer both.Unlock()\n"), ("\tcash.Lock()\n\tdefer cash.Unlock()\n\tshares.Lock()\n\tdefer shares.Unlock()\n", "\tboth.Lock()\n\tdefer both.Unlock()\n"), ("var cash, shares sync.Mutex", "var both sync.Mutex")),
        wrong("a ledger each", "race-free", ("\tshares.Lock()\n\tdefer shares.Unlock()\n\tcash.Lock()\n", "\tcash.Lock()\n"), ("\tcash.Lock()\n\tdefer cash.Unlock()\n\tshares.Lock()\n", "\tshares.Lock()\n")),
        wrong("nobody pays", "outcome settled==2", ("\twg.Go(pay)\n", "")),
        wrong("one after the other", "goroutines 2", ("\twg.Go(pay)\n\twg.Wait()\n", "\twg.Wait()\n\tpay()\n")),
    ],
    "f4-torn-quote": [
        right("a lock and the old numbers", ("var bid, ask atomic.Int64\n", "var quote sync.Mutex\nvar bid, ask atomic.Int64\n"), ("\tbid.Store(120)\n", "\tquote.Lock()\n\tdefer quote.Unlock()\n\tbid.Store(120)\n"), ("\tseen = ask.Load()\n", "\tquote.Lock()\n\tdefer quote.Unlock()\n\tseen = ask.Load()\n")),
        wrong("the feed is silent", "outcome seen==121", ("\tbid.Store(120)\n\task.Store(121)\n", "")),
        wrong("no feed", "outcome seen==121", ("\twg.Go(feed)\n", "")),
        wrong("the ask is stored first", "outcome first==1", ("\tbid.Store(120)\n\task.Store(121)\n", "\task.Store(121)\n\tbid.Store(120)\n")),
    ],
    "f5-risk-limit": [
        right("a queue of one", ("func desk", "var turn = make(chan bool, 1)\n\nfunc desk"), ("\tif total()+more <= 100 {\n", "\tturn <- true\n\tdefer func() { <-turn }()\n\tif total()+more <= 100 {\n")),
        wrong("two desks", "goroutines 3", ("for i := range 3", "for i := range 2")),
        wrong("a lock for each desk", "outcome total()==80", ("func desk", "var locks [3]sync.Mutex\n\nfunc desk"), ("\tif total()+more <= 100 {\n", "\tlocks[i].Lock()\n\tdefer locks[i].Unlock()\n\tif total()+more <= 100 {\n")),
        wrong("a look twice", "outcome total()==80", ("\tif total()+more <= 100 {\n", "\tif total()+more <= 100 && total()+more <= 100 {\n")),
    ],
}
