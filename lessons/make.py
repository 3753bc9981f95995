"""Make notebooks/ from lessons/, or check that they agree.

    python lessons/make.py           writes notebooks/NN-name.ipynb from lessons/NN-name.md
    python lessons/make.py --check   exits 1 and names each notebook that differs
    python lessons/make.py --tokens [LESSON…]
                                     runs every token in the lessons, and every %explore and %check, through
                                     the kernel; exits 1 and prints what does not show what claims.py says,
                                     with a fresh token where it is one
    python lessons/make.py --tokens --write [LESSON…]
                                     the same, and writes the fresh tokens into lessons/ and notebooks/
    python lessons/make.py --exported [LESSON…]
                                     writes the run of each token as a plain Go program, and runs it 100 times

The text in lessons/ is what is reviewed. A notebook holds nothing else: no
outputs, no execution counts, and cell ids that depend on the position only.
"""

import hashlib
import pathlib
import sys

import jupytext
import nbformat

ROOT = pathlib.Path(__file__).resolve().parent.parent


# What the kernel tells of its language. A front end writes it into a notebook: one that
# has it already is not changed by being opened.
LANGUAGE = {"codemirror_mode": "go", "file_extension": ".go", "mimetype": "text/x-go", "name": "go",
            "nbconvert_exporter": "script", "pygments_lexer": "go", "version": "1.26"}


def notebook(source: pathlib.Path) -> str:
    book = jupytext.read(source)
    book.metadata.pop("jupytext", None)
    book.metadata["language_info"] = LANGUAGE
    book.nbformat, book.nbformat_minor = 4, 5
    for number, cell in enumerate(book.cells):
        cell["id"] = f"{source.stem}-{number:02}"
        if cell.cell_type == "code":
            cell.outputs, cell.execution_count = [], None
        if "check" in cell.metadata.get("tags", []):
            cell.metadata.setdefault("threading101", {})["check"] = {"lesson": source.stem, "sum": summed(cell.source)}
    spread_slides(book.cells)
    share_hints([c for c in book.cells if c.cell_type == "code"])
    nbformat.validate(book)
    return nbformat.writes(book) + "\n"


def summed(text: str) -> str:
    """By what the kernel knows the text of a locked check: lessons.Sum in kernel/lessons."""
    return hashlib.sha256(text.strip().encode()).hexdigest()[:12]


def spread_slides(cells):
    """Give each run a slide of its own, below the section's first: a screen holds one program and its picture.

    What comes before a program is on its slide, and so is the answer behind a fold below it."""
    ran = False
    for cell in cells:
        if "slideshow" in cell.metadata:
            ran = False
        elif ran and not cell.source.startswith("<details>"):
            cell.metadata["slideshow"] = {"slide_type": "subslide"}
            ran = False
        ran = ran or cell.cell_type == "code"


def share_hints(cells):
    """Give the hints of a task to the check below it, where a learner who saw it fail asks for them."""
    for task, check in zip(cells, cells[1:]):
        hints = task.metadata.get("threading101", {}).get("hints")
        if hints and "check" in check.metadata.get("tags", []):
            check.metadata.setdefault("threading101", {}).setdefault("hints", hints)


def main(check: bool) -> int:
    sources = sorted(s for p in ("[0-9][0-9]*-*.md", "f[0-9]-*.md") for s in (ROOT / "lessons").glob(p))
    wanted = {ROOT / "notebooks" / (s.stem + ".ipynb"): notebook(s) for s in sources}
    stale = [p for p in (ROOT / "notebooks").glob("*.ipynb") if p not in wanted]
    differing = [p for p, text in wanted.items() if not p.exists() or p.read_text() != text]
    if check:
        for path in differing + stale:
            print(f"{path.relative_to(ROOT)} differs from lessons/: run make notebooks")
        print(f"{len(wanted)} notebooks, {len(differing) + len(stale)} out of step")
        return 1 if differing or stale else 0
    for path, text in wanted.items():
        path.write_text(text)
    for path in stale:
        path.unlink()
    print(f"{len(wanted)} notebooks written")
    return 0


if __name__ == "__main__":
    options = set(sys.argv[1:])
    if "--tokens" in options:
        import tokens

        import explored

        write, only = "--write" in options, options - {"--tokens", "--write"}
        status = max(tokens.main(write, only), explored.main(only))
        sys.exit(main(check=False) if write else status)
    if "--exported" in options:
        import exported

        sys.exit(exported.main(options - {"--exported"}))
    sys.exit(main("--check" in options))
