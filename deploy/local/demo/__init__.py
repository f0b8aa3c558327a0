"""Demo data of the local mode: plans, stores, people and questions as JSON files.

Everything here is invented: store and person names, products and answers, and every address lies under
the reserved `.example` domain. References between files use each object's `key` (a plan's `code`).
"""
