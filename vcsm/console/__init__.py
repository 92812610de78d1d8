"""What members see: the console page, its HTTP API and its live socket. Never the encoder."""
