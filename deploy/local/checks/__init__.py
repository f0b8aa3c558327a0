"""The checks of `make check` that need engines or Node, and the generator of the page's API client."""
