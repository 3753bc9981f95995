"""The slips of a first hour: what the learner reads, through the wire."""

import re

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import run


@pytest.fixture(scope="module")
def client():
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    assert run(client, "func greet(name string) { fmt.Println(\"hello\", name) }").status == "ok"
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=False)


def text(reply):
    """What is said, without colours, as one line."""
    return " ".join(re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(reply.content["traceback"])).split())


# code, the line of the error, what is said, and what is advised
SLIPS = [
    ("fmt.Printn(1)", 1, "undefined: fmt.Printn (did you mean Println?)", ""),
    ("func main() {\n\ttime.Slep(3)\n}", 2, "undefined: time.Slep (did you mean Sleep?)", ""),
    ("var wg sync.Waitgroup\nwg.Wait()", 1, "undefined: sync.Waitgroup", "WaitGroup"),
    ("wg := new(sync.WaitGroup)\nwg.Wiat()", 2, "(type *sync.WaitGroup has no field or method Wiat) (did you mean Wait?)", ""),
    ("counter := 1\nfmt.Println(coutner)", 2, "undefined: coutner (did you mean counter?)", ""),
    ("fmt.Println(rand.Intnn(3))", 1, "undefined: rand.Intnn (did you mean Intn?)", ""),
    ("func g() {}\n\nfunc g() {}", 3, "g redeclared in this block (also declared in line 1)", "two declarations"),
    ("func main() {}\nfunc main() {}", 2, "main redeclared", "two declarations"),
    ("type T int\ntype T string", 2, "T redeclared", "two declarations"),
    ("func main() {\n\tx := 1\n}", 2, "declared and not used: x", ""),
    ("import \"os\"\nfunc main() { }", 0, "", ""),
    ("x = 1", 1, "undefined: x", ":="),
    ("func main() {\n\tgo greet\n}", 2, "must be function call", ""),
    ("go greet", 1, "must be function call", ""),
    ("for i := 0; i < 3; i++ {\n\tgreet(\"a\")", 2, "expected '}'", "no }"),
    ("greet(\"a\"", 1, "missing ','", "the closing bracket is missing"),
    ("var n int = \"one\"", 1, "cannot use \"one\"", ""),
    ("greet(1)", 1, "cannot use 1", ""),
    ("greet()", 1, "not enough arguments in call to greet", "fewer values"),
    ("func f() int {\n}", 2, "missing return", "return"),
    ("if true\n{\n}", 1, "unexpected newline, expecting {", "cannot go on the next line"),
    ("while true { }", 1, "", "Go has no while"),
    ("int x = 3", 1, "", "n := 3"),
    ("func main() {\n\tint x = 3\n}", 2, "", "n := 3"),
    ("let x = 5", 1, "", "Go has no let"),
    ("a := 1\nb := a +", 2, "expected operand", "a value is still missing"),
    ("fmt.Println(1)\nfunc main() {}", 1, "expected declaration", "inside func main, or in a cell without one"),
    ("fmt.Println(1)\nfor {\n}", 2, "main loops", "was at cell"),
    ("print(\"hello)", 1, "string literal not terminated", ""),
    ("greet(\u201cA\u201d)", 1, "curly quotation mark", ""),
    ("mu := new(sync.Mutex)\nmu.Acquire()", 2, "Acquire", "Lock()"),
    ("fmt.println(1)", 1, "undefined: fmt.println", "Println"),
]


@pytest.mark.parametrize("code, line, said, advice", SLIPS, ids=[s[0].splitlines()[0][:24] for s in SLIPS])
def test_slip(client, code, line, said, advice):
    reply = run(client, code)
    if not line:
        assert reply.status == "ok"
        return
    number = reply.content.get("execution_count")
    assert reply.status == "error", "nothing is said"
    assert f"cell {number}, line {line}" in reply.content["evalue"], text(reply)
    assert said in reply.content["evalue"], text(reply)
    assert advice in text(reply), text(reply)
    assert "main.go" not in text(reply)


LEFT_OUT = [
    ("import \"fmtt\"\nfunc main() { }", "\"fmtt\" was left out: nothing uses it", "did you mean \"fmt\"?"),
    ("import (\n\t\"fmt\"\n\t\"snyc\"\n)\n\nfunc main() {\n\tfmt.Println(1)\n}", "\"snyc\" was left out", "did you mean \"sync\"?"),
    ("import \"net/htpp\"", "\"net/htpp\" was left out", "did you mean \"net/http\"?"),
    ("import \"threads\"\nfmt.Println(1)", "\"threads\" was left out", "has no such package"),
]


@pytest.mark.parametrize("code, said, advice", LEFT_OUT, ids=[c[1].split('"')[1] for c in LEFT_OUT])
def test_a_misspelt_import_that_nothing_uses_is_named(client, code, said, advice):
    """Go itself refuses it. GoNB alone leaves it out without a word, as it does with every import that is not used."""
    for _ in range(2):  # unchanged, it is not built again
        reply = run(client, code)
        told = " ".join(reply.displays("text/plain"))
        assert reply.status == "ok" and said in told and advice in told, reply.messages


def test_an_import_that_nothing_uses_yet_is_no_slip(client):
    reply = run(client, "import (\n\t\"os\"\n\t\"net/http\"\n\t\"example.com/later\"\n\tf \"fmt\"\n)\n\nfunc main() { }")
    assert "left out" not in " ".join(reply.displays("text/plain"))


def test_what_a_cell_declares_is_said_quietly(client):
    reply = run(client, "type Account struct{ balance int }\n\nfunc (a *Account) Deposit(n int) { a.balance += n }\n\nvar one, two int")
    assert reply.displays("text/plain") == ["declared: type Account, func Account.Deposit, var one, var two"]
    assert reply.stream() == ""
    many = run(client, "\n".join(f"const c{i} = {i}" for i in range(20)))
    assert many.displays("text/plain") == ["declared: " + ", ".join(f"const c{i}" for i in range(8)) + ", 12 more"]
    assert "did you mean main?" in run(client, "func Main() { greet(\"A\") }").displays("text/plain")[0]


def test_a_method_that_was_left_over_is_named_with_its_cell(client):
    old = run(client, "type Ticket struct{ number, price int }\nfunc (t *Ticket) Show() { fmt.Println(t.price) }")
    number = old.content["execution_count"]
    reply = run(client, "type Ticket struct{ number int }")
    assert f"cell {number}, line 2" in reply.content["evalue"]
    assert f"cell [{number}] still declares this" in text(reply) and "%rm Ticket~Show" in text(reply)
    assert run(client, "%rm Ticket~Show").status == "ok"
    assert run(client, "type Ticket struct{ number int }").status == "ok"


def test_a_cell_in_the_middle_after_a_restart():
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    try:
        reply = run(client, "a := NewWorker(\"A\")\nb := NewWorker(\"B\")\nstart(a, b)")
        assert reply.content["evalue"] == "not declared in this kernel yet: NewWorker and start"
        assert "run the cells above first" in text(reply)
        assert "did you mean" in run(client, "counter := 1\nfmt.Println(coutner)").content["evalue"]
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)
