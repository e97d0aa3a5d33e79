"""What requests cost: by what the user says, or the price list of genai-prices (no network)."""

from extractor.settings import Settings

_MILLION = 1_000_000


def cost_usd(settings: Settings, input_tokens: int, output_tokens: int) -> float | None:
    """Dollars for one request, or None where the model's price is not known."""
    if settings.price:
        sent, got = settings.price
        return (input_tokens * sent + output_tokens * got) / _MILLION
    if settings.embedded:
        return None
    from genai_prices import Usage, calc_price  # takes 0.4 s to import

    usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
    try:
        if settings.base_url is None:
            price = calc_price(usage, settings.model, provider_id="openai")
        else:
            price = calc_price(usage, settings.model, provider_api_url=settings.base_url)
    except LookupError:
        return None
    return float(price.total_price)
