import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import type { TicketItem } from "./api";
import { isLong, LONG_PAGES, showInLists } from "./longLists";

const ticket = (id: string) => ({ id, unread: true, number: 1 }) as TicketItem;
const page = (...ids: string[]) => ({ items: ids.map(ticket), next_cursor: null });
const state = (data: unknown) => ({ state: { data } }) as Parameters<typeof isLong>[0];

test("a list is long above ten pages, and what is no list never is", () => {
  const pages = Array.from({ length: LONG_PAGES + 1 }, () => page());
  expect(isLong(state({ pages }))).toBe(true);
  expect(isLong(state({ pages: pages.slice(1) }))).toBe(false);
  expect(isLong(state({ items: [] }))).toBe(false);
  expect(isLong(state(undefined))).toBe(false);
});

test("what is known of a ticket shows in the long lists that hold it, and all else stays the same", () => {
  const queries = new QueryClient();
  const many = Array.from({ length: LONG_PAGES }, (_, number) => page(`other ${number}`));
  const long = { pages: [page("a", "b"), ...many], pageParams: [] };
  queries.setQueryData(["tickets", {}], long);
  queries.setQueryData(["tickets", { q: "z" }], { pages: [page("b")], pageParams: [""] });
  const short = queries.getQueryData(["tickets", { q: "z" }]);
  showInLists(queries, "b", { unread: false });
  const shown = queries.getQueryData<typeof long>(["tickets", {}])?.pages ?? [];
  expect(shown[0]?.items.map(({ unread }) => unread)).toEqual([true, false]);
  expect(shown.slice(1)).toEqual(many);
  expect(queries.getQueryData(["tickets", { q: "z" }])).toBe(short);
});
