"""All threads of the program take memory from the same heap."""

import platform
import subprocess
import sys

import pytest

_HEAPS = """
import ctypes, sys, threading
from app.system.one_heap import keep_to_one_heap
keep_to_one_heap()
kept, ready = [], threading.Barrier(4)
def work():
    ready.wait()  # all at once: each would get a heap of its own
    kept.append([bytes(5000) for _ in range(20)])
threads = [threading.Thread(target=work) for _ in range(4)]
[thread.start() for thread in threads]
[thread.join() for thread in threads]
libc = ctypes.CDLL(None)
libc.fdopen.restype = ctypes.c_void_p
libc.malloc_info(0, ctypes.c_void_p(libc.fdopen(1, b"w")))
libc.fflush(None)
"""


@pytest.mark.skipif(platform.libc_ver()[0] != "glibc", reason="only glibc has several heaps")
@pytest.mark.parametrize("kept", [True, False])
def test_threads_share_one_heap(kept: bool) -> None:
    source = _HEAPS if kept else _HEAPS.replace("\nkeep_to_one_heap()", "")
    command = [sys.executable, "-c", source]
    told = subprocess.run(command, check=True, capture_output=True, text=True).stdout  # noqa: S603
    assert (told.count("<heap nr=") == 1) is kept
