"""What a process counts as it works; `metrics` hands it to Prometheus."""

from prometheus_client import CollectorRegistry, Counter, Gauge, Histogram

REGISTRY = CollectorRegistry()

SOCKETS = Gauge("vcsm_sockets_open", "Widgets connected and greeted", registry=REGISTRY)
CONSOLES = Gauge("vcsm_consoles_open", "Consoles connected", registry=REGISTRY)
WAITING = Gauge(
    "vcsm_ingest_waiting_events", "Events taken in and not yet durable", registry=REGISTRY
)
STORED = Counter("vcsm_ingest_stored_events", "Events made durable", registry=REGISTRY)
DROPPED = Counter(
    "vcsm_ingest_refused_batches",
    "Batches sent back: overloaded, or not storable",
    ["reason"],
    registry=REGISTRY,
)
COMMIT = Histogram(
    "vcsm_ingest_commit_seconds",
    "From taking a group of batches to its commit",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5),
    registry=REGISTRY,
)
LAG = Histogram(
    "vcsm_ingest_lag_seconds",
    "From the arrival of a group's oldest batch to its commit",
    buckets=(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5, 30),
    registry=REGISTRY,
)
REFUSED = Counter(
    "vcsm_widget_refused_frames",
    "Frames of widgets refused, by the error's code",
    ["code"],
    registry=REGISTRY,
)
SLOW_READERS = Counter(
    "vcsm_widget_slow_readers", "Widgets cut off because they do not read", registry=REGISTRY
)
REPLAYS_SHED = Counter(
    "vcsm_replay_shed_chunks",
    "Replay chunks sent back while more urgent work waits",
    registry=REGISTRY,
)
DELIVERED = Counter(
    "vcsm_deliveries",
    "Live frames passed on to open sockets",
    ["to", "kind"],
    registry=REGISTRY,
)
