"""SQL that makes stores with people who get notifications, and one person of support."""

from __future__ import annotations

STORES_AND_PEOPLE = """
    INSERT INTO plans VALUES ('p', 'Plan', 'Plan', true, NULL, 1, '{}', '{}');
    INSERT INTO stores (id, name, plan_code, time_zone, subscribed_on, created_at)
    SELECT md5('store' || s)::uuid, 'Tienda ' || s, 'p', 'UTC', '2026-01-01', now()
    FROM generate_series(1, %(stores)s) s;
    INSERT INTO people (id, store_id, name, email, roles, created_at)
    SELECT gen_random_uuid(), md5('store' || s)::uuid, 'Persona', s || '-' || p || '@x.example',
        '{gestionar_tickets}', now()
    FROM generate_series(1, %(stores)s) s, generate_series(1, %(each)s) p;
    INSERT INTO people (id, store_id, name, email, roles, created_at)
    VALUES (md5('support')::uuid, NULL, 'Soporte', 'support@x.example', '{soporte}', now());
"""
"""`stores` stores with `each` people; ids follow from md5 of 'store1' and so on, and of 'support'."""
