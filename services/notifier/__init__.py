"""Decides who hears of what, and tells them."""
