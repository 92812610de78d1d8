"""Infrastructure without product words: queue, live groups, embeddings.

`queue.enqueue_on_commit` sends work to the floors above by task name, `live.publish_on_commit`
tells open sockets that something changed, and `embeddings.encode` turns text into vectors.
"""
