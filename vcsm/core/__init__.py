"""What has no product words: queue, live groups, embeddings.

`queue.enqueue` runs work above by task name after commit, `live.publish` tells open sockets that
something changed, `embeddings.encode` turns text into vectors.
"""
