"""What being in a room costs a run: one kernel, the same cell in and out of a room in turn."""

import pathlib
import statistics
import sys
import tempfile
import time

import classroom

CELL = """var total int

func main() {
	var wg sync.WaitGroup
	for range 5 {
		wg.Go(func() { total++ })
	}
	wg.Wait()
	fmt.Println(total)
}
"""


def took(client, code):
    began = time.perf_counter()
    reply = client.execute_interactive(code, timeout=60, allow_stdin=False, output_hook=lambda m: None)
    assert reply["content"]["status"] == "ok", reply["content"]
    return time.perf_counter() - began


def main(rounds):
    with tempfile.TemporaryDirectory() as folder, classroom.room() as room, classroom.learner(pathlib.Path(folder)) as client:
        took(client, CELL)
        times = {"off": [], f"{room.code}@{room.address}": [], "kbd-7xm@192.0.2.1:9": []}
        for _ in range(rounds):
            for where, list in times.items():
                took(client, f"%room {where}")
                took(client, CELL)
                list.extend(took(client, CELL) for _ in range(10))
        off, within, dead = (statistics.median(list) * 1000 for list in times.values())
        print(f"unchanged cell, request to reply: in no room {off:.2f} ms, in a room {within:.2f} ms ({within - off:+.2f}), "
              f"in a room that does not answer {dead:.2f} ms ({dead - off:+.2f})")


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 20)
