"""Chapters are run before they are read, and what fails is left to who can say why."""

import sys
from pathlib import Path

import pytest
from jupyter_cache import get_cache

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT / "book" / "_ext"))
import runs  # noqa: E402
import stale  # noqa: E402

CHAPTER = """---
kernelspec:
  name: python3
---

# A chapter

```{{code-cell}} ipython3
print({code})
```
"""


@pytest.fixture
def chapters(tmp_path):
    code = {"good": "2 + 3", "broken": "1 / 0"}
    for name, line in code.items():
        (tmp_path / f"{name}.md").write_text(CHAPTER.format(code=line))
    (tmp_path / "page.md").write_text("# No cells\n")
    return sorted(tmp_path.glob("*.md"))


def test_a_run_is_kept_where_myst_nb_looks_for_it_and_a_failure_is_not(chapters, tmp_path):
    folder = tmp_path / "kept"
    (failed,) = runs.run_chapters(chapters, folder, timeout=60)
    assert failed.stem == "broken"
    cache, good = get_cache(folder), next(path for path in chapters if path.stem == "good")
    assert [Path(run.uri).stem for run in cache.list_cache_records()] == ["good"]
    _, found = cache.merge_match_into_notebook(stale.notebook_of(good))
    assert [cell.outputs[0].text for cell in found.cells if cell.cell_type == "code"] == ["5\n"]
    assert list(runs.to_run(chapters, cache)) == [failed]
