"""What the lessons 10 to 12, and f1 to f5, say of runs: rows as in claims.py.

Each of these lessons has a program that is wrong, and a locked check that fails on it.
That its solutions, in solutions/, pass the check in all interleavings needs no row:
explored.py tries every one of them.
"""

from claim import Claim, Finding, clean, fails

CLAIMS = {
    "10-04-it-ran-right": [
        Claim("one connection", lambda run: run.lines == ["connections: 1"]),
    ],
}


def case(ends, check, *how):
    """The rows of a lesson that explores its program, and checks it: all its ways to end, and the property that fails."""
    return [
        Finding(" or ".join(sorted(ends)).replace("\n", ", "), lambda run: run.all and set(run.ways) == ends),
        Finding(f"{check} fails", fails(check, *how)),
    ]


def ways(wanted):
    """All interleavings, by their ways to end."""
    return lambda run: run.all and run.ways == wanted


FINDINGS = {
    "10-01-one-lock-each": case({"in the till: 130", "in the till: 120", "in the till: 110"}, "outcome till==130"),
    "10-02-impossible-price": case({"bid 100 ask 101", "bid 120 ask 121", "bid 120 ask 101", "bid 100 ask 121"}, "race-free"),
    "10-03-one-line": case({"2 orders", "1 orders"}, "outcome len(orders)==2"),
    "10-04-it-ran-right": case({"connections: 1", "connections: 2"}, "outcome connections.Load()==1"),
    "10-05-only-a-flag": case({"not ready yet", "the price is 42"}, "race-free"),
    "10-06-unheard-bell": case({"dinner is served", "deadlock"}, "deadlock-free"),
    "10-07-last-seat": case({"Anna has a seat", "Ben has a seat", "Anna has a seat\nBen has a seat", "Ben has a seat\nAnna has a seat"}, "outcome seats==0"),
    "10-08-print": case({"visits = 1", "visits = 2"}, "outcome visits==2") + [
        Finding("without the print a visit is lost, too", lambda run: run.ways == {"visits = 1": 4, "visits = 2": 2}, "the detective's line",
                (('\tfmt.Println(name, "is here") // the detective\'s line\n', ""),), "%explore\n%outcome visits"),
    ],
    "10-09-counted-too-late": case({"closed, 0 came out", "closed, 1 came out", "closed, 2 came out"}, "outcome out.Load()==2"),
    "10-10-long-enough": case({"saved\ngood night", "good night\nsaved", "good night"}, "joined"),
    "10-11-copied-lock": case({"tea: 1", "tea: 2"}, "race-free"),
    "10-12-two-keys": case({"counted\nwritten", "written\ncounted", "deadlock"}, "deadlock-free"),
    "10-13-last-one-out": case({"A reports\nB reports", "B reports\nA reports", "B reports", "panic"}, "panic-free"),
    "11a-select": [
        Finding("either", ways({"a letter": 1, "a call": 1})),
        Finding("two lines, three ways to end", lambda run: run.all and len(run.found["outcomes"]) == 3 and set(run.ways) == {"rates rise", "no news yet"}),
        Finding("the slower bank leaks", fails("leak-free", "leak")),
        Finding("the late answer leaks", fails("leak-free", "leak")),
    ],
    "11b-context": [
        Finding("done, or too late", lambda run: run.all and set(run.ways) == {"done", "context deadline exceeded"}),
        Finding("the third number leaks", fails("leak-free", "leak")),
    ],
    "11c-workers": [
        Finding("14 in every order", lambda run: run.all and set(run.ways) == {"14"}),
        Finding("nothing is left over", clean),
        Finding("in any order", lambda run: run.all and set(run.ways) == {"1\n4", "4\n1"}),
        Finding("a deadlock in every order", lambda run: run.all and set(run.ways) == {"deadlock"}),
        Finding("a deadlock", fails("deadlock-free", "deadlock")),
        Finding("two at once", clean),
        Finding("three at once", fails("at-most 2 fetch"), "func fetch", (("make(chan bool, 2)", "make(chan bool, 3)"),), "%check at-most 2 fetch"),
    ],
    "11d-pipeline": [
        Finding("in one order", lambda run: run.all and set(run.ways) == {"1\n4\n9"}),
        Finding("in four orders", lambda run: run.all and len(run.ways) == 4),
        Finding("with room for one it leaks, too", fails("leak-free", "leak")),
        Finding("it leaks", fails("leak-free", "leak")),
    ],
    "11e-rwmutex": [
        Finding("two readers at once", fails("at-most 1 show")),
        Finding("a deadlock in 3 of 8", ways({"200": 5, "deadlock": 3})),
        Finding("a deadlock", fails("deadlock-free", "deadlock")),
        Finding("one writer at a time", clean, "func write", (("\twg.Go(write)\n", "\twg.Go(write)\n\twg.Go(write)\n"),), "%check at-most 1 change"),
        Finding("with one look it asks twice", fails("outcome asked==1"), "var asked int",
                (("\tdefer rateLock.RUnlock()\n", ""), ("known {\n\t\treturn r", "known {\n\t\trateLock.RUnlock()\n\t\treturn r"),
                 ("\trateLock.Lock()", "\trateLock.RUnlock()\n\trateLock.Lock()")), "%check deadlock-free race-free outcome asked==1"),
    ],
    "11f-once": [
        Finding("connected first, always", lambda run: run.all and set(run.ways) == {"connected\nA asks\nB asks", "connected\nB asks\nA asks"}),
        Finding("either error", lambda run: run.all and set(run.ways) == {"East is closed", "West is closed"}),
        Finding("a race", fails("race-free")),
    ],
    "12-01-rendezvous": [Finding("stuck, always", lambda run: run.all and set(run.ways) == {"deadlock"}), Finding("stuck", fails("deadlock-free", "deadlock"))],
    "12-02-barrier": [Finding("one stays, always", lambda run: run.all and set(run.ways) == {"deadlock"}), Finding("one stays", fails("deadlock-free", "deadlock"))],
    "12-03-turnstile": [
        Finding("one gets in", lambda run: run.all and set(run.ways) == {"deadlock"}),
        Finding("the others do not", fails("deadlock-free", "deadlock")),
        Finding("closed, it lets all in at once", fails("race-free"), "func visitor", (("turnstile <- true", "close(turnstile)"),),
                "%check deadlock-free race-free at-most 1 pass order nine<pass outcome counted==3"),
    ],
    "12-04-bounded-buffer": [
        Finding("well, or a panic", ways({"": 22, "panic": 26})),
        Finding("a panic", fails("panic-free", "panic")),
        Finding("with for, the wrong one is woken", fails("deadlock-free", "deadlock"), "func put", (("\tif len", "\tfor len"),),
                "%check panic-free deadlock-free race-free outcome taken.Load()==2"),
    ],
    "12-05-readers-writers": [
        Finding("it ends, gets stuck or panics", lambda run: {"deadlock", "panic", "ok"} <= {o["status"] for o in run.found["outcomes"]}),
        Finding("a race", fails("race-free")),
    ],
    "12-06-smokers": [Finding("well, or stuck", ways({"": 2, "deadlock": 3})), Finding("stuck", fails("deadlock-free", "deadlock"))],
    "f1-transfers": [
        Finding("right, or overdrawn", lambda run: run.all and set(run.ways) == {"3000 7000", "-4000 14000"}),
        Finding("overdrawn", fails("outcome anna.cents==30_00")),
    ],
    "f2-order-book": [
        Finding("a trade, or a crossed book", lambda run: run.all and set(run.ways) == {"trades: 0", "trades: 1"}),
        Finding("a crossed book", fails("always bestBid<bestAsk")),
    ],
    "f3-settlement": [Finding("settled, or stuck", ways({"settled: 2": 4, "deadlock": 2})), Finding("stuck", fails("deadlock-free", "deadlock"))],
    "f4-torn-quote": [Finding("1, or -19", ways({"spread: 1": 2, "spread: -19": 4})), Finding("torn", fails("outcome first==1"))],
    "f5-risk-limit": [
        Finding("80, or 120", lambda run: run.all and set(run.ways) == {"total: 80", "total: 120"}),
        Finding("120", fails("outcome total()==80")),
    ],
}

PREDICTIONS = {
    "10-01-one-lock-each": ["130, or less"],
    "10-02-impossible-price": ["these and two more"],
    "10-03-one-line": ["one or two"],
    "10-04-it-ran-right": ["yes"],
    "10-05-only-a-flag": ["yes"],
    "10-06-unheard-bell": ["yes"],
    "10-07-last-seat": ["no", "yes"],
    "10-08-print": ["no, it only hides it"],
    "10-09-counted-too-late": ["none, one, or two"],
    "10-10-long-enough": ["yes"],
    "10-11-copied-lock": ["yes"],
    "10-12-two-keys": ["2"],
    "10-13-last-one-out": ["it panics"],
    "11a-select": ["either of them", "3", "it waits, and nobody will ever receive", "yes"],
    "11b-context": ["both", "three", "yes", "nothing"],
    "11c-workers": ["no, it is 14 in every order", "no", "always in a deadlock", "two"],
    "11d-pipeline": ["one", "no", "they wait for ever", "no, it only moves the problem"],
    "11e-rwmutex": ["both", "in a deadlock", "yes"],
    "11f-once": ["after connect has ended", "once", "yes", None],
    "12-01-rendezvous": ["they wait for ever, always"],
    "12-02-barrier": ["two at most"],
    "12-03-turnstile": ["one, and the others wait for ever"],
    "12-04-bounded-buffer": ["yes"],
    "12-05-readers-writers": ["somebody waits for ever"],
    "12-06-smokers": ["yes"],
    "f1-transfers": ["false", "yes"],
    "f2-order-book": ["yes"],
    "f3-settlement": ["yes"],
    "f4-torn-quote": ["1 and others"],
    "f5-risk-limit": ["80, or 120"],
}
