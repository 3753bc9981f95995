"""Every way to reach the kernel: two clients, two kernels, a console, nbclient."""

import os
import subprocess
import sys
import threading

import nbformat
import pytest
from jupyter_client import BlockingKernelClient
from jupyter_client.manager import start_new_kernel
from nbclient import NotebookClient
from nbclient.exceptions import CellExecutionError

from conftest import run

DRAWN = 'func main() {\n\tdone := make(chan bool)\n\tgo func() { fmt.Println("A"); close(done) }()\n\t<-done\n}'


@pytest.fixture
def second(kernel):
    """Another client of the same kernel, by its connection file."""
    client = BlockingKernelClient(connection_file=kernel.connection_file)
    client.load_connection_file()
    client.start_channels()
    client.wait_for_ready(timeout=30)
    yield client
    client.stop_channels()


def until_all_idle(client, message_ids):
    """What iopub brings until all these requests are done, by request: nobody says which runs first."""
    messages, waiting = {i: [] for i in message_ids}, set(message_ids)
    while waiting:
        message = client.get_iopub_msg(timeout=30)
        of = message["parent_header"].get("msg_id")
        if of not in messages:
            continue
        messages[of].append(message)
        if message["msg_type"] == "status" and message["content"]["execution_state"] == "idle":
            waiting.remove(of)
    return messages


def test_two_clients_each_get_their_replies_and_both_see_everything(kernel, second):
    a = kernel.execute('func main() { fmt.Println("from the first") }', allow_stdin=False)
    b = second.execute('func main() { fmt.Println("from the second") }', allow_stdin=False)
    for client in (kernel, second):
        seen = until_all_idle(client, (a, b))
        for message_id, words in ((a, "from the first\n"), (b, "from the second\n")):
            assert "".join(m["content"]["text"] for m in seen[message_id] if m["msg_type"] == "stream") == words
    for client, own in ((kernel, a), (second, b)):
        reply = client.get_shell_msg(timeout=30)
        assert reply["parent_header"]["msg_id"] == own and reply["content"]["status"] == "ok"
        assert not client.shell_channel.msg_ready(), "a reply to someone else's request"


def test_two_clients_share_what_is_declared(kernel, second):
    run(kernel, "func shared() int { return 7 }")
    assert run(second, "func main() { fmt.Println(shared()) }").stream() == "7\n"


def test_only_the_client_that_ran_the_cell_is_asked_for_input(kernel, second):
    messages = []
    kernel.execute_interactive('func main() { var s string; fmt.Scanln(&s); fmt.Println("hello", s) }', timeout=30,
                               allow_stdin=True, stdin_hook=lambda m: kernel.input("Ada"), output_hook=messages.append)
    assert "hello Ada\n" in "".join(m["content"].get("text", "") for m in messages)
    assert not second.stdin_channel.msg_ready()


def test_the_going_of_one_client_does_not_disturb_the_other(kernel):
    other = BlockingKernelClient(connection_file=kernel.connection_file)
    other.load_connection_file()
    other.start_channels()
    other.wait_for_ready(timeout=30)
    other.execute('func main() { for i := 0; i < 100_000; i++ { fmt.Println(i) } }', allow_stdin=False)
    other.stop_channels()
    assert run(kernel, 'func main() { fmt.Println("undisturbed") }').stream() == "undisturbed\n"


def test_two_kernels_at_once(kernel):
    manager, other = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    try:
        run(kernel, "func which() string { return \"one\" }")
        run(other, "func which() string { return \"two\" }")
        replies = {}

        def execute(name, client):
            replies[name] = run(client, "func main() { fmt.Println(which()) }")

        threads = [threading.Thread(target=execute, args=a) for a in (("one", kernel), ("two", other))]
        for t in threads:
            t.start()
        for t in threads:
            t.join()
        assert {n: r.stream() for n, r in replies.items()} == {"one": "one\n", "two": "two\n"}
    finally:
        other.stop_channels()
        manager.shutdown_kernel(now=False)
    assert run(kernel, "func main() { fmt.Println(which()) }").stream() == "one\n"


# The console ends at the end of its input, whether or not it has shown all that the
# last cell sent: a reply and what is displayed come on two sockets. So one more is typed.
LAST = "%picture on\n"


def console(typed, timeout=90):
    """What jupyter console shows when these lines are typed at its simple prompt."""
    done = subprocess.run([sys.executable, "-m", "jupyter_console", "--kernel", "threading101", "--simple-prompt",
                           "--ZMQTerminalInteractiveShell.confirm_exit=False"],
                          input=typed + LAST, capture_output=True, text=True, timeout=timeout, env={**os.environ, "TERM": "dumb"})
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout + done.stderr


def test_the_console_prints_the_output_and_the_lanes_as_text():
    shown = console('func main() { done := make(chan bool); go func() { fmt.Println("in A"); close(done) }(); <-done }\n')
    assert "in A" in shown
    assert "Every goroutine had ended when main returned." in shown
    assert "step" in shown and "■ main returns" in shown
    assert "<svg" not in shown and "<div" not in shown


def test_the_console_shows_errors():
    shown = console("func main() { fmt.Println(nowhere) }\n")
    assert "undefined: nowhere" in shown


def test_nbclient_executes_a_notebook_and_keeps_all_forms():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(DRAWN)])
    NotebookClient(book, kernel_name="threading101", timeout=60).execute()
    nbformat.validate(book)
    data = [o["data"] for o in book.cells[0].outputs if o.output_type == "display_data"]
    assert len(data) == 1
    assert set(data[0]) >= {"text/plain", "image/svg+xml", "text/html", "application/vnd.threading101.run+json"}


def test_nbclient_stops_at_a_failing_cell():
    book = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(c) for c in ("func main() { os.Exit(3) }", DRAWN)])
    with pytest.raises(CellExecutionError):
        NotebookClient(book, kernel_name="threading101", timeout=60).execute()
    assert not book.cells[1].outputs
