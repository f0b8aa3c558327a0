"""The one error tree: each error carries its HTTP status, a stable code and its text in both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, ClassVar


class AppError(Exception):
    """Base of every error a caller is answered with.

    `values` fill the text's placeholders; one that differs by language is a mapping of `es` and `en`.
    """

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
        language = "en" if locale == "en" else "es"
        values = {
            name: value[language] if isinstance(value, Mapping) else value
            for name, value in self.values.items()
        }
        return (self.en if language == "en" else self.es).format(**values)


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


class TooDeep(BadRequest):
    """The JSON is nested deeper than anything we ask for."""

    code = "json_too_deep"
    es = "El JSON tiene más de {limit} niveles."
    en = "The JSON has more than {limit} levels."


class InvalidCursor(BadRequest):
    """The cursor was not given out by this list."""

    code = "invalid_cursor"
    es = "El cursor no es válido para esta lista; empieza otra vez sin cursor."
    en = "The cursor is not valid for this list; start again without one."


class InvalidIdempotencyKey(BadRequest):
    """The Idempotency-Key is empty, too long or holds what no key may hold."""

    code = "invalid_idempotency_key"
    es = "Idempotency-Key debe tener de 1 a {limit} letras, dígitos o signos ASCII, sin espacios."
    en = "Idempotency-Key must be 1 to {limit} ASCII letters, digits or signs, without spaces."


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
    """No such thing, or not yours: nobody can distinguish the two."""

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


class IdempotencyKeyInUse(Conflict):
    """The first call under this key has not ended yet."""

    code = "idempotency_key_in_use"
    es = "La primera llamada con este Idempotency-Key sigue en curso; repite la llamada en un momento."
    en = "The first call with this Idempotency-Key still runs; repeat the call in a moment."


class StaleVersion(AppError):
    """If-Match names a version that is not the present one."""

    status = 412
    code = "stale_version"
    es = "Cambió desde que lo leíste; léelo otra vez y repite tu cambio."
    en = "It has changed since you read it; read it again and repeat your change."


class IfMatchRequired(AppError):
    """The call changes something others may be changing too, and doesn't say what it read."""

    status = 428
    code = "if_match_required"
    es = "Falta If-Match: envía el ETag de lo que leíste."
    en = "If-Match is missing: send the ETag of what you read."


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


class IdempotencyKeyReused(AppError):
    """The key was given to a call that asked for something else."""

    status = 422
    code = "idempotency_key_reused"
    es = "Este Idempotency-Key ya se usó para otra solicitud; usa una clave nueva."
    en = "This Idempotency-Key was already used for another request; use a new key."


class RateLimited(AppError):
    """The person, or the address of someone not signed in, asks too often."""

    status = 429
    code = "rate_limited"
    es = "Demasiadas solicitudes: el límite es {amount} cada {seconds} s. Espera lo que dice Retry-After."
    en = "Too many requests: the limit is {amount} in {seconds} s. Wait as Retry-After says."


class Unavailable(AppError):
    """Base: something we need does not answer; trying again in a moment is right, however often."""

    status = 503
    code = "away"
    es = "Algo que necesitamos no responde por un momento; intenta de nuevo."
    en = "Something we need does not answer for a moment; try again."


class DatabaseAway(Unavailable):
    """PostgreSQL does not answer."""

    code = "unavailable"
    es = "El servicio no está disponible por un momento; intenta de nuevo."
    en = "The service is unavailable for a moment; try again."


class TicketIsClosed(Conflict):
    """A closed ticket takes no reply."""

    code = "ticket_closed"
    es = "El ticket está cerrado; ábrelo de nuevo para continuar."
    en = "The ticket is closed; reopen it to go on."


class TicketNotClosed(Conflict):
    """Only a closed ticket can be reopened."""

    code = "ticket_not_closed"
    es = "El ticket no está cerrado."
    en = "The ticket is not closed."


class TicketNotOpen(Conflict):
    """The ticket holds no unit yet, so there is no conversation to go on with."""

    code = "ticket_not_open"
    es = "El ticket todavía no está abierto: espera un cupo disponible."
    en = "The ticket is not open yet: it waits for a unit."


class TicketNotParked(Conflict):
    """Only a parked ticket can be promoted."""

    code = "ticket_not_parked"
    es = "Solo se puede promover un ticket en espera; este no lo está."
    en = "Only a parked ticket can be promoted; this one is not parked."


class Busy(Unavailable):
    """As many bodies are on their way as this process waits for at once."""

    code = "busy"
    es = "Hay demasiados envíos en curso; intenta de nuevo en unos segundos."
    en = "Too many bodies are on their way; try again in some seconds."


class StorageAway(Unavailable):
    """Pictures' storage is full or does not answer."""

    code = "storage_unavailable"
    es = "Por el momento no podemos guardar ni mostrar imágenes; intenta de nuevo en un rato."
    en = "Pictures can be neither stored nor shown for the moment; try again in a while."


class TooManyWebhooks(Conflict):
    """A store has as many webhooks as it may."""

    code = "too_many_webhooks"
    es = "La tienda ya tiene {limit} webhooks; elimina uno que no uses."
    en = "The store has {limit} webhooks already; delete one that is not used."


class WebhookIsDisabled(Conflict):
    """Nothing is sent to a disabled webhook."""

    code = "webhook_disabled"
    es = "El webhook está desactivado; actívalo primero."
    en = "The webhook is disabled; enable it first."


class DeliveryUnderWay(Conflict):
    """The delivery is being sent at this moment."""

    code = "delivery_under_way"
    es = "Esta entrega se está enviando en este momento; espera a que termine."
    en = "This delivery is being sent at this moment; wait until it ends."
