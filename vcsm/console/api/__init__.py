"""The console's HTTP API, one file per resource; the `shapes` files define the JSON.

It is described at `/console/api/schema` (OpenAPI 3). Everything is read and done within the
member's own workspace; what belongs to another answers 404, as if it did not exist.
"""
