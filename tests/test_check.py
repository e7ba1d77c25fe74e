"""`make check`: each of its tools finds a mistake, and one that is not there is said."""

import shutil
from pathlib import Path

import pytest

from tests import check

ROOT = Path(__file__).resolve().parents[1]
MISTAKES = {
    "ruff": ("gan_lab/core/tables.py", "\n\nfrom math import nothing\n", "F401"),
    "ruff format": ("gan_lab/core/tables.py", "\n\nfour =  4\n", "1 file would be reformatted"),
    "basedpyright": ("gan_lab/core/tables.py", "\n\nwrong: int = 'one'\n", "reportAssignmentType"),
    "biome": ("gan_lab/front_end/numeric/normal.js", "\nnowhere();\n", "noUndeclaredVariables"),
    "tsc": ("gan_lab/front_end/numeric/normal.js", '\nMath.exp("one");\n', "TS2345"),
}
"""{step: (file, what is added to it, what the tool calls that)}"""
CONFIGURATION = ("pyproject.toml", "biome.jsonc", "gan_lab/front_end/jsconfig.json")


@pytest.fixture
def checkout(tmp_path) -> Path:
    """Two modules of the repository, and what the tools read about it."""
    for name in (*CONFIGURATION, *{file for file, _, _ in MISTAKES.values()}):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


@pytest.mark.slow
@pytest.mark.parametrize("step", check.STEPS[:-1], ids=lambda step: step.name)
def test_each_tool_finds_a_mistake(checkout, step, capsys):
    if not check.found(step.tool):
        pytest.skip(f"{step.tool} is not there. To have it: {step.install}")
    file, mistake, called = MISTAKES[step.name]
    assert check.passes(step, checkout), capsys.readouterr().out
    (checkout / file).write_text((checkout / file).read_text() + mistake)
    assert check.passes(step, checkout) is False
    assert called in capsys.readouterr().out


def test_a_tool_that_is_not_there_is_said_and_is_a_failure_where_it_is_required(
    monkeypatch, capsys
):
    monkeypatch.setattr(check, "found", lambda tool: None)
    monkeypatch.delenv("REQUIRE_TOOLS", raising=False)
    assert check.main(["tsc"]) == 0
    assert "skipped: it is not there. To have it: apt-get" in capsys.readouterr().out
    monkeypatch.setenv("REQUIRE_TOOLS", "1")
    assert check.main(["tsc"]) == 1


def test_a_step_that_there_is_not_is_refused_in_a_sentence(capsys):
    assert check.main(["pyright"]) == 2
    assert capsys.readouterr().out.startswith("There is no step pyright: there are ruff, ")


def test_what_is_left_out_is_there_and_every_room_keeps_some_tests():
    files = {path.relative_to(ROOT / "tests") for path in (ROOT / "tests").rglob("test_*.py")}
    assert {Path(name) for name in check.SLOW} <= files
    rooms = {file.parent for file in files}
    assert {file.parent for file in files if file.as_posix() not in check.SLOW} == rooms
