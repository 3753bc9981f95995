"""The first cells of a user who has never compiled anything, on a machine where the kernel is installed."""

import os
import pathlib

from jupyter_client.manager import start_new_kernel

from conftest import run

COUNT = """import ("fmt"; "sync")

func main() {
	var wg sync.WaitGroup
	for i := range 3 {
		wg.Go(func() { fmt.Println("worker", i) })
	}
	wg.Wait()
}"""
RACE = "%race\n" + COUNT.replace("worker", "raced")
DATABASE = """import ("database/sql"; "fmt"; _ "modernc.org/sqlite")

func main() {
	db, err := sql.Open("sqlite", ":memory:")
	fmt.Println(db.Ping(), err)
}"""


def test_nothing_is_compiled_twice(tmp_path):
    """The picture, the race detector and a database need nothing but the cell itself to be compiled."""
    home = {name: value for name, value in os.environ.items() if not name.startswith(("GO", "XDG_"))}
    home |= {"HOME": str(tmp_path), "GOPROXY": "off", "GOFLAGS": "-buildvcs=false"}
    manager, client = start_new_kernel(kernel_name="threading101", startup_timeout=60, env=home)
    try:
        first = run(client, COUNT)
        assert first.stream().count("worker") == 3 and first.displays("image/svg+xml"), first.messages
        assert run(client, RACE).stream().count("raced") == 3
        assert run(client, DATABASE).stream() == "<nil> <nil>\n"
    finally:
        client.stop_channels()
        manager.shutdown_kernel(now=False)
    compiled = [path for path in pathlib.Path(tmp_path, ".cache", "go-build").glob("*/*-d")
                if path.read_bytes().startswith(b"!<arch>")]
    assert not compiled, compiled
