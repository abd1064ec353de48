"""The web server: REST answers, the stream, and the dashboard, over an engine it knows by a protocol."""
