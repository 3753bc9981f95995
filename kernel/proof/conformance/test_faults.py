"""Whatever a learner does, the kernel answers, says where, and runs the next cell."""

import json
import os
import pathlib
import signal
import subprocess
import sys
import tempfile
import threading
import time

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import run

RUN_JSON = "application/vnd.threading101.run+json"
FORMS = ("text/plain", "image/svg+xml", "text/html", RUN_JSON)


def still_alive(client):
    assert run(client, 'func main() { fmt.Println("alive") }').stream() == "alive\n"


def the_run(reply):
    assert reply.displays(RUN_JSON), f"no picture; status {reply.status}: {reply.content}"
    return reply.displays(RUN_JSON)[0]


def text_of(reply):
    return reply.content["evalue"] + "\n" + "\n".join(reply.content["traceback"])


# --- what Go itself refuses ---

@pytest.mark.parametrize("code, words, line", [
    ("func main() {\n\tx := \n}", "expected operand, found '}'", 3),
    ("func helper() int { return 1 }\n\nfunc main() {\n\tfmt.Println(undefinedName)\n}", "undefined: undefinedName", 4),
    ("func main() {\n\tvar n int = \"no\"\n\tfmt.Println(n)\n}", "cannot use \"no\"", 2),
    ("func main() {\n\tunused := 1\n}", "declared and not used: unused", 2),
], ids=["syntax", "undefined", "type", "unused"])
def test_compile_errors_are_go_s_own_at_cell_and_line(kernel, code, words, line):
    reply = run(kernel, code)
    assert reply.status == "error"
    text = text_of(reply)
    assert words in text, text
    assert f"line {line}" in text, text
    still_alive(kernel)


def test_nothing_is_memorised_from_a_failed_cell(kernel):
    assert run(kernel, "func fresh() int { return 1 }\nfunc main() { nope() }").status == "error"
    reply = run(kernel, "func main() { fmt.Println(fresh()) }")
    assert reply.status == "error" and "undefined: fresh" in text_of(reply)


def test_an_unknown_import_is_a_clear_error(kernel):
    reply = run(kernel, 'import "example.invalid/nothing"\nfunc main() { nothing.Do() }')
    assert reply.status == "error"
    assert "example.invalid/nothing" in text_of(reply)
    still_alive(kernel)


# --- runs that end badly ---

ENDS = {
    "panic": ("panic", 'func main() {\n\tgo func() {\n\t\tpanic("boom")\n\t}()\n\ttime.Sleep(time.Second)\n}', "boom"),
    "deadlock": ("deadlock", "func main() {\n\tch := make(chan int)\n\tgo func() { fmt.Println(\"gone\") }()\n\t<-ch\n}", "deadlock"),
    "exit": ("exit", "func main() {\n\tgo fmt.Println(\"a\")\n\ttime.Sleep(20 * time.Millisecond)\n\tos.Exit(3)\n}", "3"),
    "log.Fatal": ("exit", "func main() {\n\tgo fmt.Println(\"a\")\n\ttime.Sleep(20 * time.Millisecond)\n\tlog.Fatal(\"enough\")\n}", "1"),
    "double unlock": ("panic", "func main() {\n\tvar mu sync.Mutex\n\tgo fmt.Println(\"a\")\n\ttime.Sleep(20 * time.Millisecond)\n\tmu.Lock()\n\tmu.Unlock()\n\tmu.Unlock()\n}", "unlock of unlocked mutex"),
}


@pytest.mark.parametrize("name", ENDS)
def test_a_bad_end_is_an_error_with_a_picture(kernel, name):
    status, code, words = ENDS[name]
    reply = run(kernel, code)
    assert reply.status == "error"
    assert words in text_of(reply)
    assert the_run(reply)["status"] == status
    assert all(reply.displays(form) for form in FORMS)
    still_alive(kernel)


def test_a_panic_names_cell_and_line(kernel):
    run(kernel, "func bad() {\n\tvar m map[string]int\n\tm[\"a\"] = 1\n}")
    reply = run(kernel, "func main() {\n\tgo bad()\n\ttime.Sleep(time.Second)\n}")
    text = text_of(reply)
    assert "assignment to entry in nil map" in text
    assert "cell 1" in text.lower() and "line 3" in text.lower(), text


# --- runs that do not end, or print too much ---

def interrupt_when(client, ready):
    """Interrupt once ready(message) is true of a message on iopub; returns the reply and the seconds it took."""
    from conftest import Reply
    messages, sent = [], []

    def hook(message):
        messages.append(message)
        if not sent and ready(message):
            sent.append(time.monotonic())
            client.control_channel.send(client.session.msg("interrupt_request", {}))

    def execute(code):
        reply = client.execute_interactive(code, timeout=60, allow_stdin=False, output_hook=hook)
        return Reply(reply, messages), time.monotonic() - sent[0]

    return execute


def printed(word):
    return lambda m: m["msg_type"] == "stream" and word in m["content"]["text"]


@pytest.mark.parametrize("code", [
    'func main() { fmt.Println("go"); for { } }',
    'func main() { fmt.Println("go"); for i := 0; ; i++ { fmt.Println(i) } }',
    '%real\nfunc main() { fmt.Println("go"); select { case <-time.After(time.Hour): } }',
    'func main() { signal.Ignore(os.Interrupt); fmt.Println("go"); for { time.Sleep(time.Second) } }',
], ids=["loop", "printing", "waiting", "ignores SIGINT"])
def test_interrupt(kernel, code):
    reply, seconds = interrupt_when(kernel, printed("go"))(code)
    assert reply.status == "error"
    assert "interrupt" in (reply.content["ename"] + text_of(reply)).lower()
    assert seconds < 5, f"it took {seconds:.1f} s"
    still_alive(kernel)


def test_a_million_lines_come_in_order_up_to_the_cap(kernel):
    reply = run(kernel, "func main() { for i := 0; i < 1_000_000; i++ { fmt.Println(i) } }", timeout=120)
    assert reply.status == "ok"
    lines = reply.stream().split("\n")
    assert lines[:1000] == [str(i) for i in range(1000)]
    assert len(reply.stream()) < 2_000_000, "the front end is not to be flooded"
    assert len([m for m in reply.messages if m["msg_type"] == "stream"]) < 1000
    everything = reply.stream() + reply.stream("stderr")
    assert "999999" in everything, "the end is shown"
    still_alive(kernel)


def test_a_million_goroutines_in_a_deadlock(kernel):
    code = """%real
func main() {
	var wg sync.WaitGroup
	ch := make(chan int)
	for i := 0; i < 1_000_000; i++ {
		wg.Add(1)
		go func() { defer wg.Done(); <-ch }()
	}
	fmt.Println("started")
	wg.Wait()
}"""
    reply = run(kernel, code, timeout=180)
    assert reply.status == "error"
    assert sum(len(json.dumps(m["content"])) for m in reply.messages) < 3_000_000
    still_alive(kernel)


def test_names_and_prints_are_escaped(kernel):
    nasty = "</svg><script>alert(1)</script>"
    reply = run(kernel, f'func main() {{ go fmt.Println("{nasty}"); time.Sleep(20 * time.Millisecond) }}')
    for form in ("image/svg+xml", "text/html"):
        assert "<script" not in reply.displays(form)[0]
    assert nasty in reply.stream()


# --- input ---

READS = 'func main() { var s string; fmt.Print("name? "); fmt.Scanln(&s); fmt.Println("hello", s) }'


def test_stdin_without_a_front_end_that_asks_is_the_end_of_input(kernel):
    reply = run(kernel, READS, timeout=20)
    assert "hello" in reply.stream()
    assert "input" in (reply.stream("stderr") + reply.stream()).lower()


def test_stdin_is_asked_for(kernel):
    asked = []

    def answer(message):
        asked.append(message["content"]["prompt"])
        kernel.input("Ada")

    messages = []
    kernel.execute_interactive(READS, timeout=20, allow_stdin=True, stdin_hook=answer, output_hook=messages.append)
    assert len(asked) == 1
    assert "hello Ada" in "".join(m["content"].get("text", "") for m in messages if m["msg_type"] == "stream")


# --- processes ---

def descendants(pid):
    """Process ids below pid, by /proc."""
    parents = {}
    for entry in pathlib.Path("/proc").iterdir():
        if entry.name.isdigit():
            try:
                parents[int(entry.name)] = int((entry / "stat").read_text().rsplit(")", 1)[1].split()[1])
            except (OSError, IndexError):
                continue
    found, todo = set(), [pid]
    while todo:
        parent = todo.pop()
        for child, of in parents.items():
            if of == parent and child not in found:
                found.add(child)
                todo.append(child)
    return found


def name_of(pid):
    try:
        return pathlib.Path(f"/proc/{pid}/comm").read_text().strip()
    except OSError:
        return ""


def wait_until(what, seconds=20):
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if what():
            return True
        time.sleep(0.05)
    return what()


def alive(pids):
    def running(pid):
        try:
            return pathlib.Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] not in "ZX"
        except OSError:
            return False
    return {p for p in pids if running(p)}


@pytest.fixture
def short_folder():
    """A temporary folder with a short name: a unix socket's path has 108 bytes at most."""
    with tempfile.TemporaryDirectory(prefix="t", dir="/tmp", ignore_cleanup_errors=True) as name:
        yield pathlib.Path(name)


@pytest.fixture
def started(short_folder):
    """A kernel whose temporary folder is known, to see what it leaves."""
    env = {**os.environ, "TMPDIR": str(short_folder)}
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, env=env)
    yield manager, client, short_folder
    client.stop_channels()
    if manager.is_alive():
        manager.shutdown_kernel(now=True)


def test_gonb_is_killed_in_mid_cell(started):
    manager, client, _ = started
    run(client, "func kept() string { return \"kept\" }")
    kernel_pid = manager.provisioner.process.pid

    def kill_gonb():
        gonbs = [p for p in descendants(kernel_pid) if name_of(p) == "gonb"]
        assert gonbs, "no gonb below the kernel"
        os.kill(gonbs[0], signal.SIGKILL)

    killer = threading.Timer(0, kill_gonb)

    def hook(message):
        if message["msg_type"] == "stream" and "go" in message["content"]["text"] and not killer.is_alive() and not killer.finished.is_set():
            killer.start()

    reply = client.execute_interactive('func main() { fmt.Println("go"); time.Sleep(20 * time.Second) }',
                                       timeout=60, allow_stdin=False, output_hook=hook)
    assert reply["content"]["status"] == "error"
    assert run(client, "func main() { fmt.Println(kept()) }").stream() == "kept\n"


@pytest.mark.parametrize("how", ["shutdown", "kill -9"])
def test_nothing_is_left_behind(started, how):
    manager, client, folder = started
    pid = manager.provisioner.process.pid
    run(client, 'func main() { fmt.Println("warm") }')
    client.execute('func main() { fmt.Println("go"); for { time.Sleep(time.Second) } }', allow_stdin=False)
    while True:
        message = client.get_iopub_msg(timeout=30)
        if message["msg_type"] == "stream" and "go" in message["content"]["text"]:
            break
    family = descendants(pid) | {pid}
    assert len(family) > 2
    if how == "shutdown":
        manager.shutdown_kernel(now=False)
    else:
        os.kill(pid, signal.SIGKILL)
    assert wait_until(lambda: not alive(family)), [name_of(p) for p in alive(family)]
    assert wait_until(lambda: not any(folder.iterdir())), list(folder.rglob("*"))


PARENT = """
import sys, time
from jupyter_client.manager import start_new_kernel
manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
print(manager.provisioner.process.pid, flush=True)
time.sleep(600)
"""


def test_the_death_of_the_parent_ends_the_kernel(short_folder):
    env = {**os.environ, "TMPDIR": str(short_folder)}
    parent = subprocess.Popen([sys.executable, "-c", PARENT], stdout=subprocess.PIPE, text=True, env=env)
    pid = int(parent.stdout.readline())
    family = descendants(pid) | {pid}
    parent.kill()
    parent.wait()
    assert wait_until(lambda: not alive(family)), [name_of(p) for p in alive(family)]
    # The connection file is the dead parent's own; nobody else may take it away.
    left = lambda: [p for p in short_folder.iterdir() if p.suffix != ".json"]
    assert wait_until(lambda: not left()), left()
