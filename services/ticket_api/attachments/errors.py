"""The branch of the error tree (`shared.errors`) that is about pictures."""

from __future__ import annotations

from shared.errors import AppError, Conflict


class AttachmentTooLarge(AppError):
    """The file is over the limit."""

    status = 413
    code = "attachment_too_large"
    es = "El archivo supera el máximo de {limit} MiB."
    en = "The file is over the limit of {limit} MiB."


class AttachmentEmpty(AppError):
    """There is nothing in the file."""

    status = 422
    code = "attachment_empty"
    es = "El archivo está vacío."
    en = "The file is empty."


class AttachmentSpaceUsed(Conflict):
    """All pictures of the store together are at their limit."""

    code = "attachment_space_used"
    es = "Las imágenes de tu tienda ya ocupan el máximo de {limit} MiB."
    en = "Your store's pictures already occupy the limit of {limit} MiB."


class TooManyAttachments(AppError):
    """More pictures than go with one message."""

    status = 422
    code = "too_many_attachments"
    es = "Un mensaje admite {limit} imágenes como máximo."
    en = "A message takes {limit} pictures at most."


class AttachmentUnknown(AppError):
    """No such attachment, or another store's: nobody can distinguish the two."""

    status = 422
    code = "attachment_unknown"
    es = "Alguna de las imágenes no existe o no es de tu tienda; súbela de nuevo."
    en = "One of the pictures does not exist or is not your store's; upload it again."


class AttachmentTied(Conflict):
    """Each attachment belongs to one message."""

    code = "attachment_tied"
    es = "Alguna de las imágenes ya está en otro mensaje; súbela de nuevo para volver a usarla."
    en = "One of the pictures is already in another message; upload it again to use it once more."


class AttachmentRefused(Conflict):
    """The file turned out to be no picture we show."""

    code = "attachment_refused"
    es = "Alguno de los archivos fue rechazado; quítalo del mensaje."
    en = "One of the files was refused; take it out of the message."


class AttachmentNotReady(Conflict):
    """The picture is not made yet, or never will be."""

    code = "attachment_not_ready"
    es = "La imagen todavía no está lista o fue rechazada; consulta su estado."
    en = "The picture is not ready yet or was refused; look at its state."
