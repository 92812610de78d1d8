"""One id from the browser to the delivery, in the logs and in the spans, and nothing personal."""

import json
import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler
from typing import Any
from urllib.parse import urlsplit
from uuid import uuid4

from opentelemetry.proto.collector.trace.v1.trace_service_pb2 import ExportTraceServiceRequest
from opentelemetry.proto.trace.v1.trace_pb2 import Span

from tests.cast import Cast
from tests.served import serve
from tests.stack import Stack, start_stack
from tests.widget_client import WidgetClient, widget
from vcsm.core.trace import trace_of

MARKER = "zanzibar"
VERA = {
    "id": f"u-{MARKER}",
    "name": f"Vera {MARKER}",
    "email": f"{MARKER}@kestrel.example",
    "account": {"id": "kestrel", "name": f"Kestrel {MARKER}"},
}
SECONDS = 90


def test_it_works(stack: Stack, live_cast: Cast) -> None:
    with widget(stack, live_cast.key.key) as client:
        say_and_hear(client)
        client.send(type="say", id="no uuid", text=MARKER)
        client.connection.send(f'{{"type": "{MARKER}"}}')
        client.expect("error")
    trace = trace_of(client.session)

    web = lines_of(stack, "web", trace, until="delivered")
    worker = lines_of(stack, "worker", trace, until="task done")

    assert {"widget greeted", "delivered"} <= {line["event"] for line in web}
    assert "assistant.reply" in {line.get("task") for line in worker}
    assert MARKER not in stack.log("web") and MARKER not in stack.log("worker")


def test_spans_go_from_the_frame_over_the_task_to_the_delivery(live_cast: Cast) -> None:
    """A stack of its own: the collector's address is a setting of its processes."""
    with collector() as (spans, endpoint), start_stack(telling(endpoint)) as stack:
        live_cast.key.origins = [stack.origin]
        live_cast.key.save()
        with widget(stack, live_cast.key.key) as client:
            say_and_hear(client)
            trace = trace_of(client.session)
            wait(lambda: {"frame Say", "task assistant.reply", "deliver message"} <= set(spans))
    said = spans["frame Say"]
    task = next(one for one in spans["task assistant.reply"] if one.trace_id.hex() == trace)
    asked = next(one for one in said if one.trace_id.hex() == trace)
    delivered = [one for one in spans["deliver message"] if one.trace_id.hex() == trace]
    assert asked.parent_span_id == b"", "the visit's first span is a root"
    assert task.parent_span_id == asked.span_id
    assert task.span_id in {one.parent_span_id for one in delivered}
    assert MARKER not in str(spans)


def say_and_hear(client: WidgetClient) -> None:
    client.hello(identity=VERA, page=f"/reports?name={MARKER}")
    client.send(type="say", id=str(uuid4()), text=f"Where is my {MARKER}?")
    while client.expect("message", timeout=SECONDS)["author"] != "assistant":
        pass


def lines_of(stack: Stack, part: str, trace: str, *, until: str) -> list[dict[str, Any]]:
    """The part's lines of the trace, once one of them says `until`: a log may be a moment late."""

    def read() -> list[dict[str, Any]]:
        lines = [json.loads(line) for line in stack.log(part).splitlines() if trace in line]
        return lines if any(line["event"] == until for line in lines) else []

    return wait(read)


def wait(look: Any) -> Any:
    deadline = time.monotonic() + SECONDS
    while not (found := look()):
        assert time.monotonic() < deadline, "it did not come"
        time.sleep(0.05)
    return found


def telling(endpoint: str) -> dict[str, str]:
    """Its queues are its own: the run's other worker would take some of its tasks."""
    broker = urlsplit(os.environ["REDIS_URL"])._replace(path="/7").geturl()
    return {
        "OTEL_EXPORTER_OTLP_ENDPOINT": endpoint,
        "OTEL_BSP_SCHEDULE_DELAY": "100",
        "REDIS_URL": broker,
    }


@contextmanager
def collector() -> Iterator[tuple[dict[str, list[Span]], str]]:
    """A receiver of OTLP over HTTP; the spans it has been sent, by name."""
    spans: dict[str, list[Span]] = {}

    class Receive(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            assert self.path == "/v1/traces"
            body = self.rfile.read(int(self.headers["Content-Length"]))
            for resource in ExportTraceServiceRequest.FromString(body).resource_spans:
                for scope in resource.scope_spans:
                    for one in scope.spans:
                        spans.setdefault(one.name, []).append(one)
            self.send_response(200)
            self.send_header("Content-Type", "application/x-protobuf")
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Quietly."""

    server = serve(Receive)
    try:
        yield spans, f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
