"""The description of the API, made from the routes themselves: /api/openapi.json."""

from __future__ import annotations

import inspect
import re
from collections.abc import Callable, Mapping
from typing import Any

import msgspec

from dateline.review.filters import FACETS, SORTS, STATES
from dateline.review.verbs import BODIES
from dateline.versions import versions

Json = dict[str, Any]
MEDIA = {".csv": "text/csv", ".tsv": "text/tab-separated-values"}
TEXT: Json = {"type": "string"}
NUMBER: Json = {"type": "integer", "minimum": 0, "maximum": 999_999_999}
DAY: Json = {"type": "string", "description": "ISO day, such as 2020-02-01"}
FILTERS: dict[str, Json] = {
    **{name: {"type": "array", "items": TEXT, "description": "any of these; !VALUE leaves out"} for name in FACETS},
    "q": TEXT,
    "state": {"type": "array", "items": {"type": "string", "enum": list(STATES)}},
    "sort": {"type": "string", "enum": list(SORTS)},
    **dict.fromkeys(("from", "to", "report_from", "report_to"), DAY),
    "killed": NUMBER,
}
PAGED: dict[str, Json] = {"offset": NUMBER, "limit": NUMBER, "at": TEXT, "facets": TEXT}
PARAMETERS: dict[str, dict[str, Json]] = {
    "/queue.json": {**FILTERS, **PAGED},
    "/queue.csv": FILTERS,
    "/explore.json": FILTERS,
    "/explore.csv": FILTERS,
    "/incidents.json": {"q": TEXT, "country": TEXT, "shown": TEXT, "sort": TEXT, "offset": NUMBER},
    "/incidents.csv": {"q": TEXT, "country": TEXT, "shown": TEXT, "sort": TEXT},
    "/actors.json": {"q": TEXT},
    "/places.json": {"q": TEXT},
    "/sources.json": {"q": TEXT},
    "/actors/same.json": dict.fromkeys(("name", "kind", "country"), TEXT),
    "/places/same.json": dict.fromkeys(("name", "country", "precision", "latitude", "longitude"), TEXT),
    "/log.json": {"offset": NUMBER},
    "/api/changes": {"after": NUMBER},
    "/api/places": {"q": TEXT, "country": TEXT},
    "/api/actors": {"q": TEXT},
    **{
        path: dict.fromkeys(("as", "profile", "since", "until", "country", "type", "reviewed", "embargo", "coarsen"), TEXT)
        for path in ("/export.json", "/export/file")
    },
}


def describe(views: Mapping[str, Callable[..., Any]], verbs: Mapping[str, Callable[..., Any]]) -> Json:
    """An OpenAPI 3.1 document of all views (GET) and verbs (POST)."""
    bodies, parts = msgspec.json.schema_components(BODIES.values(), ref_template="#/components/schemas/{name}")
    schemas = dict(zip(BODIES, bodies, strict=True))
    paths: dict[str, Json] = {path: {"get": operation(path, view)} for path, view in views.items()}
    for path, verb in verbs.items():
        told = {"required": True, "content": {"application/json": {"schema": schemas.get(path)}}}
        body = {"requestBody": told} if path in schemas else {}
        paths.setdefault(path, {})["post"] = {**operation(path, verb, "post"), **body}
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "dateline review",
            "version": versions()["code"],
            "description": "Data and verbs of the review page. It listens on 127.0.0.1 only; every request needs the key.",
        },
        "security": [{"key": []}],
        "paths": paths,
        "components": {"schemas": parts, "securitySchemes": {"key": {"type": "http", "scheme": "bearer"}}},
    }


def operation(path: str, view: Callable[..., Any], method: str = "get") -> Json:
    told = inspect.getdoc(view) or path
    inside = [
        {"name": name, "in": "path", "required": True, "schema": {"type": "string", "minLength": 1}}
        for name in re.findall(r"{(\w+)}", path)
    ]
    query = [{"name": name, "in": "query", "schema": schema} for name, schema in PARAMETERS.get(path, {}).items()]
    media = next((kind for end, kind in MEDIA.items() if path.endswith(end)), "application/json")
    answers = {"200": {"description": "what was asked for", "content": {media: {}}}}
    for status, words in (("400", "cannot be"), ("401", "no key"), ("403", "refused"), ("404", "not there"), ("409", "the file")):
        answers[status] = {"description": words, "content": {"application/json": {}}}
    name = f"{method}_{re.sub(r'[^a-z]+', '_', path).strip('_')}"
    return {"operationId": name, "summary": told.split("\n")[0], "parameters": [*inside, *query], "responses": answers}
