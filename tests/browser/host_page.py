"""Another company's product with the widget in it: its own server, pages and content policy."""

import socket
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler
from typing import Any, TypeVar

from django.db import connections
from playwright.sync_api import Page

from tests.served import serve
from tests.stack import Stack

Result = TypeVar("Result")

STUB = (
    "window.vcsm=window.vcsm||function(){(vcsm.q=vcsm.q||[]).push(arguments)};"
    "vcsm('identify',{id:'vera',name:'Vera',account:{id:'kestrel',name:'Kestrel Coffee'}});"
)
BODY = "<main><h1>Payments</h1><button data-testid=pay>Pay now</button><input name=amount></main>"


def strict_policy(server: str) -> str:
    """Returns a content policy that relaxes only `script-src` and `connect-src` for the widget."""
    return (
        "default-src 'none'; script-src 'nonce-abc' 'strict-dynamic'; style-src 'self'; "
        f"connect-src {server} {server.replace('http', 'ws', 1)}; base-uri 'none'; "
        "require-trusted-types-for 'script'; trusted-types vcsm"
    )


def server_side(act: Callable[[], Result]) -> Result:
    """Does what the product's server would, in a thread without Playwright's event loop."""

    def alone() -> Result:
        try:
            return act()
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as pool:
        return pool.submit(alone).result()


@dataclass
class HostSite:
    """What the product serves; set the fields before opening a page."""

    stack: Stack
    key: str
    origin: str = ""
    body: str = BODY
    head: str = f"<script nonce=abc>{STUB}</script>"
    style: str = "body{font:16px sans-serif;margin:40px}"
    policy: str = ""
    attributes: str = ""
    """Further attributes of the widget's script tag."""
    scripts: int = 1
    document: str = ""
    """The whole document, for a product whose server writes it differently from `html`."""
    troubles: list[str] = field(default_factory=list)

    def html(self) -> str:
        if self.document:
            return self.document
        tag = (
            f'<script nonce=abc async src="{self.stack.origin}/static/widget/vcsm.js" '
            f'data-key="{self.key}" {self.attributes}></script>'
        )
        return (
            "<!doctype html><html lang=en><meta charset=utf-8><title>Product</title>"
            '<meta name=viewport content="width=device-width,initial-scale=1">'
            f"<link rel=stylesheet href=/style.css>{self.head}{tag * self.scripts}"
            f"<body>{self.body}"
        )

    def open(self, page: Page, path: str = "/pay") -> None:
        self.listen(page)
        page.goto(f"{self.origin}{path}")

    def listen(self, page: Page) -> None:
        page.on("pageerror", lambda error: self.troubles.append(f"error: {error}"))
        page.on(
            "console",
            lambda said: (
                self.troubles.append(f"console: {said.text}") if said.type == "error" else None
            ),
        )


@contextmanager
def host_site(stack: Stack, key: str) -> Iterator[HostSite]:
    site = HostSite(stack, key)

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            style = self.path == "/style.css"
            self.send_response(200)
            self.send_header("Content-Type", "text/css" if style else "text/html")
            if site.policy:
                self.send_header("Content-Security-Policy", site.policy)
            self.end_headers()
            self.wfile.write((site.style if style else site.html()).encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = serve(Handler)
    site.origin = f"http://127.0.0.1:{server.server_port}"
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()


class Wire:
    """A TCP connection to the server that can be cut and mended, for `data-server`."""

    def __init__(self, port: int) -> None:
        self._target = port
        self._listener = socket.create_server(("127.0.0.1", 0))
        self._open: set[socket.socket] = set()
        self.up = True
        self.origin = f"http://127.0.0.1:{self._listener.getsockname()[1]}"
        self._run(self._accept)

    def cut(self) -> None:
        self.up = False
        for one in list(self._open):
            self._end(one)

    def mend(self) -> None:
        self.up = True

    def close(self) -> None:
        self._listener.close()
        self.cut()

    def _accept(self) -> None:
        while True:
            try:
                near, _ = self._listener.accept()
            except OSError:
                return
            if not self.up:
                near.close()
                continue
            far = socket.create_connection(("127.0.0.1", self._target))
            self._open |= {near, far}
            self._run(self._pump, near, far)
            self._run(self._pump, far, near)

    def _pump(self, source: socket.socket, sink: socket.socket) -> None:
        try:
            while data := source.recv(65536):
                sink.sendall(data)
        except OSError:
            pass
        self._end(source)
        self._end(sink)

    def _end(self, one: socket.socket) -> None:
        self._open.discard(one)
        with suppress(OSError):
            one.shutdown(socket.SHUT_RDWR)
        one.close()

    @staticmethod
    def _run(work: Callable[..., None], *sockets: socket.socket) -> None:
        threading.Thread(target=work, args=sockets, daemon=True).start()
