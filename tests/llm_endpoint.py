"""A real HTTP endpoint of the kind that `LLM_URL` names, which says what a test tells it to say."""

import json
import threading
from http.server import BaseHTTPRequestHandler
from typing import Any

from tests.served import serve


class Endpoint:
    """Answers every completion with `text` once it `may_answer`, and keeps what it was asked."""

    def __init__(self) -> None:
        self.text = ""
        self.raw: bytes | None = None
        self.asked: list[dict[str, Any]] = []
        self.may_answer = threading.Event()
        self.may_answer.set()
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                outer.asked.append(json.loads(self.rfile.read(length)))
                outer.may_answer.wait(10)
                body = (
                    outer.raw
                    or json.dumps(
                        {"choices": [{"message": {"role": "assistant", "content": outer.text}}]}
                    ).encode()
                )
                self.send_response(200)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                pass

        self.server = serve(Handler)

    def __enter__(self) -> "Endpoint":
        return self

    def __exit__(self, *error: object) -> None:
        self.server.shutdown()
        self.server.server_close()

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server.server_port}/v1"
