"""A small HTTP server of a test's own."""

import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

NOTICES_SECONDS = 0.01
"""Seconds between checks for the end; the library's half a second would delay every test."""


def serve(handler: type[BaseHTTPRequestHandler]) -> ThreadingHTTPServer:
    """Listens on a free local port, in a thread, until its `shutdown()`."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), handler)
    threading.Thread(target=server.serve_forever, args=(NOTICES_SECONDS,), daemon=True).start()
    return server
