"""How much VCSM carries: real sockets from another process against servers of the benchmark's own.

`serving.start_site` starts services, web processes and, where asked, workers in an empty home.
`driver` is the other process (`python -m vcsm.benchmark.load.driver`), `wire` its small websocket
client; `rivals` are the applications that are measured beside ours. There is one module per
measurement: `ingest`, `latency`, `idle`, `greetings`, `fanout`, `flood`, `tasks`.
"""
