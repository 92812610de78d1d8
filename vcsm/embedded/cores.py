"""Keeps linear algebra from taking all cores, which several processes share."""

import os


def share_cores() -> None:
    """Limits linear algebra to one thread here and in all we start. Call it before numpy loads.

    Several threads that spin for a core somebody else holds take three times the CPU and three
    times as long (measured on fits). Values that the environment names already stay.
    """
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
