"""The widget of the live pictures, asked as a front end asks: by comm messages."""

import json
import time

import pytest

from conftest import run

PICTURE = 'func main() { done := make(chan int); go func() { done <- 7 }(); fmt.Println(<-done) }'
CONTROL, WIDGET = "jupyter.widget.control", "jupyter.widget"


class Front:
    """A front end with a widget manager."""

    def __init__(self, client):
        self.client = client

    def say(self, kind, content):
        """Send a message on shell; what is published about it until idle."""
        sent = self.client.session.send(self.client.shell_channel.socket, kind, content)
        about = []
        deadline = time.monotonic() + 30
        while time.monotonic() < deadline:
            message = self.client.get_iopub_msg(timeout=30)
            if message["parent_header"].get("msg_id") != sent["header"]["msg_id"]:
                continue
            about.append(message)
            if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
                return about
        raise TimeoutError(kind)

    def comm(self, id, data):
        return [m["content"]["data"] for m in self.say("comm_msg", {"comm_id": id, "data": data}) if m["msg_type"] == "comm_msg"]

    def states(self):
        """All models, as asked for by a page that is loaded."""
        self.say("comm_open", {"comm_id": "control", "target_name": CONTROL, "data": {}})
        [answer] = self.comm("control", {"method": "request_states"})
        self.say("comm_close", {"comm_id": "control", "data": {}})
        assert answer["method"] == "update_states"
        return answer["states"]

    def custom(self, id, content):
        return [m["content"] for m in self.comm(id, {"method": "custom", "content": content})]


@pytest.fixture
def front(kernel):
    return Front(kernel)


def name_of(reply):
    """The name of the picture on the page."""
    [html] = reply.displays("text/html")
    return html.split('class="t101-pic" id="')[1].split('"')[0]


def test_the_one_model(front):
    [(id, model)] = front.states().items()
    assert (model["model_module"], model["model_name"], model["model_module_version"]) == ("anywidget", "AnyModel", "*")
    state = model["state"]
    assert state["_anywidget_id"] and state["_css"] and "initialize" in state["_esm"] and len(state["_esm"]) <= 60 << 10
    front.client.comm_info(WIDGET)
    reply = front.client.get_shell_msg(timeout=30)
    assert reply["content"]["comms"] == {id: {"target_name": WIDGET}}
    [answer] = front.comm(id, {"method": "request_state"})
    assert answer["method"] == "update" and answer["state"]["_esm"] == state["_esm"]


def test_a_run_goes_to_who_asks_for_it(front):
    [id] = front.states()
    reply = run(front.client, PICTURE)
    assert not [t for t in reply.types() if t.startswith("comm")], "nothing is sent for a picture that nobody touches"
    assert not reply.displays("application/vnd.jupyter.widget-view+json")
    name = name_of(reply)
    assert front.custom(id, {"ask": "have", "names": [name, "other"]}) == [{"have": [name]}]
    parts = front.custom(id, {"ask": "run", "name": name})
    assert all(len(p["text"]) <= 200_000 for p in parts)
    data = json.loads("".join(p["text"] for p in parts))
    assert data["token"] in reply.displays("text/html")[0]
    assert [lane["name"] for lane in data["lanes"]][0] == "main"
    assert data["sources"] == [{"name": "cell [1]", "text": PICTURE}]
    assert any(row.get("partners") for row in data["rows"])
    assert front.custom(id, {"ask": "run", "name": "other"}) == [{"run": "other", "gone": True}]


def test_a_page_that_is_loaded_again_finds_its_place(front):
    [id] = front.states()
    name = name_of(run(front.client, PICTURE))
    [echo] = front.comm(id, {"method": "update", "state": {"at": {name: 4, "other": 1}}, "buffer_paths": []})
    assert echo["method"] == "echo_update" and echo["state"]["at"] == {name: 4}
    assert front.states()[id]["state"]["at"] == {name: 4}


def test_while_a_cell_runs(front):
    [id] = front.states()
    name = name_of(run(front.client, PICTURE))
    busy = front.client.execute("%real\nfunc main() { time.Sleep(time.Minute) }")
    try:
        begin = time.monotonic()
        assert front.custom(id, {"ask": "have", "names": [name]}) == [{"have": [name]}]
        assert front.custom(id, {"ask": "run", "name": name})[0]["of"] == 1
        assert time.monotonic() - begin < 10, "the cell was waited for"
    finally:
        front.client.session.send(front.client.control_channel.socket, "interrupt_request", {})
        while front.client.get_shell_msg(timeout=30)["parent_header"].get("msg_id") != busy:
            pass


def test_nonsense_is_not_answered(front):
    [id] = front.states()
    for comm, data in [
        (id, None), (id, 7), (id, {}), (id, {"method": "custom", "content": {"ask": "have", "names": 7}}), (id, {"method": "update", "state": []}),
        (id, {"method": "custom", "content": {"ask": "run"}, "x": "x" * 300_000}), ("control", {"method": "request_states"}), ("nobody", {"method": "request_state"}),
    ]:
        about = front.say("comm_msg", {"comm_id": comm, "data": data})
        allowed = [m for m in about if m["msg_type"] == "comm_msg" and m["content"]["data"] == {"method": "custom", "content": {"have": []}}]
        assert len(about) == 2 + len(allowed), about
    front.say("comm_close", {"comm_id": id, "data": {}})
    assert list(front.states()) == [id], "another page may still have it"


VIEW = "application/vnd.jupyter.widget-view+json"


def test_off_and_on(front):
    [id] = front.states()
    reply = run(front.client, "%live off\n" + PICTURE)
    assert [m["content"]["data"]["state"] for m in reply.messages if m["msg_type"] == "comm_msg"] == [{"live": False}]
    assert front.custom(id, {"ask": "have", "names": [name_of(reply)]}) == [{"have": []}]
    assert front.states()[id]["state"]["live"] is False

    reply = run(front.client, "%live on\n" + PICTURE)
    name = name_of(reply)
    assert front.custom(id, {"ask": "have", "names": [name]}) == [{"have": [name]}]
    opening, shown = [m for m in reply.messages if m["msg_type"] == "comm_open" or VIEW in m["content"].get("data", {})]
    assert opening["metadata"] == {"version": "2.1.0"} and opening["content"]["target_name"] == WIDGET
    view = opening["content"]["comm_id"]
    assert opening["content"]["data"]["state"]["run"] == name
    assert shown["content"]["data"][VIEW]["model_id"] == view and shown["content"]["data"]["text/plain"]
    assert set(front.states()) == {id, view}
    assert front.custom(view, {"ask": "run", "name": name})[0]["of"] == 1

    reply = run(front.client, "%live auto\n" + PICTURE)
    assert not reply.displays(VIEW)
    reply = run(front.client, "%live perhaps")
    assert reply.status == "error" and "%live on" in reply.content["evalue"]


LOST = """var balance = 100
func pay(amount int, done chan bool) { balance += amount; done <- true }
func main() {
	done := make(chan bool)
	go pay(10, done)
	go pay(20, done)
	<-done
	<-done
	fmt.Println(balance)
}"""


def test_how_a_run_goes_on_is_decided_by_hand(front):
    [id] = front.states()
    reply = run(front.client, LOST)
    name = name_of(reply)
    token = json.loads(front.custom(id, {"ask": "run", "name": name})[0]["text"])["token"]

    def decide(request, who="me"):
        answers = front.custom(id, {"ask": "step", "name": name, "who": who, "request": request})
        assert all(a["step"] == name and a["who"] == who for a in answers)
        return json.loads("".join(a["text"] for a in answers))

    here = decide({"do": "from", "token": token + "@4"})
    state = here["reply"]["state"]
    assert state["choices"] and here["run"]["rows"][-1]["step"] <= 4
    other = decide({"do": "state"}, who="another page")
    assert other["reply"]["state"]["made"] == 0, "each player has a run of its own"
    stale = decide({"do": "choose", "choice": 1, "at": state["version"] + 7})
    assert stale["reply"]["error"]["code"] == "stale" and "run" not in stale
    on = decide({"do": "choose", "choice": 1, "at": state["version"]})
    assert len(on["run"]["rows"]) > len(here["run"]["rows"])
    assert len(decide({"do": "undo"})["run"]["rows"]) == len(here["run"]["rows"])
    made = decide({"do": "finish"})
    assert made["reply"]["state"]["ended"]
    again = run(front.client, "%replay " + made["reply"]["state"]["token"] + "\n" + LOST)
    rows = json.loads(front.custom(id, {"ask": "run", "name": name_of(again)})[0]["text"])["rows"]
    assert [r["says"] for r in rows] == [r["says"] for r in made["run"]["rows"]], "the run made by hand is the replay of its token"
    assert decide({"do": "dance"})["reply"]["error"]["code"] == "unknown"
    assert decide("nonsense")["reply"]["error"]["code"] == "malformed"
    assert front.custom(id, {"ask": "step", "name": "other", "who": "me", "request": {}}) == [{"step": "other", "who": "me", "gone": True}]
