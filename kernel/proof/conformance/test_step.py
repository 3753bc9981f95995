"""%step: a learner decides who goes on, through the wire."""

import os
import pty
import re
import select
import time

import pytest
from jupyter_client.manager import start_new_kernel

import screen
from conftest import ROOT
from test_predict import Learner

RUN = "application/vnd.threading101.run+json"
PAY = """
var balance = 100
var wg sync.WaitGroup

func pay(name string, amount int) {
	defer wg.Done()
	balance += amount
}

func main() {
	balance = 100
	wg.Add(2)
	go pay("A", 10)
	go pay("B", 20)
	wg.Wait()
	fmt.Println("balance:", balance)
}
"""


@pytest.fixture(scope="module")
def learner():
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    yield Learner(client)
    client.stop_channels()
    manager.shutdown_kernel(now=False)


def shown(reply):
    return "\n".join(reply.displays("text/plain"))


def done_by(run):
    """What was done in a run: the cell has another number each time."""
    return [{k: v for k, v in e.items() if k != "cell"} for e in run["events"]]


def token(reply):
    return re.search(r"Your token: (t2-\S+)", shown(reply))[1]


def test_step(learner):
    """Choices by name, Enter and number; the goal; the run is the replay of its token."""
    done = learner.run("%step -goal lost" + PAY, "A", "B", "?", "B", "q")
    assert done.status == "ok", done.content
    assert done.asked[0] == "next? [1 pay A  2 pay B  u undo  ? why  h hint  s solve  q finish] "
    assert "Update lost in" in shown(done)
    assert "main   waits for wg, 2 still to be done" in shown(done)
    run = done.displays(RUN)[-1]
    assert run["token"] == token(done)
    assert run["stdout"] == "balance: 110\n"

    again = learner.run("%replay " + token(done) + PAY)
    assert again.status == "ok", again.content
    assert again.stream() == "balance: 110\n"
    replayed = again.displays(RUN)[-1]
    assert done_by(replayed) == done_by(run)
    assert replayed["token"] == run["token"]


def test_what_if_on_the_last_program(learner):
    """%step alone is about the program run last; from a step of a run, undone, and left."""
    first = learner.run("%replay " + token(learner.run("%step" + PAY, "q")) + PAY)
    text = "%step " + first.displays(RUN)[-1]["token"] + "@7"
    done = learner.run(text, "u", "B", "q")
    assert done.status == "ok", done.content
    assert "Who goes on?" in shown(done)
    assert done.displays(RUN)[-1]["status"] == "ok"


@pytest.mark.parametrize("goal, printed", [("output balance: 130", "130"), ("output balance: 110", "110"), ("output balance: 120", "120")])
def test_each_outcome_by_hints(learner, goal, printed):
    """Each outcome of lesson 05 is reached by its goal."""
    done = learner.run(f"%step -goal {goal}" + PAY, "s", "q")
    assert done.displays(RUN)[-1]["stdout"] == f"balance: {printed}\n"


def test_no_way(learner):
    done = learner.run("%step -goal deadlock" + PAY, "h", "q")
    assert "No way leads to “deadlock”: in no interleaving does this program come to it." in shown(done)


def test_nobody_to_ask(learner):
    """Without input: one sentence, the first choice, and on."""
    done = learner.run("%step" + PAY, stdin=False)
    assert done.status == "ok", done.content
    bundle = screen.seen(done.messages)[-1]
    assert "here nobody can be asked" in bundle["text/plain"]
    assert re.search(r"1 +pay A +reads balance", bundle["text/plain"])
    assert "<td style=\"text-align:left\">reads balance</td>" in bundle["text/html"]
    assert bundle["image/svg+xml"].startswith("<svg")


def test_cells_that_continue(learner):
    """In cells of bare statements the whole program so far is stepped, and none is added to."""
    learner.run("%new")
    assert learner.run("n := 0\nvar mu sync.Mutex").status == "ok"
    assert learner.run("go func() { mu.Lock(); n++; mu.Unlock() }()").status == "ok"
    done = learner.run("%step\nmu.Lock()\nn += 10\nmu.Unlock()\nfmt.Println(n)", "1", "1", "q")
    assert done.status == "ok", done.content
    assert "Who goes on?" in shown(done)
    after = learner.run("fmt.Println(n)")
    assert after.stream() == "1\n", "the cell that was stepped is no part of the program"


def test_interrupted_while_asking(learner):
    done = learner.run("%step" + PAY, interrupt=lambda: learner.client.control_channel.send(
        learner.client.session.msg("interrupt_request", {})))
    assert done.status == "error"
    assert done.content["ename"] == "Interrupted" or "nterrupt" in done.content["ename"], done.content
    assert learner.run("%step" + PAY, "q").status == "ok"


def test_refused(learner):
    for text, says in [
        ("%step -goal fly" + PAY, "is no goal"),
        ("%step t2-x7k2m-5-manual" + PAY, "other code"),
        ("%step t2-x7" + PAY, "not a complete token"),
        ("%step\n%seed 3" + PAY, "exclude each other"),
        ("%step -goal nothere==3" + PAY, "nothere"),
    ]:
        done = learner.run(text, stdin=False)
        assert done.status == "error", text
        assert says in done.content["evalue"] + "\n".join(done.content["traceback"]), (text, done.content)


def test_nothing_to_choose(learner):
    """A program without goroutines is run, and its end shown."""
    done = learner.run("%step\nfunc main() { fmt.Println(1) }", stdin=False)
    assert "There was nothing to choose" in shown(done), done.content


def test_in_a_terminal(tmp_path):
    """threading101 step on a terminal: keys without Enter, the state drawn anew."""
    source = tmp_path / "pay.go"
    source.write_text('package main\n\nimport (\n\t"fmt"\n\t"sync"\n)\n' + PAY)
    pid, terminal = pty.fork()
    if pid == 0:
        os.execv(ROOT / "bin" / "threading101", ["threading101", "step", "-goal", "lost", str(source)])
    for key, shows in [("", "1–9 choose"), ("1", "reads balance = 100"), ("2", "7   pay B"), ("u", "1   pay A  writes balance"),
                       ("h", "One way leads over 2"), (":from x\n", "token"), ("\x1b", "Type the number"), ("2", "7   pay B"),
                       ("2", "8   pay B"), ("s", "Update lost in"), ("q", "The same run again")]:
        os.write(terminal, key.encode())
        assert shows in until(terminal, shows), key
    assert os.waitstatus_to_exitcode(os.waitpid(pid, 0)[1]) == 0


def until(terminal, text, patience=60):
    """What a terminal shows until a text has come."""
    shown, deadline = b"", time.monotonic() + patience
    while text.encode() not in shown and select.select([terminal], [], [], max(0, deadline - time.monotonic()))[0]:
        try:
            shown += os.read(terminal, 1 << 16)
        except OSError:  # it is over
            break
    return shown.decode()
