"""What the lessons say of runs, as far as a machine can check it.

CLAIMS: what each token in a lesson shows. One row for each, in the order in
which the lesson mentions them. A row that no longer holds is an error of
lessons/make.py --tokens and of kernel/proof/conformance/test_lessons.py; --tokens
--write looks for a run for which it holds, and writes its token into the lesson.

FINDINGS: what is found over all interleavings. One row for each cell with
%explore or %check, in their order, and one for each such thing that the text
says of a program the learner is to change. Checked by explored.py, which both
of the above call too.

The rows of lessons 10 to 12, and f1 to f5, are in cases.py.

PREDICTIONS: what the kernel says to each %predict of a lesson, in their order, once
somebody has answered; None where it says nothing. Checked in the same run.
"""

import re

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
    ],
    "04a-queue": [
        Claim("a clerk waits to send", lambda run: len(run.of("bookkeeper", "recv")) >= 4 and any(
            run.of(f"clerk {name}", "send-want") for name in "AB") and run.lines[-1] == "balance: 6"),
        Claim("A says it first, B arrives first",
              lambda run: run.lines[0] == "A is about to send" and run.lines.index("B has arrived") < run.lines.index("A has arrived")),
        Claim("nobody waits to send: all four notes lie in the queue first",
              lambda run: not run.ops("send-want") and run.ops("send")[-1]["step"] < run.of("bookkeeper", "recv")[0]["step"]),
    ],
    "04b-closing": [
        Claim("both notes are lost", lambda run: run.lines == ["all notes are in"] and run.ends["bookkeeper"] == "cut-off"),
    ],
    "05a-three-steps": [
        Claim("B's 20 are lost", lambda run: run.lines == ["balance: 110"] and run.lost == 1 and rows(
            run, (5, "pay A", "load", "100"), (6, "pay B", "load", "100"), (7, "pay B", "store", "120"), (8, "pay A", "store", "110"))),
        Claim("the smallest number is 2", lambda run: run.lines == ["n: 2"]),
        Claim("right total, still a race", lambda run: run.lines == ["balance: 130"] and run.lost == 0 and len(run.json["races"]) == 1),
    ],
    "05b-critical-section": [
        Claim("the auditor finds 190", lambda run: run.lines == ["all the money: 190"]
              and rows(run, *[(e.get("step"), "audit", "load", v) for e, v in zip(run.of("audit", "load"), ("90", "100"))])
              and all("step" in e for e in run.of("audit", "load"))),
        Claim("20 are lost without a race", lambda run: run.lines == ["balance: 110"] and not run.json.get("races")),
    ],
    "06-file": [
        Claim("B comes between the two parts of a line of A", lambda run: run.lines[:2] == ["AB writes", " writes"] and len(run.lines) == 4),
    ],
    "07a-database": [
        Claim("cut off between the two updates", lambda run: run.ends["transfer Anna"] == "cut-off" and len(run.of("transfer Anna", "sql")) == 1),
        Claim("both read 100, and the 20 are lost", lambda run: run.lines[0].startswith("Anna has 110 ")
              and all(run.of(f"pay {n}", "sql")[1]["value"].endswith(" ➜ 100") for n in (10, 20))),
    ],
    "08-deadlock": [
        Claim("each holds what the other wants",
              lambda run: run.how == "deadlock" and run.circle == ["annaPays 10", "benPays 20"] and len(run.ops("lock")) == 2
              and run.ops("lock")[-1]["step"] == 6 and not run.ops("load")),
        Claim("two wait for ever, and Go says nothing",
              lambda run: run.status == "ok" and run.how == "leak" and run.circle == ["annaPays 10", "benPays 20"]
              and run.lines == ["main: good night"]),
    ],
}


def fails(of, *ways):
    """A check that fails on that property, and is shown a run of it, which ends in one of these ways."""
    return lambda run: run.violated == of and run.token and (not ways or run.how in ways)


# The check of lesson 06.
WRITERS = "writeLine(f, name) })\n\tf.Close()\n\tcountWhole()"

# Of lesson 07a's transfer: both updates in one transaction.
TRANSACTION = (('\tdb.Exec("UPDATE account SET balance = balance - $1', '\ttx, _ := db.Begin()\n\ttx.Exec("UPDATE account SET balance = balance - $1'),
               ('\tdb.Exec("UPDATE account SET balance = balance + $1', '\ttx.Exec("UPDATE account SET balance = balance + $1'), (", to)\n}", ", to)\n\ttx.Commit()\n}"))

# Of lesson 07b: a higher level, a loop that pays again, and the check of its task.
REPEATABLE = (("level = sql.LevelReadCommitted", "level = sql.LevelRepeatableRead"),)
AGAIN = (('\tif err := payOnce(amount); err != nil {\n\t\tfmt.Printf("pay %d: %v\\n", amount, err)\n\t}', "\tfor payOnce(amount) != nil {\n\t}"),)
DUTY = "%check outcome onDuty==1 outcome failed.Load()==0\n%explore 20s"


def told(run):
    """The outcomes of an explored program, as lines, with what a database says made short: {lines: in how many interleavings}."""
    short = lambda line: re.sub(r"ERROR: | \(SQLSTATE \w+\)", "", line.replace("database is locked (5) (SQLITE_BUSY)", "locked"))
    return {tuple(map(short, way.splitlines())): n for way, n in run.ways.items()}


# Of a lock that is released before the write.
HALF = (("\tdefer lock.Unlock()\n\tbalance += amount", "\told := balance\n\tlock.Unlock()\n\tbalance = old + amount"),)

FINDINGS = {
    "00-welcome": [
        Finding("drunk before it is poured", fails("order pour<drink")),
    ],
    "01-threads": [
        Finding("no team of five", fails("panic-free", "panic")),
    ],
    "02-lock": [
        Finding("whole in all interleavings", clean),
        Finding("twice without a lock: mixed", fails("no-overlap printString")),
        Finding("one lock each: both held at once", lambda run: fails("no-overlap printString")(run)
                and [e["op"] for e in run.json["events"] if e["op"] in ("lock", "unlock")][:2] == ["lock", "lock"],
                "var mine sync.Mutex", ask="%check no-overlap printString"),
        Finding("a lock that nobody releases is a leak", fails("leak-free", "leak"),
                "var lock sync.Mutex", (("\tdefer lock.Unlock()\n", ""),), "%check leak-free"),
        Finding("and keeps the blocks whole", clean,
                "var lock sync.Mutex", (("\tdefer lock.Unlock()\n", ""),), "%check no-overlap printString"),
    ],
    "03-join": [
        Finding("main joins both", clean),
        Finding("ninety orders, main's line last", lambda run: run.all == 90 == len(run.ways) and run.classes == 90
                and all(way.endswith("\nmain: all are done") for way in run.ways)),
        Finding("main does not wait for those who count themselves", fails("joined", "cut-off")),
        Finding("with A's line, and without", lambda run: run.all and {"main: done", "A 1\nmain: done"} <= set(run.ways), '"A", 1, 0'),
    ],
    "04a-queue": [
        Finding("six orders, one balance", lambda run: run.all == 18 and len(run.ways) == 6 and all(way.endswith("balance: 6") for way in run.ways)),
        Finding("nothing is lost, and there is no race", clean),
        Finding("the same six with a buffer", lambda run: run.all == 5292 and run.classes == len(run.ways) == 6),
        Finding("all machines get no", fails("outcome cash==0")),
        Finding("blocks are whole without a lock", clean, "func owner", ask="%check no-overlap printString"),
    ],
    "04b-closing": [
        Finding("closed too early", fails("panic-free", "panic")),
        Finding("closed before all have sent", fails("panic-free", "panic")),
        Finding("nobody waits for the owner", fails("joined", "cut-off"), "func hurry", ask="%check joined"),
        Finding("none or both can be lost", lambda run: {"all notes are in", "A 1\nA 2\nall notes are in"} <= set(run.ways), "func hurry"),
    ],
    "05a-three-steps": [
        Finding("130, 110 and 120 in 2 of 6 interleavings each, in 4 classes",
                lambda run: run.all == 6 and run.classes == 4 and run.ways == {"balance: 130": 2, "balance: 110": 2, "balance: 120": 2}),
        Finding("2 in 8 of 924, 6 in 20 of 924", lambda run: run.all == 924 and run.classes == 328
                and run.ways == {"n: 2": 8, "n: 3": 300, "n: 4": 416, "n: 5": 180, "n: 6": 20}),
        Finding("a guest is not counted", fails("race-free")),
    ],
    "05b-critical-section": [
        Finding("with the lock: no race, and 130", clean),
        Finding("each access locked, and money is lost all the same", fails("outcome balance==130")),
        Finding("without a lock there is a race", fails("race-free")),
        Finding("each access locked: no race", clean, "func getBalance", ask="%check race-free"),
        Finding("unlocked before the write: a race", fails("race-free"), "func pay(", HALF, "%check race-free"),
        Finding("and a lost update", lambda run: run.all and "balance: 110" in run.ways, "func pay(", HALF),
        Finding("the auditor with the lock finds 200", lambda run: run.all and set(run.ways) == {"all the money: 200"}, "func audit",
                (("\tfmt.Println(", "\tlock.Lock()\n\tdefer lock.Unlock()\n\tfmt.Println("),)),
    ],
    "06-file": [
        Finding("a line in two writes is torn", fails("outcome whole==4")),
        Finding("the owner's lines are whole", clean),
        Finding("so is a line in one write", clean),
        Finding("a visit is lost", fails('outcome visits=="2"')),
        Finding("a lock for each line", clean, "func writeLine",
                (("\tf.WriteString(name)", "\tlock.Lock()\n\tdefer lock.Unlock()\n\tf.WriteString(name)"),), "%check outcome whole==4", before=(WRITERS,)),
        Finding("a lock for each write", fails("outcome whole==4"), "func writeLine",
                (("\tf.WriteString(name)", "\tlock.Lock()\n\tf.WriteString(name)\n\tlock.Unlock()\n\tlock.Lock()\n\tdefer lock.Unlock()"),),
                "%check outcome whole==4", before=(WRITERS,)),
        Finding("without O_APPEND lines are lost", fails("outcome whole==4"), "os.O_APPEND|", (("os.O_APPEND|", ""),), "%check outcome whole==4"),
    ],
    "07a-database": [
        Finding("170 in the middle of a transfer", fails("outcome money==200")),
        Finding("110, 120 or 130", lambda run: run.all == 14 and [run.ways[way] for n in (110, 120, 130)
                for way in run.ways if way.startswith(f"Anna has {n} in PostgreSQL ")] == [6, 6, 2] and len(run.ways) == 3),
        Finding("one statement is enough", clean),
        Finding("both machines pay", fails("outcome left==20")),
        Finding("in one transaction the sum is always right", clean, "func transfer", TRANSACTION, "%check outcome money==200\n%explore 20s", before=("outcome money==200",)),
        Finding("with FOR UPDATE it is 130", lambda run: run.all == 6 and len(run.ways) == 1 and "Anna has 130" in str(run.ways),
                "func pay(", (("'Anna'\").Scan", "'Anna' FOR UPDATE\").Scan"),), "%explore 20s"),
    ],
    "07b-isolation": [
        Finding("a payment is lost", fails("outcome anna==130")),
        Finding("100 and 100, 100 and 90, or 90 and 90", lambda run: run.all and run.ways == {"first 100 then 100": 3, "first 100 then 90": 1, "first 90 then 90": 1}),
        Finding("below zero in 18 of 20", lambda run: run.all and run.ways == {"the bank has -100": 18, "the bank has 50": 2}),
        Finding("one is refused, or they do not meet", lambda run: run.all and told(run) == {
            ("Anna: deadlock detected",): 6, ("Ben: deadlock detected",): 6, (): 4}),
        Finding("SQLite refuses one, or both", lambda run: run.all and set(told(run)) == {
            ("pay 10: locked", "Anna has 120"), ("pay 20: locked", "Anna has 110"), ("Anna has 130",),
            ("pay 10: locked", "pay 20: locked", "Anna has 100"), ("pay 20: locked", "pay 10: locked", "Anna has 100")}),
        Finding("both have gone", fails("outcome onDuty==1")),
        Finding("repeatable read refuses a payment", lambda run: fails("outcome anna==130")(run) and "40001 could not serialize access" in str(run.json),
                "func payOnce", REPEATABLE, "%check outcome anna==130\n%explore 20s", before=("outcome anna==130",)),
        Finding("the loop makes it again", clean, "func payOnce", REPEATABLE + AGAIN, "%check outcome anna==130\n%explore 20s", before=("outcome anna==130",)),
        Finding("a snapshot stays the same", lambda run: run.all and run.ways == {"first 100 then 100": 4, "first 90 then 90": 1}, "func lookTwice",
                (("LevelReadCommitted", "LevelRepeatableRead"),), "%explore 20s"),
        Finding("serializable refuses one", lambda run: run.all and told(run) == {
            ("Anna: could not serialize access due to read/write dependencies among transactions", "the bank has 50"): 9,
            ("Ben: could not serialize access due to read/write dependencies among transactions", "the bank has 50"): 9, ("the bank has 50",): 2},
                "func take(", (("LevelRepeatableRead", "LevelSerializable"),), "%explore 20s"),
        Finding("with BEGIN IMMEDIATE one is refused at most", lambda run: run.all and set(told(run)) == {
            ("pay 10: locked", "Anna has 120"), ("pay 20: locked", "Anna has 110"), ("Anna has 130",)},
                "func payInFile", (('"sqlite", file', '"sqlite", file+"&_txlock=immediate"'),), "%explore 20s"),
        Finding("with the whole list locked nobody is refused", clean, "func leave", (("\tif t.number", '\tt.exec("LOCK TABLE duty")\n\tif t.number'),),
                DUTY, before=("outcome onDuty==1",)),
        Finding("a lock of one's own row does not help", lambda run: run.violated == "outcome onDuty==1", "func leave",
                (("\tif t.number", '\tt.exec("SELECT name FROM duty WHERE name = $1 FOR UPDATE", name)\n\tif t.number'),), DUTY.split("\n")[0], before=("outcome onDuty==1",)),
    ],
    "08-deadlock": [
        Finding("right in 4 of 6, a deadlock in 2", lambda run: run.all == 6 and run.ways == {"Anna 110 Ben 90": 4, "deadlock": 2}),
        Finding("philosophers: they eat, in six orders, or the one deadlock, in 6 of 234", lambda run: run.all == 234
                and run.classes == len(run.ways) == 7 and run.ways["deadlock"] == 6 and run.found["deadlocks"] == 1
                and all(way == "deadlock" or len(way.split("\n")) == 3 for way in run.ways)),
        Finding("three payments in a circle", fails("deadlock-free", "deadlock")),
    ],
    "09-speed-up": [
        Finding("two workers with the same shard lose an update, or not", lambda run: run.all and set(run.ways) == {"counted: 2", "counted: 3"}),
        Finding("race-free fails", fails("race-free")),
    ],
    "90-controlled": [
        Finding("an update is lost in 4 of 6 interleavings", lambda run: run.all == 6 and run.ways == {"n: 1": 4, "n: 2": 2}),
        Finding("with the lock: no race, and 2", clean),
        Finding("a sleeper may wake at any moment", lambda run: run.all and set(run.ways) == {"main", "main\nworker", "worker\nmain"}),
        Finding("what asks the computer for its name is not controlled", lambda run: not run.found["complete"]),
        Finding("too many orders for a second", lambda run: not run.found["complete"]),
        Finding("on the virtual clock one order is left", lambda run: run.all == 1 and set(run.ways) == {"worker\nmain"},
                "2 * time.Second", (), "%explore\n%clock virtual"),
    ],
    "00b-one-page": [
        Finding("before the join, main waits for nobody", fails("joined", "cut-off")),
    ],
}

PREDICTIONS = {
    "00-welcome": ["it can be either"],
    "01-threads": ["none", "no"],
    "02-lock": ["it waits until the whole block is printed"],
    "03-join": [None, "yes", "90", "no"],
    "04a-queue": ["no", "six", "yes", "six, as before"],
    "04b-closing": ["it does not end: a deadlock", "none", "its notes are too late, or worse"],
    "05a-three-steps": [None, "6", None, "no, it has a data race"],
    "05b-critical-section": ["yes", "yes", "no"],
    "06-file": ["yes, between any two writes", "no"],
    "07a-database": [None, "yes, the 10 or the 20"],
    "07b-isolation": ["yes", "yes", "one of them is refused", None],
    "08-deadlock": [None, "6", "2", "a deadlock", "yes", "nothing"],
    "09-speed-up": [None, None, None, "counted: 3 or counted: 2"],
    "00b-one-page": ["each block stays in one piece"],
}

for mine, other in ((CLAIMS, cases.CLAIMS), (FINDINGS, cases.FINDINGS), (PREDICTIONS, cases.PREDICTIONS)):
    mine |= other
