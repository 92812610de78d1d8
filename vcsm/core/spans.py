"""Spans for OpenTelemetry, where `OTEL_EXPORTER_OTLP_ENDPOINT` names a collector; else nothing.

Without an endpoint nothing is imported here, no thread is started, and `span` costs one comparison.
With one, spans belong to the trace of `core.trace`, so a log line and a span have the same id. A
process gets its exporter with its first span, because Celery forks its processes and threads do not
survive that. OpenTelemetry itself reads from `OTEL_…` where spans go and which are kept.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from typing import TYPE_CHECKING, Any, Literal

from django.conf import settings

from vcsm.core.error_words import name_error
from vcsm.core.trace import Trace, current_trace, new_trace, tracing

if TYPE_CHECKING:
    from opentelemetry.sdk.trace import TracerProvider

Kind = Literal["internal", "server", "client", "producer", "consumer"]
_making = threading.Lock()


@contextmanager
def span(name: str, *, kind: Kind = "internal", **attributes: str | int | float) -> Iterator[None]:
    """Records one piece of work of the current trace, or the first of a new one."""
    if not settings.OTEL_EXPORTER_OTLP_ENDPOINT:
        yield
        return
    trace = current_trace()
    if not trace.id:
        trace = new_trace()
    with (
        tracing(trace),
        _recorded(name, trace, kind, attributes) as span_id,
        tracing(Trace(trace.id, span_id)),
    ):
        yield


@contextmanager
def _recorded(name: str, trace: Trace, kind: Kind, attributes: dict[str, Any]) -> Iterator[str]:
    from opentelemetry.trace import SpanKind, Status, StatusCode

    tracer = _provider().get_tracer("vcsm")
    opened = tracer.start_span(
        name, context=_parent(trace), kind=SpanKind[kind.upper()], attributes=attributes
    )
    try:
        yield f"{opened.get_span_context().span_id:016x}"
    except BaseException as error:
        # The error's own words may quote a person.
        opened.set_status(Status(StatusCode.ERROR, name_error(error)))
        raise
    finally:
        opened.end()


def _parent(trace: Trace) -> Any:
    """Returns the open span's context; empty without one, so that ours is the root of its trace."""
    from opentelemetry.context import Context
    from opentelemetry.trace import (
        NonRecordingSpan,
        SpanContext,
        TraceFlags,
        set_span_in_context,
    )

    if not trace.span:
        return Context()
    above = SpanContext(
        trace_id=int(trace.id, 16),
        span_id=int(trace.span, 16),
        is_remote=True,
        trace_flags=TraceFlags(TraceFlags.SAMPLED),
    )
    return set_span_in_context(NonRecordingSpan(above), Context())


def _provider() -> "TracerProvider":
    with _making:
        return _make_provider()


@cache
def _make_provider() -> "TracerProvider":
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter
    from opentelemetry.sdk.resources import SERVICE_NAME, Resource
    from opentelemetry.sdk.trace import TracerProvider
    from opentelemetry.sdk.trace.export import BatchSpanProcessor
    from opentelemetry.sdk.trace.id_generator import RandomIdGenerator

    class OurTraces(RandomIdGenerator):
        def generate_trace_id(self) -> int:
            return int(current_trace().id, 16)

    resource = Resource.create({SERVICE_NAME: settings.OTEL_SERVICE_NAME})
    provider = TracerProvider(resource=resource, id_generator=OurTraces())
    provider.add_span_processor(BatchSpanProcessor(OTLPSpanExporter()))
    return provider


def send_spans() -> None:
    """Sends the spans not sent yet. Call it before a process ends."""
    if settings.OTEL_EXPORTER_OTLP_ENDPOINT and _make_provider.cache_info().currsize:
        _make_provider().shutdown()
