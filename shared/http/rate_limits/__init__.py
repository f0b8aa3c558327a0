"""Request rate limits, counted per process or in Redis."""
