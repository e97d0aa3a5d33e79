"""The error tree. Every message says what happened, the value, and what to do.

- `ExtractorError`
    - `SetupError`
    - `BudgetError`
    - `DocumentError`
    - `ModelError`
        - `ModelUnavailableError`
            - `ServerDownError`
        - `ModelThrottledError`
        - `ModelRejectedError`
        - `OutputTruncatedError`
        - `OutputRefusedError`
        - `OutputInvalidError`
"""


class ExtractorError(Exception):
    """Base of every error this package raises on purpose."""


class SetupError(ExtractorError):
    """Nothing can work until the user mends a setting, a key, an installation or an address."""


class BudgetError(ExtractorError):
    """What a run may cost is spent; the rest of it is untried."""


class DocumentError(ExtractorError):
    """One document cannot be read; the others can."""


class ModelError(ExtractorError):
    """A model was asked and no usable answer came."""


class ModelUnavailableError(ModelError):
    """The server could not be reached, hung, or kept failing, after all attempts."""


class ServerDownError(ModelUnavailableError):
    """The server has failed one request after the other: no more are sent to it."""


class ModelThrottledError(ModelError):
    """The server kept refusing for too many requests, after all attempts."""


class ModelRejectedError(ModelError):
    """The server refused this one request as malformed, say as too long for the model."""


class OutputTruncatedError(ModelError):
    """The answer was cut off at the output limit."""


class OutputRefusedError(ModelError):
    """The model declined to answer."""


class OutputInvalidError(ModelError):
    """No attempt gave an answer of which anything could be kept."""
