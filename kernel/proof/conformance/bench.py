"""Speed and memory of the kernel, as ratios against unmodified GoNB in the same session.

    python kernel/proof/conformance/bench.py [ROUNDS]

Both kernels run at once on the same machine and take turns, so that a drift of
the machine's speed meets both. The figure is the median over the rounds.
"""

import json
import os
import pathlib
import statistics
import sys
import tempfile
import time

from jupyter_client.kernelspec import KernelSpecManager
from jupyter_client.manager import KernelManager

ROOT = pathlib.Path(__file__).resolve().parents[3]
BIN = ROOT / "bin"

WORKER = """
type Worker struct { name string; counter int; delay time.Duration }
func (w *Worker) Run(wg *sync.WaitGroup) {
	defer wg.Done()
	for i := w.counter; i > 0; i-- {
		time.Sleep(w.delay)
		fmt.Println(w.name, i)
	}
}
"""

EDITED = """
func main() {{
	fmt.Println("first", {n})
	var wg sync.WaitGroup
	for _, name := range []string{{"A", "B"}} {{
		wg.Add(1)
		w := &Worker{{name, 3, time.Millisecond}}
		go w.Run(&wg)
	}}
	wg.Wait()
}}
"""


def specs(folder):
    """A kernelspec of GoNB alone, beside our own."""
    gonb = folder / "kernels" / "gonb"
    gonb.mkdir(parents=True)
    env = {"PATH": f"{BIN}:{os.environ['PATH']}"}
    (gonb / "kernel.json").write_text(json.dumps({
        "argv": [str(BIN / "gonb"), "-kernel", "{connection_file}"], "display_name": "GoNB", "language": "go", "env": env}))
    manager = KernelSpecManager()
    manager.kernel_dirs.insert(0, str(folder / "kernels"))
    return manager


class Kernel:
    def __init__(self, name, manager):
        begin = time.perf_counter()
        self.manager = KernelManager(kernel_name=name, kernel_spec_manager=manager)
        self.manager.start_kernel(stderr=open(os.devnull, "w"))
        self.client = self.manager.client()
        self.client.start_channels()
        self.client.wait_for_ready(timeout=60)
        self.ready = time.perf_counter() - begin
        self.pid = self.manager.provisioner.process.pid

    def first_output(self, code):
        """Seconds from sending the request to the first stream message."""
        begin, first = time.perf_counter(), []

        def hook(message):
            if message["msg_type"] == "stream" and not first:
                first.append(time.perf_counter() - begin)

        reply = self.client.execute_interactive(code, timeout=60, allow_stdin=False, output_hook=hook)
        assert reply["content"]["status"] == "ok", reply["content"]
        return first[0] if first else None

    def picture(self, code):
        """Seconds from sending the request to the last thing shown: with us, the picture."""
        begin, last = time.perf_counter(), []

        def hook(message):
            if message["msg_type"] in ("stream", "display_data"):
                last.append(time.perf_counter() - begin)

        reply = self.client.execute_interactive(code, timeout=60, allow_stdin=False, output_hook=hook)
        assert reply["content"]["status"] == "ok", reply["content"]
        return last[-1]

    def memory(self):
        """Proportional set size in bytes of the kernel and all below it."""
        sys.path.insert(0, str(pathlib.Path(__file__).parent))
        from test_faults import descendants
        total = 0
        for pid in descendants(self.pid) | {self.pid}:
            try:
                for line in pathlib.Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines():
                    if line.startswith("Pss:"):
                        total += int(line.split()[1]) * 1024
            except OSError:
                continue
        return total

    def stop(self):
        self.client.stop_channels()
        self.manager.shutdown_kernel(now=False)


def row(what, ours, theirs, unit="ms", scale=1000):
    a, b = statistics.median(ours), statistics.median(theirs)
    print(f"{what:<38} {a * scale:8.1f} {unit}  {b * scale:8.1f} {unit}  ratio {a / b:5.2f}", flush=True)


def main(rounds):
    with tempfile.TemporaryDirectory() as folder:
        manager = specs(pathlib.Path(folder))
        names = ("threading101", "gonb")
        print(f"{'median of ' + str(rounds):<38} {'ours':>11}  {'GoNB':>11}")
        ready = {n: [] for n in names}
        for _ in range(min(rounds, 5)):
            for name in names:
                kernel = Kernel(name, manager)
                ready[name].append(kernel.ready)
                kernel.stop()
        row("start to ready", ready["threading101"], ready["gonb"])
        kernels = {n: Kernel(n, manager) for n in names}
        edited, unchanged = {n: [] for n in names}, {n: [] for n in names}
        for kernel in kernels.values():
            kernel.client.execute_interactive(WORKER, timeout=60, allow_stdin=False, output_hook=lambda m: None)
            kernel.first_output(EDITED.format(n=0))
        new = time.time_ns()  # a text that no kernel has built before
        for n in range(1, rounds + 1):
            for name in names if n % 2 else reversed(names):
                edited[name].append(kernels[name].first_output(EDITED.format(n=new + n)))
        for n in range(rounds):
            for name in names if n % 2 else reversed(names):
                unchanged[name].append(kernels[name].first_output(EDITED.format(n=new + rounds)))
        drawn = {n: [] for n in names}
        for n in range(rounds):
            for name in names if n % 2 else reversed(names):
                drawn[name].append(kernels[name].picture(EDITED.format(n=new + rounds)))
        raced = {n: [] for n in names}
        kernels["gonb"].client.execute_interactive("%goflags -race", timeout=60, allow_stdin=False, output_hook=lambda m: None)
        for n in range(min(rounds, 7)):
            for name, head in (("threading101", "%race"), ("gonb", "")):
                took = kernels[name].picture(head + EDITED.format(n=new + rounds))
                if n > 0:  # the first one is built
                    raced[name].append(took)
        kernels["gonb"].client.execute_interactive('%goflags ""', timeout=60, allow_stdin=False, output_hook=lambda m: None)
        row("edited cell to first output", edited["threading101"], edited["gonb"])
        row("unchanged cell to first output", unchanged["threading101"], unchanged["gonb"])
        row("unchanged cell to its picture", drawn["threading101"], drawn["gonb"])
        row("unchanged %race cell to its picture", raced["threading101"], raced["gonb"])
        row("idle memory, all processes", [kernels["threading101"].memory()], [kernels["gonb"].memory()], "MB", 1e-6)
        for kernel in kernels.values():
            kernel.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 15)
