"""The short form of make soak: three learners, twenty seconds."""

from soak import soak, table


def test_nothing_grows_and_nothing_is_left():
    learners, wrong = soak(3, 20)
    table(learners)
    assert not wrong, wrong
    assert all(learner.cells and learner.completions for learner in learners)
