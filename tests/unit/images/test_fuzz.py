"""A few hundred damaged pictures; `make fuzz-images` sends ten thousand."""

from tests.support.factories.picture_fuzzing import mutated, run
from tests.support.processes.decoding import LIMITS

FILES = 400
SEED = 20261122


def test_damaged_pictures_end_as_pictures_or_as_a_clear_no():
    found = run(FILES, SEED, LIMITS)
    assert found.wrong == []
    assert found.outcomes.total() == FILES
    # Both ends are met, so that neither is taken for granted.
    assert found.outcomes["made"] > 20
    assert found.outcomes["damaged"] > 20


def test_the_same_seed_gives_the_same_files():
    assert list(mutated(40, SEED)) == list(mutated(40, SEED))
    assert list(mutated(40, SEED)) != list(mutated(40, SEED + 1))
