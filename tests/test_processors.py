"""What is run on other processors, and that a kernel that was not taken is noticed."""

import pytest

from tests.processors import NEEDS, VERIFY, Processor, look, played, untaken, wanted

ALL = set().union(*NEEDS.values())
SEEN = {"blas": ["Katmai", "Katmai"], "has": ["SSE3"], "chosen": ["X86_V3"], "torch": "DEFAULT"}

LEAST = {"NPY_DISABLE_CPU_FEATURES": "X86_V3", "ATEN_CPU_CAPABILITY": "default"}


def test_a_processor_plays_what_it_can_and_names_the_rest():
    (plain, *between), unable = wanted(ALL | {"X86_V3"}, ["X86_V3", "X86_V4"], {"Zen"})
    assert [p.name for p in between] == ["Haswell", "SkylakeX", "Sandybridge"] and not unable
    assert plain.environment["NPY_DISABLE_CPU_FEATURES"] == "X86_V3"
    assert plain.environment["OPENBLAS_CORETYPE"] == "Prescott"
    (_, *between), _ = wanted(ALL, [], {"SkylakeX"})
    assert [p.name for p in between] == ["Haswell", "Sandybridge"]
    (plain, *between), unable = wanted({"AVX"}, [], {"Zen"})
    assert "OPENBLAS_CORETYPE" not in plain.environment
    assert [p.name for p in between] == ["Sandybridge"]
    assert unable == ["Haswell", "SkylakeX", "Prescott"]


@pytest.mark.parametrize(
    ("environment", "changed", "words"),
    [
        ({"OPENBLAS_CORETYPE": "Prescott"}, {}, None),
        ({"OPENBLAS_CORETYPE": "Haswell"}, {}, "took Prescott"),
        ({"OPENBLAS_CORETYPE": "Haswell"}, {"blas": ["Haswell", "Zen"]}, "took Haswell, Zen"),
        (LEAST, {}, None),
        (LEAST, {"has": ["X86_V3"]}, "numpy still chooses"),
        (LEAST, {"torch": "AVX2"}, "chose AVX2"),
    ],
)
def test_what_was_asked_for_and_not_taken_is_a_failure(environment, changed, words):
    said = untaken(Processor("one", environment), SEEN | changed)
    assert said is None if words is None else words in said


def test_a_kernel_that_openblas_does_not_know_fails():
    seen = look({"OPENBLAS_CORETYPE": "Nonsense"})
    if not seen["blas"]:
        pytest.skip("numpy here is not built with OpenBLAS. To run them: the wheel of numpy")
    held, said = played(Processor("nonsense", {"OPENBLAS_CORETYPE": "Nonsense"}), VERIFY)
    assert not held and "asked OpenBLAS for its kernel Nonsense" in said
