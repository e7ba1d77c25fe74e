"""What has to be run is run beside each other, before MyST-NB reads one chapter after another.

It finds them in the execution cache then. A chapter that fails is left to MyST-NB, which runs it
again and says where and why.
"""

import os
from concurrent.futures import ThreadPoolExecutor, as_completed
from pathlib import Path
from tempfile import TemporaryDirectory

from jupyter_cache import get_cache
from jupyter_cache.base import CacheBundleIn
from jupyter_cache.executors.utils import ExecutionResult, single_nb_execution
from nbformat import NotebookNode
from stale import notebook_of


def to_run(chapters: list[Path], cache) -> dict[Path, NotebookNode]:
    """The chapters that the cache has no run of, longest text first."""
    read = {chapter: notebook_of(chapter) for chapter in chapters}
    waiting = {path: found for path, found in read.items() if found and not kept(found, cache)}
    return dict(sorted(waiting.items(), key=lambda item: -item[0].stat().st_size))


def kept(notebook: NotebookNode, cache) -> bool:
    try:
        cache.match_cache_notebook(notebook)
    except KeyError:
        return False
    return True


def in_temp(notebook: NotebookNode, timeout: int) -> ExecutionResult:
    with TemporaryDirectory() as folder:
        return single_nb_execution(notebook, cwd=folder, timeout=timeout, allow_errors=False)


def run_chapters(chapters: list[Path], folder: Path, timeout: int) -> list[Path]:
    """Put a run of each chapter into the cache, as many at once as there are cores.

    Returns those that failed, of which the cache has none.
    """
    cache, failed = get_cache(folder), []
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        waiting = to_run(chapters, cache).items()
        runs = {pool.submit(in_temp, found, timeout): path for path, found in waiting}
        for run in as_completed(runs):
            result, path = run.result(), runs[run]
            if result.err:
                failed.append(path)
                continue
            bundle = CacheBundleIn(result.nb, str(path), data={"execution_seconds": result.time})
            cache.cache_notebook_bundle(bundle, check_validity=False, overwrite=True)
    return failed
