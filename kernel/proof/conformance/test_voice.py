"""The lessons, the guide and the README speak plain English, and what measures that can fail."""

import sys

import pytest

from conftest import ROOT

sys.path.insert(0, str(ROOT / "lessons"))

import voice  # noqa: E402  (of the lessons)

# Sentences that the lessons once had, and the phrase that is wrong with each.
ONCE = [
    ("130 in those interleavings in which one is through before the other begins.", "is through"),
    ("Anna has 100, and the other one finds 190.", "the other one"),
    ("Before it he has read `n`, and by then he has written twice.", "he"),
    ("It says from which step on this run went another way than the one before.", "went another way"),
    ("The others are called after what stands behind `go`.", "stands"),
    ("A may be first, or B.", "may"),
    ("`joined` holds once both are joined.", "code holds"),
    ("It holds, and it says in how many interleavings.", "It holds"),
    ("*4 different executions stand for all 6*.", "executions"),
    ("`%explore` lists how the program can end: six ways to end.", "ways to end"),
    ("With room for all four notes, can a clerk wait?", "With room"),
    ("Mend the cell above.", "Mend"),
    ("Whoever wrote that program must know.", "Whoever"),
]


@pytest.mark.parametrize("path", voice.texts(), ids=voice.name)
def test_a_text_speaks_plainly(path):
    assert not list(voice.problems(voice.name(path), path.read_text()))


@pytest.mark.parametrize("sentence, phrase", ONCE)
def test_a_phrase_is_named_with_its_line_its_sentence_and_what_to_write(sentence, phrase):
    found = list(voice.problems("text.md", f"A line.\n\n{sentence}\n"))
    assert [p for p in found if p.startswith(f"text.md:3: “{phrase}”: write ") and p.endswith(sentence.split(": ")[-1])], found


def test_a_long_sentence_is_named():
    def counted(words):
        return [p for p in voice.problems("text.md", "# Title\n" + " ".join(words) + ".\n") if p.startswith("text.md:2: ")]
    assert counted(["word"] * (voice.LONGEST + 1))[0].startswith(f"text.md:2: {voice.LONGEST + 1} words, and ")
    assert not counted(["word"] * (voice.LONGEST - 1) + ["`a b c d`"]), "code is one word"


def test_a_hard_text_is_named_and_a_long_winded_one():
    hard = "Comprehensive synchronization necessitates unambiguous specifications.\n"
    assert any("reading grade" in p for p in voice.problems("text.md", hard))
    slow = " ".join(["so"] * (voice.LONGEST - 1)) + ".\n"
    assert any("words in a sentence on average" in p for p in voice.problems("text.md", slow))


def test_prose_is_read_wherever_a_learner_meets_it():
    text = """---
title: he may
---
| one | it may rain |
|---|---|
* an item that may be

```go threading101={"hints": ["It may be below.", "x", "he := 1"]}
%predict "May it end?" it may {lines==1} | no
x := 1 // this may be
y := "may"
```

<details>
<summary><b>May it?</b></summary>
"""
    lines = [int(p.split(":")[1]) for p in voice.problems("text.md", text) if "“" in p]
    assert lines == [4, 6, 8, 9, 9, 10, 15]
