"""Every chapter opens and ends alike, and the first page says of it what it says itself."""

import re
from pathlib import Path

import pytest
import yaml

from gan_lab.theory.proofs import LEDGER

ROOT = Path(__file__).resolve().parents[2]
TOC = yaml.safe_load((ROOT / "_toc.yml").read_text(encoding="utf-8"))
TAUGHT = {
    part["caption"]: [Path(chapter["file"]).stem for chapter in part["chapters"]]
    for part in TOC["parts"]
    if part["caption"] not in ("Reference", "The package")
}
CHAPTERS = [name for names in TAUGHT.values() for name in names]
CAPTION, CHAPTER = r"\*\*(.+)\*\* \| \|", r"\{doc\}`(.+) <(\w+)>` \| (.+\?) \| (\d+)"
ROW = re.compile(rf"^\| (?:{CAPTION}|{CHAPTER}) \|$", re.M)
SUMMARY = re.compile(r"```\{dropdown\} 中文摘要 \(summary in Chinese\)\n(.+?)\n```", re.S)


def read(name: str) -> str:
    return (ROOT / "book" / f"{name}.md").read_text(encoding="utf-8")


def opening(name: str) -> str:
    """From a chapter's title to its first section."""
    return re.search(r"^# .*?(?=^## )", read(name), re.M | re.S)[0]


def minutes(name: str) -> str:
    return re.search(r"\*Time:\*\s(\d+)\sminutes", opening(name))[1]


@pytest.mark.parametrize("name", ["intro", *CHAPTERS])
def test_it_says_the_question_what_is_assumed_and_how_long_it_takes(name):
    question, assumed = opening(name).split("*Assumed:* ")
    assert "?" in question and re.match(r"\S.+\*Time:\*\s\d+\sminutes", assumed, re.S)


@pytest.mark.parametrize("name", ["intro", *(name for name in CHAPTERS if name != "lab")])
def test_it_is_told_in_five_lines_of_chinese(name):
    lines = SUMMARY.search(opening(name))[1].split("\n")
    assert len(lines) == 5 and all(re.search("[一-鿿]", line) for line in lines)


@pytest.mark.parametrize("name", sorted({claim.chapter for claim in LEDGER.values()}))
def test_its_ledger_stands_last(name):
    assert re.findall(r"^## (.+)$", read(name), re.M)[-1] == "The ledger"


def test_the_first_page_has_the_chapters_in_their_parts_with_titles_and_minutes():
    found, part = {}, None
    for caption, title, name, _question, time in ROW.findall(read("intro")):
        if caption:
            part = found.setdefault(caption, [])
        else:
            assert f"\n# {title}\n" in read(name) and time == minutes(name)
            part.append(name)
    assert found == TAUGHT
