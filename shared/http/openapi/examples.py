"""Examples for the OpenAPI document, made from its schemas: a sample for each name or type of field."""

from __future__ import annotations

from typing import Any

Json = dict[str, Any]

_ID = "019a9f3e-7a3b-7c1d-9e2f-3a4b5c6d7e8f"
_MOMENT = "2026-11-22T15:04:05Z"

# What a field of this name may hold, where its type alone would give a dull one.
_SAMPLES: Json = {
    "answer": "Sí, nos queda en talle 42.",
    "body": "La respuesta usa la tabla de talles del modelo anterior.",
    "comment": "El precio que dice no es el de la oferta.",
    "email": "ana@tienda.example",
    "excerpt": "¿Tienen este modelo en talle 42?",
    "locale": "es",
    "model": "respuestas-2",
    "name": "Ana Pérez",
    "product": "Zapatillas Ruta 9",
    "q": "talle 42",
    "rated_answer": "Sí, nos queda en talle 42.",
    "resolution": "Se actualizó la ficha del producto.",
    "roles": ["administrador"],
    "sources": [{"title": "Tabla de talles", "url": "https://tienda.example/talles"}],
    "text": "¿Tienen este modelo en talle 42?",
    "title": "Talles desactualizados",
}
_PYTHON_TYPES: dict[str, type] = {"string": str, "array": list, "object": dict}
_BY_FORMAT: Json = {
    "uuid": _ID,
    "date-time": _MOMENT,
    "date": _MOMENT[:10],
    "email": _SAMPLES["email"],
    "uri": "https://tienda.example/avisos",
    "url": "https://tienda.example/avisos",
    "binary": "",
}


def example_of(schema: Json, schemas: Json, name: str = "") -> Any:
    """An example of `schema`, the field `name` of something; `schemas` are what its references name."""
    if "$ref" in schema:
        return example_of(schemas[schema["$ref"].rsplit("/", 1)[1]], schemas, name)
    for given in ("example", "const", "default"):
        if schema.get(given) is not None:
            return schema[given]
    if schema.get("examples"):
        return schema["examples"][0]
    if "enum" in schema:
        return schema["enum"][0]
    for choice in ("anyOf", "oneOf", "allOf"):
        if choice in schema:
            return example_of(schema[choice][0], schemas, name)
    return _by_type(schema, schemas, name)


def _by_type(schema: Json, schemas: Json, name: str) -> Any:
    kind = schema.get("type", "object")
    kind = kind[0] if isinstance(kind, list) else kind
    if kind == "object" and "properties" in schema:
        return {field: example_of(inner, schemas, field) for field, inner in schema["properties"].items()}
    if isinstance(_SAMPLES.get(name), _PYTHON_TYPES.get(kind, ())):
        return _SAMPLES[name]
    if kind == "array":
        return [example_of(schema.get("items", {}), schemas, name)]
    if kind == "string":
        return _BY_FORMAT.get(schema.get("format", ""), "texto")
    return {"integer": schema.get("minimum", 1), "number": 1.5, "boolean": True, "null": None}.get(kind, {})
