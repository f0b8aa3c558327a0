"""The one error tree: each error carries its HTTP status, a stable code and its text in both languages."""

from __future__ import annotations

from typing import Any, ClassVar


class AppError(Exception):
    """Base of every error a caller is answered with. `values` fill the text's placeholders."""

    status: ClassVar[int] = 500
    code: ClassVar[str] = "internal_error"
    es: ClassVar[str] = "Algo falló de nuestro lado. Ya quedó registrado."
    en: ClassVar[str] = "Something failed on our side. It has been recorded."

    def __init__(self, errors: Any = None, **values: object) -> None:
        super().__init__(self.code)
        self.errors = errors
        self.values = values

    def text(self, locale: str) -> str:
        """The error in Spanish, or in English when `locale` is `en`."""
        return (self.en if locale == "en" else self.es).format(**self.values)


class BadRequest(AppError):
    """The request is not of the form HTTP or JSON asks for."""

    status = 400
    code = "bad_request"
    es = "La solicitud no se entiende."
    en = "The request cannot be understood."


class NotJson(BadRequest):
    """The body is not JSON."""

    code = "not_json"
    es = "El cuerpo debe ser JSON válido, con Content-Type application/json."
    en = "The body must be valid JSON, with Content-Type application/json."


class InvalidCursor(BadRequest):
    """The cursor was not given out by this list."""

    code = "invalid_cursor"
    es = "El cursor no es válido para esta lista; empieza otra vez sin cursor."
    en = "The cursor is not valid for this list; start again without one."


class Unauthorized(AppError):
    """No token, or one that proves nobody; the reason stays with us."""

    status = 401
    code = "unauthorized"
    es = "Inicia sesión: falta el token o no es válido."
    en = "Sign in: the token is missing or not valid."


class TokenExpired(Unauthorized):
    """The token was good once."""

    code = "token_expired"
    es = "Tu sesión venció; inicia sesión de nuevo."
    en = "Your session has expired; sign in again."


class Forbidden(AppError):
    """The person may not do this."""

    status = 403
    code = "forbidden"
    es = "No tienes permiso para esto. Hace falta: {needed}."
    en = "You are not allowed to do this. It needs: {needed}."


class NotFound(AppError):
    """No such thing, or not yours: the two are never told apart."""

    status = 404
    code = "not_found"
    es = "No existe o no es de tu tienda."
    en = "It does not exist or is not your store's."


class Conflict(AppError):
    """The thing is not in a state that allows this."""

    status = 409
    code = "conflict"
    es = "El estado actual no lo permite."
    en = "The present state does not allow it."


class RatingNotParked(Conflict):
    """Only a parked rating can be promoted."""

    code = "rating_not_parked"
    es = "Solo se puede convertir en ticket una calificación en espera; esta no lo está."
    en = "Only a parked rating can be turned into a ticket; this one is not parked."


class BodyTooLarge(AppError):
    """The body is over the limit."""

    status = 413
    code = "body_too_large"
    es = "El cuerpo supera el máximo de {limit} bytes."
    en = "The body is over the limit of {limit} bytes."


class Invalid(AppError):
    """The JSON is fine, its content is not; `errors` names each field."""

    status = 422
    code = "invalid"
    es = "Hay datos que corregir: mira `errors`."
    en = "Some data must be corrected: see `errors`."


class DatabaseAway(AppError):
    """PostgreSQL does not answer; trying again in a moment is right."""

    status = 503
    code = "unavailable"
    es = "El servicio no está disponible por un momento; intenta de nuevo."
    en = "The service is unavailable for a moment; try again."
