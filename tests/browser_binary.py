"""The browser for tests: the same one that the benchmarks drive."""

from vcsm.benchmark.browser_binary import (
    LAUNCH_ARGS,
    ChromiumMissing,
    chromium_env,
    find_chromium,
    launch_options,
)

__all__ = ["LAUNCH_ARGS", "ChromiumMissing", "chromium_env", "find_chromium", "launch_options"]
