"""Speed and judgement, measured: each module's `run` returns one JSON-ready dict."""
