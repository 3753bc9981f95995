"""%real -procs: a program is measured, through the wire. Nothing is asserted of a time."""

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import run

SPEED = "application/vnd.threading101.speed+json"
RUN = "application/vnd.threading101.run+json"
SHARED = """var sums [2]int

func part(i int) {
	for n := range 2_000_000 {
		sums[i] = sums[i]*31 + n
	}
}

func main() {
	var wg sync.WaitGroup
	for i := range sums {
		wg.Go(func() { part(i) })
	}
	wg.Wait()
	fmt.Println("done")
}
"""
SLOW = 'func main() {\n\tfmt.Println("begins")\n\ttime.Sleep(200 * time.Millisecond)\n}\n'
ENDLESS = 'func main() {\n\tfmt.Println("begins")\n\tfor {\n\t\ttime.Sleep(time.Second)\n\t}\n}\n'


@pytest.fixture(scope="module")
def front():
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=False)


def shown(reply):
    """What was shown last, in all its forms: a display, or what replaced it."""
    return [m["content"]["data"] for m in reply.messages if m["msg_type"] in ("display_data", "update_display_data")][-1]


def interrupted(client, code, ready):
    """The reply to code, interrupted once a message is ready for it."""
    messages, pressed = [], []

    def hook(message):
        messages.append(message)
        if not pressed and ready(message):
            pressed.append(True)
            client.control_channel.send(client.session.msg("interrupt_request", {}))

    reply = client.execute_interactive(code, timeout=60, output_hook=hook, allow_stdin=False)
    assert pressed
    return reply["content"], messages


def test_a_program_is_measured(front):
    done = run(front, "%real -procs 1,2 -repeat 4\n" + SHARED)
    assert done.status == "ok", done.content
    assert done.stream() == "done\n", "once"
    data = shown(done)
    measured = data[SPEED]
    assert measured["schema"] == 1 and measured["mode"] == "real"
    assert [(row["procs"], len(row["seconds"])) for row in measured["rows"]] == [(1, 4), (2, 4)]
    assert all(0 < row["low"] <= row["median"] <= row["high"] for row in measured["rows"])
    assert [lane["name"] for lane in measured["timeline"]["lanes"]] == ["main", "part 1", "part 2"]
    for lane in measured["timeline"]["lanes"]:
        ran = sum(span["to"] - span["from"] for span in lane["spans"] if span["state"] == "running")
        assert abs(ran - lane["ran"]) < 1e-6
    assert data["image/svg+xml"].startswith("<svg") and "times as fast" in data["text/html"]
    assert "Real run: Go's own scheduler, measured 4 times on 1 and 2 processors" in data["text/plain"]
    assert not any(word in data["text/plain"] for word in ("token", "controlled", "recorded"))
    assert RUN not in data


def test_one_processor_runs_one_goroutine_at_a_time(front):
    timeline = shown(run(front, "%real -procs 1 -repeat 1\n" + SHARED))[SPEED]["timeline"]
    assert timeline["procs"] == 1 and timeline["together"] == 0 and timeline["alone"] > 0


def test_the_same_cell_is_controlled_again_without_it(front):
    controlled = run(front, SHARED.replace("2_000_000", "3"))
    token = shown(controlled)[RUN]["token"]
    assert token
    assert SPEED in shown(run(front, "%real -repeat 1 -procs 2\n" + SHARED.replace("2_000_000", "3")))
    again = run(front, f"%replay {token}\n" + SHARED.replace("2_000_000", "3"))
    assert again.status == "ok" and shown(again)[RUN]["token"] == token, again.content


def test_what_fails_is_not_measured(front):
    panicked = run(front, '%real -procs 1,2\nfunc main() {\n\tpanic("no")\n}')
    assert panicked.status == "error" and "no" in panicked.content["evalue"]
    assert "The program failed, so nothing is measured" in shown(panicked)["text/plain"]
    for code, says in {
        "%real -procs 1,2": "there is no func main to measure",
        "%real -procs 1,2\nfunc helps() {}": "there is no func main to measure",
        "%real -procs 1,x\n" + SLOW: "-procs takes up to 8 whole numbers",
        "%real -repeat 3\nfmt.Println(1)": "a cell that continues a program cannot be measured",
    }.items():
        refused = run(front, code)
        assert refused.status == "error" and says in refused.content["evalue"], (code, refused.content)


def test_an_interrupt_shows_what_there_is(front):
    reply, messages = interrupted(front, "%real -procs 1,2 -repeat 50\n" + SLOW,
                                  lambda m: m["msg_type"] == "update_display_data" and "Measuring" in m["content"]["data"]["text/plain"])
    assert reply["status"] == "error"
    data = [m["content"]["data"] for m in messages if m["msg_type"] == "update_display_data"][-1]
    assert data[SPEED]["cut"] == "interrupted" and data[SPEED]["timeline"] is None
    assert "Interrupted by you" in data["text/plain"]

    reply, messages = interrupted(front, "%real -procs 1\n" + ENDLESS, lambda m: m["msg_type"] == "stream")
    assert reply["status"] == "error"
    assert "Interrupted before a run was measured" in [m["content"]["data"] for m in messages if m["msg_type"] == "display_data"][-1]["text/plain"]
