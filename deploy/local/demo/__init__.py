"""Demo data of the local mode: plans, stores, people and questions as JSON files.

All stores, people, products and answers are fictional, and every e-mail address is in the reserved
`.example` domain. References between files use each object's `key` (a plan's `code`).
"""
