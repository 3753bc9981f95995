"""How the lessons, the guide and the README speak: plain English that a learner at B1 can read.

    python lessons/voice.py [FILE…]   exits 1 and names each sentence that is too long, each
                                      phrase to replace, and each text that is too hard
    python lessons/voice.py -v        also prints the measures of each text

The prose of a file is what a reader sees of it: text, tables, the questions of %predict,
hints, comments in code. A sentence ends at . ! ? or : and at the end of a paragraph, a
list item or the cell of a table. Code in backticks counts as one word.
"""

import pathlib
import re
import sys
from dataclasses import dataclass

ROOT = pathlib.Path(__file__).resolve().parent.parent
LONGEST = 20   # words in a sentence
MEAN = 10.0    # words in a sentence, over a file
GRADE = 4.5    # the school year in which a text can be read, by Flesch and Kincaid
SHORTEST = 3   # words that a fragment needs to count for the mean and the grade

# What is not written, and what to write instead.
PHRASES = tuple((re.compile(pattern, re.I), instead) for pattern, instead in (
    (r"\b(is|are|be|was) through\b", "has finished"),
    (r"\bthe other ones?\b", "the name of that one"),
    (r"\b(he|him|his|himself)\b", "it or its for a goroutine, they or their for a person"),
    (r"\b(goes?|took|takes?|went) another way\b|\bother way than\b", "differs"),
    (r"\bstands?\b(?! for\b)", "is"),
    (r"^(?!.*\b(no|nobody|only|neither|you)\b.*\bmay\b).*?(?P<hit>\bmay\b)(?! not\b)", "can, or is allowed to"),
    (r"\bmay not\b", "must not, or perhaps does not"),
    (r"\b(it|check|property|code)( also| still)? holds\b(?! (the|a|both|its)\b)|\bdoes not hold\b|\b(must|has to|should) hold\b|\bholds (in|for|here|after|as)\b",
     "passes (a check), is true (a property)"),
    (r"\bexecutions?\b(?! trace)", "class: interleavings that cannot be told apart"),
    (r"\bways? (it|the program|a program|this program|they) (can|could) end\b|\bways? to end\b", "outcome"),
    (r"\b(a|the|our|this|these) words?\b[^.]{0,12}%|\bwords? of `?%", "command"),
    (r"\bbecomes? of\b|\bbecame of\b", "happens to"),
    (r"\bto and fro\b", "switches after every line"),
    (r"\bwhoever\b", "the goroutine that, or if you"),
    (r"\b(throw(s|ing)?|threw) (dice|a coin)\b", "chooses at random"),
    (r"\b(with|without|has|no|is) room\b|\broom for (two|four|both|all|one|the)\b", "a buffer"),
    (r"\bheld up\b", "paused"),
    (r"\bto the letter\b", "exactly"),
    (r"\bfalls? into place\b", "changes the timing"),
    (r"\bnothing is settled\b|\bsettles?\b", "the order is not fixed"),
    (r"\bof (which|whom|whose)\b", "a sentence of its own, with the noun"),
    (r"\bnobody who\b|\beverybody who\b", "the noun"),
    (r"\bexchange\b(?! rate)", "swap"),
    (r"\bhanded? (in|over)\b", "send, or pass on"),
    (r"\bmend(s|ed|ing)?\b", "fix"),
    (r"\bgive(s|n)? back\b|\bgave back\b|\bgive(s|n)? it back\b|\bgiven back\b", "release"),
    (r"\bin the place of\b", "instead of"),
))


@dataclass(frozen=True)
class Sentence:
    line: int
    text: str  # as it is written

    @property
    def words(self):
        return re.findall(r"[A-Za-zÀ-ÿ0-9][\w'’,.-]*", re.sub(r"`[^`]+`", "code", self.text))


def texts():
    """The files that are read, in their order."""
    lessons = sorted((ROOT / "lessons").glob("[0-9a-z][0-9]*-*.md"))
    return lessons + [ROOT / "lessons" / "GUIDE.md", ROOT / "README.md"]


def name(path):
    return path.relative_to(ROOT).as_posix()


def sentences(text):
    """The sentences of a Markdown text, with the line each begins in."""
    found = []
    for line, block in blocks(text):
        found += split(line, block)
    return found


def blocks(text):
    """(line, prose): paragraphs, list items, cells of tables, and what is prose in code."""
    fence, head, start, held = "", False, 0, []

    def flush():
        nonlocal held
        out = [(start, "\n".join(held))] if held else []
        held = []
        return out

    for number, line in enumerate(text.splitlines(), 1):
        opened = re.match(r"\s*(```+)(\w*)(.*)", line)
        if number == 1 and line == "---":
            head = True
        elif head:
            head = line != "---"
        elif opened:
            yield from flush()
            fence = "" if fence else opened[1]
            yield from ((number, hint) for hint in hints(opened[3]))
        elif fence:
            yield from ((number, said) for said in in_code(line))
        elif re.match(r"\s*(<!--|<details|</details|\||#|[-*] |\d+\. |$)", line):
            yield from flush()
            yield from row(number, line)
            if re.match(r"\s*([-*] |\d+\. )", line):
                start, held = number, [re.sub(r"^\s*([-*]|\d+\.) ", "", line)]
        else:
            if not held:
                start = number
            held.append(line)
    yield from flush()


def row(number, line):
    """A heading, or the cells of a table's row."""
    if line.startswith("#"):
        yield number, line.lstrip("# ")
    elif line.startswith("|") and not re.fullmatch(r"[|\s:-]+", line):
        for cell in re.split(r"(?<!\\)\|", line)[1:-1]:
            yield number, cell.replace("\\|", "|").strip()


def hints(metadata):
    """The words of a cell's hints."""
    found = re.search(r'"hints": (\[.*?\])[},]', metadata)
    return re.findall(r'"((?:[^"\\]|\\.)*)"', found[1])[:2] if found else []  # the third is code


def in_code(line):
    """A comment, or the question and the options of a %predict."""
    if asked := re.match(r'%predict .*?"([^"]+)"(.*)', line):
        yield asked[1]
        yield from (o.strip() for o in re.sub(r"\{[^}]*\}|-\w+( \w+)?", "", asked[2]).split("|") if o.strip())
    elif comment := re.search(r"// (.+)", line):
        yield comment[1]


def split(line, block):
    """The sentences of one piece of prose."""
    prose = re.sub(r"<[^>]+>", lambda m: " " * len(m[0]), block)
    prose = re.sub(r"\]\([^)]*\)+", "]", prose)
    safe = re.sub(r"`[^`\n]*`", lambda m: re.sub(r"[.!?:;]", "_", m[0]), prose)
    at = 0
    for end in [m.end() for m in re.finditer(r"[.!?:…]+[\"”’*_)]*(?=\s|$)", safe)] + [len(safe)]:
        piece = prose[at:end]
        if piece.strip():
            yield Sentence(line + prose[:at + len(piece) - len(piece.lstrip())].count("\n"), " ".join(piece.split()))
        at = end


def syllables(word):
    word = re.sub(r"[^a-z]", "", word.lower())
    if len(word) <= 3:
        return 1
    groups = len(re.findall(r"[aeiouy]+", re.sub(r"(?:[^laeiouy]es|[^aeiouytd]ed|[^laeiouy]e)$", lambda m: m[0][0], word)))
    return max(groups, 1)


def grade(found):
    """The Flesch–Kincaid grade of some sentences."""
    words = [w for s in found for w in s.words]
    return 0.39 * len(words) / len(found) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59


def mean(found):
    return sum(len(s.words) for s in found) / len(found)


def full(found):
    """The sentences that are long enough to say something of how a text reads."""
    return [s for s in found if len(s.words) >= SHORTEST]


def problems(path, text):
    """What is wrong with a text: a line for each, with file, line and sentence."""
    found = sentences(text)
    for s in found:
        if len(s.words) > LONGEST:
            yield f"{path}:{s.line}: {len(s.words)} words, and {LONGEST} are the most: {s.text}"
        plain = re.sub(r"`[^`]*`", "code", s.text)
        for pattern, instead in PHRASES:
            if hit := pattern.search(plain):
                yield f"{path}:{s.line}: “{hit.groupdict().get('hit') or hit[0]}”: write {instead}: {s.text}"
    measured = full(found)
    if measured and mean(measured) > MEAN:
        yield f"{path}: {mean(measured):.1f} words in a sentence on average, and {MEAN:g} are the most"
    if measured and grade(measured) > GRADE:
        yield f"{path}: reading grade {grade(measured):.1f}, and {GRADE:g} is the most: shorter words, shorter sentences"


def main(arguments):
    paths = [pathlib.Path(a).resolve() for a in arguments if a != "-v"] or texts()
    bad = 0
    for path in paths:
        text = path.read_text()
        for problem in problems(name(path) if path.is_relative_to(ROOT) else str(path), text):
            print(problem)
            bad += 1
        if "-v" in arguments:
            measured = full(sentences(text))
            print(f"{path.name}: {len(measured)} sentences, mean {mean(measured):.1f}, "
                  f"longest {max(len(s.words) for s in measured)}, grade {grade(measured):.1f}")
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
