"""The application: routes, errors, and what surrounds them."""

from fastapi import FastAPI
from starlette.middleware import Middleware

from gpo_market.engine.ports import KeyRing
from gpo_market.server.catalogue_routes import catalogue_routes
from gpo_market.server.dashboard_files import Dashboard
from gpo_market.server.documentation import describe
from gpo_market.server.engine_api import EngineApi
from gpo_market.server.epoch_routes import epoch_routes
from gpo_market.server.health_routes import health_routes, status_routes
from gpo_market.server.market_routes import market_routes
from gpo_market.server.middleware import BodyLimit, CrashNet, HostCheck, ResponseHeaders
from gpo_market.server.moderation_routes import moderation_routes
from gpo_market.server.post_routes import post_routes
from gpo_market.server.privacy_routes import privacy_routes
from gpo_market.server.problems import add_problem_handlers
from gpo_market.server.settings import ServerSettings
from gpo_market.server.stream_routes import stream_routes
from gpo_market.version import __version__

API = "/api/v1"


def create_app(engine: EngineApi, keys: KeyRing, settings: ServerSettings | None = None) -> FastAPI:
    """Make the web application over an engine; it starts and stops nothing of the engine itself."""
    settings = settings or ServerSettings()
    app = FastAPI(
        title="GPO Market Engine",
        summary="Live values for player-run item economies, learned from barter posts.",
        version=__version__,
        docs_url=None,
        redoc_url=None,
        openapi_url=f"{API}/openapi.json",
        middleware=_middleware(engine, settings),
    )
    for router in (
        post_routes(engine, keys),
        market_routes(engine),
        catalogue_routes(engine, keys),
        moderation_routes(engine, keys),
        privacy_routes(engine, keys),
        stream_routes(engine, settings),
        status_routes(engine),
    ):
        app.include_router(router, prefix=API)
    if engine.epochs is not None:
        app.include_router(epoch_routes(engine, engine.epochs, keys), prefix=API)
    app.include_router(health_routes(engine))
    add_problem_handlers(app)
    describe(app)
    return app


def _middleware(engine: EngineApi, settings: ServerSettings) -> list[Middleware]:
    """List what surrounds the routes, outermost first."""
    surrounding = [
        Middleware(ResponseHeaders, simulated=lambda: engine.views.simulated),
        Middleware(CrashNet),
        Middleware(BodyLimit, largest=settings.largest_body),
        Middleware(Dashboard, folder=settings.dashboard),
    ]
    if settings.trusted_hosts is not None:
        surrounding.insert(2, Middleware(HostCheck, trusted_hosts=settings.trusted_hosts))
    return surrounding
