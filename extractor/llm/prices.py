"""What a request cost, from the price list that genai-prices ships (no network)."""


def cost_usd(
    model: str, base_url: str | None, input_tokens: int, output_tokens: int
) -> float | None:
    """Dollars for one request, or None where the model's price is not known."""
    from genai_prices import Usage, calc_price  # takes 0.4 s to import

    usage = Usage(input_tokens=input_tokens, output_tokens=output_tokens)
    try:
        if base_url is None:
            price = calc_price(usage, model, provider_id="openai")
        else:
            price = calc_price(usage, model, provider_api_url=base_url)
    except LookupError:
        return None
    return float(price.total_price)
