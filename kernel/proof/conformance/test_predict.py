"""%predict: a learner says what to expect before a cell runs, through the wire."""

import json
import os

import pytest
from jupyter_client.manager import start_new_kernel

import screen
from conftest import Reply

RUN = "application/vnd.threading101.run+json"
FOUND = "application/vnd.threading101.exploration+json"
PREDICTION = "application/vnd.threading101.prediction+json"
LATE = 'func late(name string) { time.Sleep(time.Second); fmt.Println(name) }\n'
CUT_OFF = LATE + 'func main() {\n\tgo late("A")\n\tgo late("B")\n}\n'
LINES = '%predict "How many lines?" -about end two {lines==2} | one {lines==1} | none {lines==0}\n'
CIRCLE = """var a, b sync.Mutex

func both(first, second *sync.Mutex) {
	first.Lock()
	second.Lock()
	second.Unlock()
	first.Unlock()
}

func main() {
	var wg sync.WaitGroup
	wg.Go(func() { both(&a, &b) })
	wg.Go(func() { both(&b, &a) })
	wg.Wait()
}
"""
COUNTER = """var total int

func main() {
	var wg sync.WaitGroup
	total = 0
	for range 2 {
		wg.Go(func() { total++ })
	}
	wg.Wait()
	fmt.Println("done")
}
"""


class Learner:
    """A front end with a notebook, in which somebody answers questions."""

    def __init__(self, client):
        self.client = client

    def run(self, code, *answers, cell="", stdin=None, interrupt=None, lesson=None, timeout=60):
        """Executes code; each question gets the next answer. Returns the reply, with the prompts as .asked."""
        answers, asked, messages = list(answers), [], []
        content = {"code": code, "silent": False, "store_history": True, "user_expressions": {},
                   "allow_stdin": bool(answers or interrupt) if stdin is None else stdin, "stop_on_error": True}
        ask = self.client.session.msg("execute_request", content, metadata=dict({"cellId": cell} if cell else {}, **({"threading101": lesson} if lesson else {})))
        self.client.shell_channel.send(ask)
        mine = ask["header"]["msg_id"]
        expects = len(answers) + (1 if interrupt else 0)
        while len(asked) < expects:
            question = self.client.get_stdin_msg(timeout=timeout)
            assert question["msg_type"] == "input_request" and not question["content"]["password"]
            asked.append(question["content"]["prompt"])
            if answers:
                self.client.input(answers.pop(0))
            else:
                interrupt()
        while True:
            message = self.client.get_iopub_msg(timeout=timeout)
            if message["parent_header"].get("msg_id") != mine:
                continue
            messages.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                break
        while True:
            reply = self.client.get_shell_msg(timeout=timeout)
            if reply["parent_header"].get("msg_id") == mine:
                result = Reply(reply, messages)
                result.asked = asked
                return result


def said(reply):
    """What stands below the cell about its predictions at the end, as text."""
    return [m["content"]["data"]["text/plain"] for m in reply.messages
            if PREDICTION in m["content"].get("data", {})][-1]


def kept(folder):
    """The records of a folder, the last version of each, in their order."""
    records = {}
    for line in (folder / "predictions.jsonl").read_text().splitlines():
        record = json.loads(line)
        assert record["schema"] == 1
        records[record["id"]] = record
    return list(records.values())


def start(folder):
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, cwd="/",
                                       env=dict(os.environ, JPY_SESSION_NAME=str(folder / "01 threads.ipynb")))
    return manager, client


@pytest.fixture(scope="module")
def folder(tmp_path_factory):
    return tmp_path_factory.mktemp("notebooks")


@pytest.fixture(scope="module")
def started(folder):
    manager, client = start(folder)
    yield manager, client
    client.stop_channels()
    manager.shutdown_kernel(now=False)


@pytest.fixture
def learner(started):
    return Learner(started[1])


def test_asked_kept_revealed(learner, folder):
    """The answer is kept before the run, and shown beside what it was; then round two, and no more."""
    first = learner.run(LINES + CUT_OFF, "1 because nothing ends them", cell="a")
    assert first.status == "ok" and "1–3" in first.asked[0]
    assert "You said “two”. It was “none”." in said(first)
    assert "wrong" not in said(first)
    record = kept(folder)[-1]
    assert (record["notebook"], record["cell"], record["round"]) == ("01 threads.ipynb", "a", 1)
    assert (record["answer"], record["because"]) == ("two", "nothing ends them")
    assert (record["revealed"], record["was"], record["as_said"], record["shows"]) == (True, ["none"], False, "end")
    shown = first.displays(PREDICTION)[-1]
    assert shown["question"]["text"] == "How many lines?" and shown["rounds"][0]["answer"] == "two"
    asked = first.displays(PREDICTION)[0]
    assert asked["rounds"] == [] and "claim" not in json.dumps(asked)
    first_of_run = [m["msg_type"] for m in first.messages].index("update_display_data")
    assert "display_data" in [m["msg_type"] for m in first.messages][:first_of_run]

    second = learner.run(LINES + CUT_OFF, "none", cell="a")
    assert "neighbour" in second.asked[0] and "“two”" in second.asked[0]
    assert "You said “two”, then “none”. It was “none”." in said(second)
    third = learner.run(LINES + CUT_OFF, cell="a", stdin=True)
    assert third.asked == [] and "then “none”. It was “none”." in said(third)
    again = learner.run(LINES.replace("-about", "-again -about") + CUT_OFF, "one", cell="a")
    assert "then “none”, then “one”" in said(again)


def test_kinds(learner, folder):
    """A number, a step, an order; what is no answer is asked for again."""
    number = learner.run('%predict "Ways?" -number -answer {ways}\n%explore\n' + COUNTER, "many", "3", cell="n")
    assert number.asked[1].startswith("That is none of the answers.")
    assert "You said “3”. Over all interleavings it is “1”." in said(number)
    step = learner.run('%predict "Too late from?" -step -answer 4\n' + CUT_OFF, "4", cell="s")
    assert "You said “4”. It was “4”." in said(step)
    found = learner.run("%explore\n" + CIRCLE).displays(FOUND)[0]
    stuck = next(o["token"] for o in found["outcomes"] if o["status"] == "deadlock")
    late = learner.run(f'%predict "Too late from?" -step -answer {{late}}\n%replay {stuck}\n' + CIRCLE, "1", cell="l")
    run = late.displays(RUN)[0]
    locks = [e["step"] for e in run["events"] if e["op"] == "lock"]
    assert late.status == "error" and f"It was “{locks[1]}”." in said(late), "too late once each has taken its first lock"
    order = learner.run('%predict "In which order?" -order -answer {printed} second | first\n'
                        'func main() {\n\tfmt.Println("first")\n\tfmt.Println("second")\n}', "12", cell="o")
    assert "You said “second, first”. It was “first, second”." in said(order)
    plain = learner.run('%predict "What do you see?" much | little\n' + CUT_OFF, "much", cell="p")
    assert "You said “much”." in said(plain) and "It was" not in said(plain)
    reason = learner.run('%predict "Why?" -because this | that\n' + CUT_OFF, "1", "it is so", cell="w")
    assert "because" in reason.asked[1] and "Because: “it is so”" in said(reason)
    assert kept(folder)[-1]["judged"] is False


def test_over_all_interleavings(learner):
    """The cell runs, and the search tells the answer with a token that shows it; honest where it was too short."""
    possible = learner.run('%predict "Can total be 1?" yes {total==1 possible} | no\n%outcome total\n' + COUNTER, "no", cell="i")
    assert "Over all interleavings it is “yes”." in said(possible)
    token = said(possible).split("%replay ")[1].split()[0]
    shown = learner.run(f"%replay {token}\n%outcome total\n" + COUNTER)
    assert "total = 1" in shown.displays("text/plain")[-1]
    never = learner.run('%predict "Can total be 3?" yes {total==3 possible} | no\n' + COUNTER, "yes", cell="j")
    assert "Over all interleavings it is “no”." in said(never)
    many = COUNTER.replace("total++", "for range 9 { total++ }").replace("range 2", "range 4")
    short = learner.run('%predict "Can total be 99?" yes {total==99 possible} | no\n%explore 50ms\n' + many, "no", cell="k")
    assert "still open" in said(short) and "It was" not in said(short)


def test_not_answered(learner, folder):
    """No stdin: said, and on. An empty answer, or a question mark, is none."""
    nobody = learner.run(LINES + CUT_OFF, cell="b")
    assert nobody.status == "ok" and "Not answered" in nobody.displays("text/plain")[0]
    assert "It was" not in "".join(nobody.displays("text/plain"))
    before = len(kept(folder))
    for n, answer in enumerate(["", " ? "]):
        passed = learner.run(LINES + CUT_OFF, answer, cell="b")
        assert passed.status == "ok" and len(passed.asked) == 1
        assert "It was" not in "".join(passed.displays("text/plain"))
        assert kept(folder)[before + n]["answer"] == ""
    assert learner.run(LINES + CUT_OFF, cell="b", stdin=True).asked == []


def test_nobody_is_asked_before_other_cells(learner, started):
    """Run All sends all cells at once: none of them waits for an answer."""
    client = started[1]
    learner.run("import \"time\"\n", cell="r0")
    sent = [client.execute(code, allow_stdin=True) for code in ["%real\nfunc main() { time.Sleep(300 * time.Millisecond) }", LINES + CUT_OFF, "%t101"]]
    replies = {}
    while len(replies) < len(sent):
        reply = client.get_shell_msg(timeout=60)
        replies[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
    assert [replies[s] for s in sent] == ["ok"] * 3
    assert not client.stdin_channel.msg_ready()


def test_another_cell_instead_of_an_answer(learner, started):
    """A page that is opened again shows no question: who runs another cell there goes on."""
    client = started[1]
    for code in (LINES + CUT_OFF, f"%replay {learner.run(COUNTER).displays(RUN)[0]['token']} -quiz\n" + COUNTER):
        first = client.execute(code, allow_stdin=True)
        client.get_stdin_msg(timeout=60)
        second = client.execute("%t101", allow_stdin=True)
        replies = {}
        while len(replies) < 2:
            reply = client.get_shell_msg(timeout=60)
            replies[reply["parent_header"]["msg_id"]] = reply["content"]["status"]
        assert replies == {first: "ok", second: "ok"}
    assert learner.run("%t101").status == "ok"


def test_interrupt_while_asked(learner, started, folder):
    """The cell did not run, and nothing was kept."""
    before = len(kept(folder))
    reply = learner.run(LINES + CUT_OFF, cell="x", interrupt=started[0].interrupt_kernel)
    assert reply.status == "error" and reply.content["ename"] == "Interrupted"
    assert "stream" not in reply.types() and len(kept(folder)) == before
    assert "You said “none”. It was “none”." in said(learner.run(LINES + CUT_OFF, "none", cell="x"))


def test_committed_before_the_run(learner):
    """An answer whose cell did not compile waits for the cell that does."""
    broken = learner.run(LINES + CUT_OFF.replace("fmt.Println", "fmt.Printn"), "one", cell="y")
    assert broken.status == "error" and "You said “one”." in said(broken)
    mended = learner.run(LINES + CUT_OFF, cell="y", stdin=True)
    assert mended.asked == [] and "You said “one”. It was “none”." in said(mended)


def test_hostile_texts(learner):
    """What is typed, and what stands in the cell, is text in each form."""
    evil = "\x1b[31m</p><script>alert(1)</script>‮" * 200
    code = f'%predict "{evil}" {evil} {{lines==0}} | b\n' + CUT_OFF
    reply = learner.run(code, "2 because " + evil, cell="h")
    assert reply.status == "ok"
    for form in ("text/plain", "text/html"):
        text = [d for d in reply.displays(form) if "alert" in d][-1]
        assert "\x1b" not in text and "‮" not in text and len(text) < 20_000
    assert "<script>alert" not in reply.displays("text/html")[-1]


def test_as_a_comment(learner):
    reply = learner.run("//t101:" + LINES[1:] + CUT_OFF, "3", cell="z")
    assert "You said “none”. It was “none”." in said(reply)


def test_bad_lines(learner):
    for line, why in [("%predict", "is written"), ('%predict "a?" x', "two options"), ('%predict "a?" x {lines=1} | y', "cannot compare")]:
        reply = learner.run(line + "\n" + CUT_OFF)
        assert reply.status == "error" and why in reply.content["evalue"]
    unknown = learner.run('%predict "a?" yes {nothing==1} | no\n' + CUT_OFF, "1", cell="u")
    assert unknown.status == "error" and "nothing" in unknown.content["evalue"]


def test_progress(learner, folder):
    text = learner.run("%t101 progress").displays("text/plain")[0]
    assert "answered." in text and "came out as you first said" in text
    assert "main waits for the others (" in text and str(folder / "predictions.jsonl") in text


@pytest.fixture(scope="module")
def lost(started):
    """A token of a run of COUNTER in which an update is lost, and a race."""
    found = Learner(started[1]).run("%explore\n%outcome total\n" + COUNTER).displays(FOUND)[0]
    return next(o["token"] for o in found["outcomes"] if o["value"] == "total = 1")


def forms(reply):
    """The picture of a reply in all its forms, as one text."""
    data = next(m["content"]["data"] for m in reply.messages if RUN in m["content"].get("data", {}))
    return json.dumps(data, ensure_ascii=False)


@pytest.mark.parametrize("how", ["cell", "lesson", "session"])
def test_plain_picture(learner, lost, how):
    """The picture explains nothing, in no form; %why does."""
    code, lesson = f"%replay {lost}\n" + COUNTER, None
    if how == "cell":
        code = "%picture plain\n" + code
    if how == "lesson":
        lesson = {"picture": "plain"}
    if how == "session":
        assert "%why" in learner.run("%picture plain").displays("text/plain")[0]
    plain = forms(learner.run(code, lesson=lesson))
    for telling in ["⚠", "ata race", "lost", '"stale"', "update"]:
        assert telling not in plain, telling
    why = forms(learner.run("%why"))
    assert "⚠" in why and "lost" in why
    if how == "session":
        learner.run("%picture on")
    assert "⚠" in forms(learner.run(f"%replay {lost}\n" + COUNTER))
    nothing = learner.run("%why")
    assert nothing.status == "ok" and "Nothing was withheld" in told(nothing)[0]


LOCKED = COUNTER.replace("total++", "mu.Lock(); total++; mu.Unlock()") + "var mu sync.Mutex\n"


def told(reply):
    """The lines of plain text that a reply shows."""
    return [data["text/plain"] for data in screen.seen(reply.messages) if list(data) == ["text/plain"]]


def hint(learner):
    [text] = told(learner.run("%hint"))
    return text


def test_hints_of_a_check(learner):
    """Three levels, in the names and lines of the program; offered after the third failure, and never given by themselves."""
    for n in range(4):
        failed = learner.run("%check outcome total==2\n" + COUNTER, cell="check")
        assert failed.status == "error" and ("%hint" in "".join(told(failed))) == (n == 2)
        assert "Hint 1" not in "".join(told(failed))
    where, missing, write = hint(learner), hint(learner), hint(learner)
    assert where.startswith("Hint 1 of 3: Look at steps") and "func 1 and func 2" in where and "main:8" in where
    assert missing.startswith("Hint 2 of 3:") and "reads total" in missing
    assert write.startswith("Hint 3 of 3:") and "mu.Lock() above main:8" in write
    assert hint(learner).endswith("That was the last one.")
    assert learner.run("%check outcome total==2\n" + LOCKED, cell="check").status == "ok"
    assert "which two steps" in hint(learner)


def test_hints_are_not_offered_for_checks_of_different_things(learner):
    """A console sends no ids of cells: what is checked tells one from another."""
    for property in ("outcome total==2", "race-free", "outcome total==3"):
        failed = learner.run(f"%check {property}\n" + COUNTER)
        assert failed.status == "error" and "%hint" not in "".join(told(failed))
    learner.run("%check race-free\n" + LOCKED)


def test_hints_of_the_compiler(learner):
    assert learner.run("func main() {\n\tx := 1\n}").status == "error"
    hints = [hint(learner) for _ in range(3)]
    assert "line 2: x := 1" in hints[0] and "nobody ever reads it" in hints[1] and "Use it, or delete it" in hints[2]
    learner.run("func main() {}")
    assert "which two steps" in hint(learner)


def test_hints_of_a_lesson(learner):
    """They come with the cell, before all others; the fourth question goes on to what the check says."""
    lesson = {"hints": ["Look at \x1b[31mtotal.", "Two steps.", "A lock.", "too many"]}
    reply = learner.run("%check outcome total==2\n%hint\n" + COUNTER, lesson=lesson, cell="lesson")
    assert told(reply)[-1] == "Hint 1 of 3: Look at ␛[31mtotal."
    assert [hint(learner) for _ in range(2)] == ["Hint 2 of 3: Two steps.", "Hint 3 of 3: A lock."]
    assert hint(learner).startswith("Hint 1 of 3: Look at steps")
    assert "hints asked for" in told(learner.run("%t101 progress"))[0]
    for broken in ({"hints": "no list"}, {"hints": [1, None]}, "no object"):
        assert learner.run(CUT_OFF, lesson=broken).status == "ok"


def pictures(reply):
    """The pictures of a reply as text, in the order in which they were shown or replaced."""
    return [m["content"]["data"]["text/plain"] for m in reply.messages if RUN in m["content"].get("data", {})]


def test_quiz(learner, lost):
    """Values are hidden and asked for one after the other; what the program prints waits."""
    known = learner.run(f"%replay -lenient {lost}\n" + COUNTER)
    values = [e["value"] for e in known.displays(RUN)[0]["events"] if e.get("object") == "total" and e.get("step")]
    code = f"%replay {lost} -quiz\n" + COUNTER
    quiz = learner.run(code, *(["7", values[0]] + values[1:]))
    assert len(quiz.asked) == len(values) + 1 and quiz.asked[1].startswith("Look at the steps")
    assert "total = ?" in quiz.asked[0] and f"1 of {len(values)}." in quiz.asked[0]
    assert told(quiz)[-1].endswith(f"{len(values) - 1} of {len(values)} at the first try.")
    shown = pictures(quiz)
    assert "total = ?" in shown[0] and not any(f"total = {v}" in shown[0] for v in values) and "⚠" not in shown[0]
    assert "total = ?" not in shown[-1] and "⚠" in shown[-1]
    assert quiz.types().index("stream") > quiz.types().index("update_display_data")


def test_quiz_without_answers(learner, started, lost):
    """No stdin: the hidden values are in a fold. An interrupt ends it."""
    code = f"%replay {lost} -quiz\n" + COUNTER
    nobody = learner.run(code)
    assert nobody.status == "ok" and "total = ?" in pictures(nobody)[0] and "total = 1" not in pictures(nobody)[0]
    fold = nobody.displays("text/html")[-1]
    assert "<details>" in fold and "it was 1" in fold and "it was" not in told(nobody)
    stopped = learner.run(code, interrupt=started[0].interrupt_kernel)
    assert stopped.status == "error" and stopped.content["ename"] == "Interrupted"


def test_none_of_these(learner):
    """Where no option is right, that is said; and that a cell tells nothing."""
    assert "You said “six”.\nIt was none of these." in said(learner.run('%predict "?" six {lines==6} | five {lines==5}\n' + CUT_OFF, "six"))
    assert "This cell does not tell the answer." in said(learner.run('%predict "?" yes {check==holds} | no {check==fails}\n' + CUT_OFF, "yes"))


def test_another_kernel(folder, learner):
    """What one kernel has kept the next one knows; where nothing can be written, that is said once."""
    manager, client = start(folder)
    other = Learner(client)
    try:
        known = other.run(LINES + CUT_OFF, cell="a", stdin=True)
        assert known.asked == [] and "You said “two”, then “none”" in said(known)
        (folder / "predictions.jsonl").rename(folder / "elsewhere.jsonl")
        (folder / "predictions.jsonl").mkdir()
        for n, cell in enumerate(["m", "n"]):
            reply = other.run(LINES + CUT_OFF, "none", cell=cell)
            told = [t for t in reply.displays("text/plain") if "kept only until the kernel ends" in t]
            assert reply.status == "ok" and "It was “none”" in said(reply) and len(told) == 1 - n
        assert "could not be written down" in other.run("%t101 progress").displays("text/plain")[0]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)
