"""What the lessons say of runs, as far as a machine can check it.

CLAIMS: what each token in a lesson shows. One row for each, in the order in
which the lesson mentions them. A row that no longer holds is an error of
lessons/make.py --tokens and of kernel/proof/conformance/test_lessons.py; --tokens
--write looks for a run for which it holds, and writes its token into the lesson.

FINDINGS: what is found over all interleavings. One row for each cell with
%explore or %check, in their order, and one for each such thing that the text
says of a program the learner is to change. Checked by explored.py, which both
of the above call too.

The rows of lessons 10 to 12 are in cases.py.

PREDICTIONS: what the kernel says to each %predict of a lesson, in their order, once
somebody has answered; None where it says nothing. Checked in the same run.
"""

import cases
from claim import Claim, Finding, clean, rows, switches, down, up, fails

CLAIMS = {
    "00-welcome": [
        Claim("B is first", lambda run: run.lines == ["hello from B", "hello from A"] and run.of("hello B", "print")[0]["step"] == 4),
        Claim("A is through before B begins", lambda run: run.lines == up("A", 3) + up("B", 3)),
        Claim("A and B take turns", lambda run: run.lines == ["A 1", "B 1", "A 2", "B 2", "A 3", "B 3"]),
    ],
    "01-threads": [
        Claim("B is first", lambda run: run.lines[0] == "B 3" and run.how == "waiting" and len(run.lines) == 6),
        Claim("main wakes up before B has printed a line",
              lambda run: run.lines == ["A 3", "A 2", "main: I have slept enough"]
              and run.ends == {"main": "returned", "A": "cut-off", "B": "cut-off"}, "free"),
        Claim("B has finished before A has printed a line", lambda run: run.lines == down("B", 5) + down("A", 5), "free"),
    ],
    "02-lock": [
        Claim("the output changes five times", lambda run: len(run.lines) == 6 and switches(run.lines) == 5),
        Claim("whole, and both locks held at once",
              lambda run: run.lines in (down("A", 3) + down("B", 3), down("B", 3) + down("A", 3))
              and [e["op"] for e in run.json["events"] if e["op"] in ("lock", "unlock")] == ["lock", "lock", "unlock", "unlock"], "free", to=(2, 3, 2)),
    ],
    "03-join": [
        Claim("B, the slow one, finishes first",
              lambda run: run.lines == down("B", 3) + down("A", 3) + ["main: A is done", "main: B is done"], "free"),
        Claim("C is first", lambda run: run.lines[0] == "C 2" and run.lines[-1] == "main: all are done"),
        Claim("A's line is missing", lambda run: run.lines == ["main: done"] and run.ends["A"] == "cut-off", "free"),
        Claim("main does not wait at all",
              lambda run: run.lines[0] == "main: all are done" and len(run.lines) == 3 and not run.of("main", "wait-want")),
    ],
    "04-queue": [
        Claim("A says it first, B arrives first",
              lambda run: run.lines[0] == "A is about to send" and run.lines.index("B has arrived") < run.lines.index("A has arrived")),
        Claim("a clerk waits to send", lambda run: len(run.of("bookkeeper", "recv")) >= 4 and any(
            run.of(f"clerk {name}", "send-want") for name in "AB") and run.lines[-1] == "balance: 6"),
        Claim("nobody waits to send: all four notes lie in the queue first",
              lambda run: not run.ops("send-want") and run.ops("send")[-1]["step"] < run.of("bookkeeper", "recv")[0]["step"]),
    ],
    "05-lost-update": [
        Claim("B's 20 are lost", lambda run: run.lines == ["balance: 110"] and run.lost == 1 and rows(
            run, (5, "pay A", "load", "100"), (6, "pay B", "load", "100"), (7, "pay B", "store", "120"), (8, "pay A", "store", "110"))),
        Claim("the smallest number is 2", lambda run: run.lines == ["n: 2"]),
        Claim("right total, still a race", lambda run: run.lines == ["balance: 130"] and run.lost == 0 and len(run.json["races"]) == 1),
        Claim("the auditor finds 190", lambda run: run.lines == ["all the money: 190"]
              and rows(run, *[(e.get("step"), "audit", "load", v) for e, v in zip(run.of("audit", "load"), ("90", "100"))])
              and all("step" in e for e in run.of("audit", "load"))),
        Claim("20 are lost without a race", lambda run: run.lines == ["balance: 110"] and not run.json.get("races")),
    ],
    "08-deadlock": [
        Claim("each holds what the other wants",
              lambda run: run.how == "deadlock" and run.circle == ["annaPays 10", "benPays 20"] and len(run.ops("lock")) == 2
              and run.ops("lock")[-1]["step"] == 6 and not run.ops("load")),
        Claim("the same with one function", lambda run: run.how == "deadlock" and run.circle == ["transfer A", "transfer B"]),
        Claim("a circle of three", lambda run: run.how == "deadlock" and run.circle == ["arendt", "kant", "plato"] and not run.lines),
        Claim("two wait for ever, and Go says nothing",
              lambda run: run.status == "ok" and run.how == "leak" and run.circle == ["annaPays 10", "benPays 20"]
              and run.lines == ["main: good night"]),
    ],
}

FINDINGS = {
    "02-lock": [
        Finding("whole in all interleavings", clean),
        Finding("one lock each: both held at once", lambda run: fails("no-overlap printString")(run)
                and [e["op"] for e in run.json["events"] if e["op"] in ("lock", "unlock")][:2] == ["lock", "lock"]),
        Finding("a lock that nobody gives back is a leak", fails("leak-free", "leak"),
                "lock.Lock()\n\tprintString", (("\tlock.Unlock()\n", ""),), "%check leak-free"),
        Finding("and keeps the blocks whole", clean,
                "lock.Lock()\n\tprintString", (("\tlock.Unlock()\n", ""),), "%check no-overlap printString"),
    ],
    "03-join": [
        Finding("main joins A only: B is cut off", fails("joined", "cut-off")),
        Finding("main joins both", clean),
        Finding("ninety orders, main's line last", lambda run: run.all == 90 == len(run.ways) and run.classes == 90
                and all(way.endswith("\nmain: all are done") for way in run.ways)),
        Finding("with A's line, and without", lambda run: run.all and {"main: done", "A 1\nmain: done"} <= set(run.ways)),
        Finding("main does not wait for those who count themselves", fails("joined", "cut-off")),
        Finding("all are joined in the group", clean, "wg.Go(", ask="%check joined", before=("wg.Wait()",)),
        Finding("counted before they go, all are joined", clean, "wg.Add(1)",
                (("\t\twg.Add(1)\n", ""), ("\tgo func", "\twg.Add(1)\n\tgo func")), "%check joined", before=("wg.Wait()",)),
    ],
    "04-queue": [
        Finding("blocks are whole without a lock", clean),
        Finding("six orders, one balance", lambda run: run.all == 18 and len(run.ways) == 6 and all(way.endswith("balance: 6") for way in run.ways)),
        Finding("nothing is lost, and there is no race", clean),
        Finding("the same six with room", lambda run: run.all == 5292 and run.classes == len(run.ways) == 6),
        Finding("nobody waits for the owner", fails("joined", "cut-off")),
        Finding("closed too early", fails("panic-free", "panic")),
        Finding("none or both may be lost", lambda run: {"all notes are in", "A 1\nA 2\nall notes are in"} <= set(run.ways), "func hurry"),
        Finding("ninety orders of six notes", lambda run: run.all and len(run.ways) == 90,
                "func day", (('"A", "B"', '"A", "B", "C"'),)),
        Finding("closed before all have sent", fails("panic-free", "panic"),
                "func day", (("\tclerks.Wait()\n", ""), ("\tclose(queue)\n", "\tclose(queue)\n\tclerks.Wait()\n")), "%check panic-free"),
    ],
    "05-lost-update": [
        Finding("130, 110 and 120 in 2 of 6 interleavings each, in 4 executions",
                lambda run: run.all == 6 and run.classes == 4 and run.ways == {"balance: 130": 2, "balance: 110": 2, "balance: 120": 2}),
        Finding("2 in 8 of 924, 6 in 20 of 924", lambda run: run.all == 924 and run.classes == 328
                and run.ways == {"n: 2": 8, "n: 3": 300, "n: 4": 416, "n: 5": 180, "n: 6": 20}),
        Finding("there is a race", fails("race-free")),
        Finding("with the lock: no race, and 130", clean),
        Finding("each access locked: no race", clean),
        Finding("and money is lost all the same", fails("outcome balance==130")),
        Finding("atomic: no race, and 130", clean),
        Finding("the auditor with the lock finds 200", lambda run: run.all and set(run.ways) == {"all the money: 200"}, "func audit",
                (("\tfmt.Println(", "\tlock.Lock()\n\tdefer lock.Unlock()\n\tfmt.Println("),), after=("var lock sync.Mutex",)),
        Finding("two rounds: 2, 3, 4", lambda run: run.all == 70 and set(run.ways) == {"n: 2", "n: 3", "n: 4"}, "var n int", (("range 3", "range 2"),)),
        Finding("one round: 1, 2", lambda run: run.all == 6 and run.ways == {"n: 1": 4, "n: 2": 2}, "var n int", (("range 3", "range 1"),)),
    ],
    "08-deadlock": [
        Finding("right in 4 of 6, a deadlock in 2", lambda run: run.all == 6 and run.ways == {"Anna 110 Ben 90": 4, "deadlock": 2}),
        Finding("in one order: no deadlock", clean),
        Finding("philosophers: they eat, in six orders, or the one deadlock, in 6 of 234", lambda run: run.all == 234
                and run.classes == len(run.ways) == 7 and run.ways["deadlock"] == 6 and run.found["deadlocks"] == 1
                and all(way == "deadlock" or len(way.split("\n")) == 3 for way in run.ways)),
        Finding("the slower bank leaks", fails("leak-free", "leak")),
        Finding("with the forks in one order: no deadlock", clean, "func plato",
                (("\tblue.Lock()\n\tred.Lock()", "\tred.Lock()\n\tblue.Lock()"),), "%check deadlock-free"),
        Finding("with room for both answers: no leak", clean, "func ask", (("make(chan string)", "make(chan string, 2)"),), "%check leak-free"),
    ],
    "90-controlled": [
        Finding("an update is lost in 4 of 6 interleavings", lambda run: run.all == 6 and run.ways == {"n: 1": 4, "n: 2": 2}),
        Finding("with the lock: no race, and 2", clean),
        Finding("a sleeper may wake at any moment", lambda run: run.all and set(run.ways) == {"main", "main\nworker", "worker\nmain"}),
        Finding("what reads a folder is not controlled", lambda run: not run.found["complete"]),
        Finding("too many orders for a second", lambda run: not run.found["complete"]),
        Finding("on the virtual clock one order is left", lambda run: run.all == 1 and set(run.ways) == {"worker\nmain"},
                "2 * time.Second", (), "%explore\n%clock virtual"),
    ],
}

PREDICTIONS = {
    "00-welcome": ["it can be either"],
    "01-threads": ["none", "it can be either"],
    "02-lock": ["it waits until the whole block is printed"],
    "03-join": [None, None, "yes", "90"],
    "04-queue": ["no", "six", "yes", "six, as before", "it does not end: a deadlock", "none", "its notes are too late, no more"],
    "05-lost-update": [None, "6", None, "no, it has a data race", "yes", "no", "1"],
    "08-deadlock": [None, "6", "2", "a deadlock", "nothing", "it waits, and nobody will ever receive"],
}

for mine, other in ((CLAIMS, cases.CLAIMS), (FINDINGS, cases.FINDINGS), (PREDICTIONS, cases.PREDICTIONS)):
    mine |= other
