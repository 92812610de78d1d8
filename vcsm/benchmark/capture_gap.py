"""How long clicks wait for their names: from the arrival of the loader to that of `visit.js`.

A click in that time is judged and held, and lost only when the page is left within it. The files
are those that ship, gzipped, from a server on this machine; the browser slows the network down.
"""

import gzip
import tempfile
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, sync_playwright

from vcsm.benchmark.browser_binary import launch_options
from vcsm.benchmark.capture import build

NETWORKS = {"local": (0, -1), "4g": (60, 9_000), "slow_4g": (150, 1_600), "3g": (400, 400)}
"""Milliseconds of latency and kbit/s; -1 for no limit. The middle two are Lighthouse's."""
VIEWS = 5
GAP = """() => {
  const end = (name) => performance.getEntriesByType('resource')
    .find((one) => one.name.includes(name))?.responseEnd
  return end('visit.js') ? end('visit.js') - end('vcsm.js') : null
}"""


def run() -> dict[str, Any]:
    """Returns, per network, median milliseconds of first views and of views with cached files."""
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        built = Path(folder)
        for mode in ("loader", "visit"):
            build(mode, built)
        browser = playwright.chromium.launch(**launch_options())
        try:
            with _served(built) as address:
                return {name: _measure(browser, address, name) for name in NETWORKS}
        finally:
            browser.close()


def _measure(browser: Browser, address: str, network: str) -> dict[str, float]:
    latency, kbits = NETWORKS[network]
    first: list[float] = []
    again: list[float] = []
    for _ in range(VIEWS):
        context = browser.new_context()
        page = context.new_page()
        conditions = {"offline": False, "latency": latency}
        speed = kbits * 1000 / 8 if kbits > 0 else -1
        devtools = context.new_cdp_session(page)
        devtools.send("Network.enable")
        devtools.send(
            "Network.emulateNetworkConditions",
            {**conditions, "downloadThroughput": speed, "uploadThroughput": speed},
        )
        for gaps in (first, again):
            page.goto(address)
            gaps.append(page.wait_for_function(GAP).json_value())
        context.close()
    return {
        "first_ms": round(sorted(first)[VIEWS // 2]),
        "cached_ms": round(sorted(again)[VIEWS // 2]),
    }


@contextmanager
def _served(built: Path) -> Iterator[str]:
    page = (
        b"<!doctype html><button>Pay</button>"
        b"<script src=/vcsm.js data-key=pk_gap data-server=http://127.0.0.1:1></script>"
    )

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            file = built / self.path.strip("/").split("?")[0]
            script = file.suffix == ".js" and file.is_file()
            body = gzip.compress(file.read_bytes() if script else page, 9)
            self.send_response(200)
            self.send_header("Content-Type", "text/javascript" if script else "text/html")
            self.send_header("Content-Encoding", "gzip")
            self.send_header("Content-Length", str(len(body)))
            if script:
                self.send_header("Cache-Control", "max-age=3600")
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/"
    finally:
        server.shutdown()
        server.server_close()
