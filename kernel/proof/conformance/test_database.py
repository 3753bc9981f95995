"""Programs with databases, through the wire: a PostgreSQL of our own, SQLite, and what is there without a network."""

import os
import pathlib
import re
import shutil
import signal
import subprocess
import time

import pytest
from jupyter_client.manager import start_new_kernel

from conftest import ROOT, run

OPEN = """import (
	"database/sql"
	"os"
	"strings"

	_ "github.com/jackc/pgx/v5/stdlib"
	_ "modernc.org/sqlite"
)

func open() *sql.DB {
	url, driver := os.Getenv("DATABASE_URL"), "pgx"
	if strings.HasPrefix(url, "file:") {
		driver = "sqlite"
	}
	db, err := sql.Open(driver, url)
	if err != nil {
		panic(err)
	}
	return db
}
"""
COUNT = """func main() {
	db := open()
	db.Exec("CREATE TABLE IF NOT EXISTS visits (n int)")
	if _, err := db.Exec("INSERT INTO visits VALUES (1)"); err != nil {
		fmt.Println(err)
	}
	n := 0
	db.QueryRow("SELECT count(*) FROM visits").Scan(&n)
	fmt.Println("visits:", n, os.Getenv("DATABASE_URL")[:5])
}
"""


def processes(mark):
    """The processes whose environment has mark."""
    found = []
    for environ in pathlib.Path("/proc").glob("[0-9]*/environ"):
        try:
            if mark in environ.read_bytes().split(b"\0"):
                found.append(int(environ.parent.name))
        except OSError:
            pass
    return found


def folder(address):
    """The folder of a kernel's databases, from what %db says."""
    return address.partition("host=")[2].partition("/pg&")[0]


def mark(address):
    return b"THREADING101_DATABASE=" + os.path.basename(folder(address)).removesuffix("-db").encode()


def says(reply):
    return "\n".join(reply.displays("text/plain"))


def failure(reply):
    assert reply.status == "error"
    return reply.content["evalue"]


@pytest.fixture(scope="module")
def offline():
    """A kernel on a machine without a network, of a learner whose home cannot be written."""
    cache = subprocess.run(["go", "env", "GOCACHE"], capture_output=True, text=True, check=True).stdout.strip()
    env = dict(os.environ, GOPROXY="off", GOFLAGS="", HOME="/nosuch", GOCACHE=cache)
    for name in "GOMODCACHE", "GOPATH":  # the modules are those that setup has fetched, not the machine's
        env.pop(name, None)
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, env=env)
    yield client
    client.stop_channels()
    manager.shutdown_kernel(now=False)


def test_a_database_outlives_its_programs_until_it_is_reset(offline):
    assert run(offline, OPEN, timeout=200).status == "ok"
    for visit in 1, 2:
        reply = run(offline, COUNT)
        assert reply.stream() == f"visits: {visit} postg\n", reply.content
    assert says(run(offline, "%db")).startswith("PostgreSQL ")
    assert "empty" in says(run(offline, "%db reset"))
    assert run(offline, COUNT).stream() == "visits: 1 postg\n"


def test_sqlite_is_one_word_away(offline):
    assert says(run(offline, "%db sqlite")).startswith("SQLite")
    assert run(offline, COUNT).stream() == "visits: 1 file:\n"
    assert "no DATABASE_URL" in says(run(offline, "%db off"))
    assert says(run(offline, "%db auto")).startswith("PostgreSQL ")
    assert 'not "mysql"' in failure(run(offline, "%db mysql"))


def test_a_server_that_was_killed_comes_back(offline):
    run(offline, "%db reset")
    run(offline, COUNT)
    mine = mark(says(run(offline, "%db")))
    server = min(processes(mine))
    os.kill(server, signal.SIGKILL)
    while server in processes(mine):
        time.sleep(0.001)
    reply = run(offline, COUNT)
    assert reply.stream() == "visits: 2 postg\n"
    assert "had ended, so it was started again" in says(reply)
    assert "had ended" not in says(run(offline, COUNT))


def test_cells_of_one_program_begin_with_an_empty_database(offline):
    for code, printed in [
        ('bank := open()\n_, err := bank.Exec("CREATE TABLE steps (n int)")\nfmt.Println(err)', "<nil>\n"),
        ('bank.Exec("INSERT INTO steps VALUES (1)")\nn := 0\nbank.QueryRow("SELECT count(*) FROM steps").Scan(&n)\nfmt.Println(n)', "1\n"),
        ('bank.QueryRow("SELECT count(*) FROM steps").Scan(&n)\nfmt.Println("still", n)', "still 1\n"),
    ]:
        reply = run(offline, code)
        assert reply.stream() == printed, reply.content
    run(offline, "%new")


def test_a_wrong_address_is_named_and_no_password_shown(offline):
    run(offline, "%env DATABASE_URL=postgres://joe:verysecret@127.0.0.1:1/bank")
    for reply in run(offline, COUNT), run(offline, "%db"):
        assert "127.0.0.1:1, and no server listens there" in failure(reply)
        assert "%db postgres" in "\n".join(reply.content["traceback"])
        assert "verysecret" not in str(reply.messages) + str(reply.content)
    assert "does not touch" in failure(run(offline, "%db reset"))
    run(offline, "%db postgres")
    assert run(offline, COUNT).stream().endswith("postg\n")


def test_a_mistake_in_sql_is_told_with_its_place(offline):
    run(offline, OPEN)
    wrong = 'func main() {\n\tdb := open()\n\tif _, err := db.Exec("SELEC 1"); err != nil {\n\t\tpanic(err)\n\t}\n}\n'
    reply = run(offline, wrong)
    report = re.sub(r"\x1b\[[\d;]*m", "", "\n".join(reply.content["traceback"]))
    assert 'syntax error at or near "SELEC"' in report and re.search(r"cell \d+, line 4 +main", report), report


def test_an_interrupted_statement_keeps_nothing_locked(offline):
    """It waits in the database, in a transaction that has a row, and the program is stopped: the next one gets the table."""
    run(offline, OPEN)
    stuck = """func main() {
	db := open()
	db.Exec("CREATE TABLE IF NOT EXISTS visits (n int)")
	tx, _ := db.Begin()
	tx.Exec("LOCK TABLE visits")
	fmt.Println("locked")
	tx.Exec("SELECT pg_sleep(10000)")
}
"""

    def stop(message):
        if message["msg_type"] == "stream" and "locked" in message["content"]["text"]:
            offline.control_channel.send(offline.session.msg("interrupt_request", {}))

    stopped = offline.execute_interactive(stuck, timeout=60, allow_stdin=False, output_hook=stop)
    assert "interrupted" in stopped["content"]["evalue"]
    assert run(offline, 'func main() {\n\t_, err := open().Exec("DROP TABLE IF EXISTS visits")\n\tfmt.Println(err)\n}\n').stream() == "<nil>\n"


def test_a_killed_kernel_leaves_no_server_and_no_folder_and_others_their_own(offline):
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60)
    try:
        address = says(run(client, "%db"))
        others = says(run(offline, "%db"))
        assert folder(address) != folder(others)
        assert processes(mark(address))
        os.kill(manager.provisioner.process.pid, signal.SIGKILL)
        deadline = time.monotonic() + 20
        while processes(mark(address)) or os.path.exists(folder(address)):
            assert time.monotonic() < deadline, (processes(mark(address)), folder(address))
            time.sleep(0.01)
        assert processes(mark(others)) and says(run(offline, "%db")) == others
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=True)


def test_the_command_line_lends_one_too(tmp_path):
    for name in "go.mod", "go.sum":
        shutil.copy(ROOT / "kernel/build/modules" / name.replace("go.", "learner."), tmp_path / name)
    (tmp_path / "main.go").write_text("package main\n\n" + OPEN.replace('"os"', '"fmt"\n\t"os"', 1) + COUNT)
    for _ in 1, 2:  # each run has its own server
        ran = subprocess.run([ROOT / "bin/threading101", "run", "main.go"], cwd=tmp_path, capture_output=True, text=True, timeout=200)
        assert (ran.returncode, ran.stdout) == (0, "visits: 1 postg\n"), ran


@pytest.mark.parametrize("mistake, told", [
    ("tx, _ := db.Begin()\n\ttx.Exec(set)\n\tdb.Exec(set)\n\ttx.Commit()", "use the transaction for all of its statements"),
    ("db.SetMaxOpenConns(1)\n\trows, _ := db.Query(\"SELECT n FROM one\")\n\trows.Next()\n\tdb.Exec(set)", "a query keeps it until all rows are read or closed"),
])
def test_who_waits_for_itself_in_a_database_is_told(offline, mistake, told):
    """A program without goroutines was run as it is: it waited for ever, and the cell with it."""
    run(offline, OPEN, timeout=200)
    reply = run(offline, f"""const set = "UPDATE one SET n = 2"

func main() {{
	db := open()
	db.Exec("DROP TABLE IF EXISTS one")
	db.Exec("CREATE TABLE one (n int)")
	db.Exec("INSERT INTO one VALUES (1)")
	{mistake}
}}""")
    assert failure(reply).startswith("fatal error: all goroutines are asleep"), reply.content
    assert told in " ".join("\n".join(reply.content["traceback"]).split())
