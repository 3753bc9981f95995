"""%room and %follow: a real kernel in a real room."""

import contextlib
import http.cookiejar
import json
import time
import urllib.request

import classroom
from conftest import run

COUNTER = """var total int

func main() {
	var wg sync.WaitGroup
	for range 2 {
		wg.Go(func() { total++ })
	}
	wg.Wait()
	fmt.Println("total", total)
}
"""


class Page:
    """What the teacher's page, or the wall, sees and does."""

    def __init__(self, room, role="teacher"):
        self.room, self.role = room, role
        self.opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar()))
        what, given = ("lead", {"secret": room.secret}) if role == "teacher" else ("enter", {"code": room.code})
        self.post(what, given)

    def post(self, where, what):
        self.opener.open(urllib.request.Request(self.room.url + where, json.dumps(what).encode()), timeout=60).close()

    def see(self, what, timeout=60):
        """The first view for which what is true."""
        deadline, view = time.monotonic() + timeout, None
        with self.opener.open(self.room.url + "events/" + self.role, timeout=timeout) as events:
            for line in events:
                if line.startswith(b"data: "):
                    view = json.loads(line[6:])
                    if what(view):
                        return view
                assert time.monotonic() < deadline, view
        raise AssertionError(view)


def plain(reply):
    return "\n".join(reply.displays("text/plain"))


def updates(client, what, timeout=60):
    """Waits for a display that is changed when no cell runs."""
    while True:
        message = client.get_iopub_msg(timeout=timeout)
        if message["msg_type"] == "update_display_data":
            text = message["content"]["data"]["text/plain"]
            if what in text:
                return message["content"]["data"]


def test_a_class(tmp_path):
    folders = [tmp_path / name for name in ("one", "two")]
    for folder in folders:
        folder.mkdir()
    with classroom.room() as room, contextlib.ExitStack() as stack:
        anna = stack.enter_context(classroom.learner(folders[0]))
        ben = stack.enter_context(classroom.learner(folders[1], THREADING101_ROOM=f"{room.code}@{room.address}"))
        assert "You are in no room" in plain(run(anna, "%room"))
        assert "in no room" in run(anna, "%follow").content["evalue"]
        assert "does not know the code" in plain(run(anna, f"%room wrong-code@{room.address}"))
        joined = plain(run(anna, f"%room {room.code}@{room.address}"))
        assert "You are in the room" in joined and "It never gets your name, your code" in joined, joined
        assert "You follow the teacher" in plain(run(ben, "%follow"))

        assert run(anna, "%seed 57\n" + COUNTER).status == "ok"
        assert run(ben, "%seed 3\n" + COUNTER).status == "ok"
        assert run(ben, "%check race-free\n" + COUNTER).status == "error"
        teacher, wall = Page(room), Page(room, "wall")
        view = teacher.see(lambda v: v["here"] == 2 and v["cells"] and v["cells"][0]["learners"] == 2 and v["cells"][0]["checks"])
        cell = view["cells"][0]
        assert cell["runs"] == 2 and cell["checks"][0]["fails"] == 1, view
        assert "wg.Go" not in json.dumps(view), "no code"
        assert len({seat["name"] for seat in view["seats"]}) == 2

        # A click draws the run, and who follows has it at that step.
        order = cell["groups"][0]["of"][0]
        teacher.post("do", {"do": "run", "id": order["id"]})
        shown = wall.see(lambda v: v.get("run") and v["run"].get("picture"))
        assert shown["run"]["rows"][-1]["says"] and not any(seat["name"] in json.dumps(shown) for seat in view["seats"])
        updates(ben, order["token"])
        teacher.post("do", {"do": "row", "row": len(shown["run"]["rows"]) - 1})
        last = updates(ben, "The teacher is at Step")
        assert "main returns" in last["text/plain"] and 'aria-current="step"' in last["text/html"]

        # The room stops in mid-lesson: one line says so, once, and cells run as ever.
        room.stop()
        said = [plain(run(anna, f"%seed {n}\n" + COUNTER)) for n in (4, 5, 6)]
        deadline = time.monotonic() + 60
        while not any("cannot be reached" in s for s in said):
            assert time.monotonic() < deadline
            said.append(plain(run(anna, "%seed 57\n" + COUNTER)))
        said += [plain(run(anna, "%seed 8\n" + COUNTER)) for _ in range(2)]
        assert sum("cannot be reached" in s for s in said) == 1

        # It is started again: the kernels come back by themselves, and nothing is lost.
        room.start()
        Page(room).see(lambda v: v["here"] == 2 and v["cells"] and v["cells"][0]["learners"] == 2 and v["cells"][0]["checks"]
                       and order["id"] in [o["id"] for g in v["cells"][0]["groups"] for o in g["of"]])
        assert "You have left" in plain(run(anna, "%room off"))
        Page(room).see(lambda v: v["here"] == 1)

        # Where there is no room, that is said once.
        assert "does not answer yet" in plain(run(anna, f"%room {room.code}@127.0.0.1:9"))
        said = run(anna, "%seed 9\n" + COUNTER)
        assert said.status == "ok" and "does not answer" not in plain(said)
