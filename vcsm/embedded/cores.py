"""Several processes share the machine's cores, and linear algebra would take all for itself."""

import os


def share_cores() -> None:
    """One thread of linear algebra in this process and all it starts; before numpy is loaded.

    Several that wait in a spin for a core somebody else holds take three times the CPU and three
    times as long (measured on fits). What the environment names already stays.
    """
    for threads in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS"):
        os.environ.setdefault(threads, "1")
