"""Runs the application under uvicorn, and stops it within a second although streams are open."""

import signal
import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import uvicorn
from fastapi import FastAPI

from gpo_market.engine.hub import Hub

LAST_SECONDS = 1


class EngineServer(uvicorn.Server):
    """A uvicorn server that ends the hub's streams before it waits for connections to close."""

    def __init__(self, config: uvicorn.Config, hub: Hub) -> None:
        super().__init__(config)
        self._hub = hub

    @contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Let SIGINT and SIGTERM end the serving, and nothing more.

        uvicorn would raise them again behind it, and kill the process before the engine kept its state.
        """
        if threading.current_thread() is not threading.main_thread():
            yield
            return
        earlier = {sig: signal.signal(sig, self.handle_exit) for sig in (signal.SIGINT, signal.SIGTERM)}
        try:
            yield
        finally:
            for sig, handler in earlier.items():
                signal.signal(sig, handler)

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        """Stop: no new connections, streams ended, running requests finished or cut off."""
        self._hub.close()
        await super().shutdown(sockets)


def make_server(app: FastAPI, hub: Hub, host: str, port: int) -> EngineServer:
    """Make the server of an application; ``await server.serve()`` runs it until ``should_exit`` is set."""
    config = uvicorn.Config(
        app,
        host=host,
        port=port,
        http="httptools",
        ws="none",
        lifespan="off",
        log_config=None,
        log_level="warning",
        access_log=False,
        server_header=False,
        timeout_graceful_shutdown=LAST_SECONDS,
    )
    return EngineServer(config, hub)
