"""Settings, environment, URLs and ASGI: wires the packages together and decides nothing."""
