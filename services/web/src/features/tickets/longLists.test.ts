import { QueryClient } from "@tanstack/react-query";
import { expect, test } from "vitest";

import type { Ticket } from "@/shared/api/types";

import { ticketKeys } from "./keys";
import { isLongList, LONG_LIST_PAGES, updateInLongLists } from "./longLists";

const ticket = (id: string) => ({ id, unread: true, number: 1 }) as Ticket;
const page = (...ids: string[]) => ({ items: ids.map(ticket), next_cursor: null });
const state = (data: unknown) => ({ state: { data } }) as Parameters<typeof isLongList>[0];

test("a list is long above ten pages, and what is no list never is", () => {
  const pages = Array.from({ length: LONG_LIST_PAGES + 1 }, () => page());
  expect(isLongList(state({ pages }))).toBe(true);
  expect(isLongList(state({ pages: pages.slice(1) }))).toBe(false);
  expect(isLongList(state({ items: [] }))).toBe(false);
  expect(isLongList(state(undefined))).toBe(false);
});

test("what is known of a ticket shows in the long lists that hold it, and all else stays the same", () => {
  const queries = new QueryClient();
  const many = Array.from({ length: LONG_LIST_PAGES }, (_, number) => page(`other ${number}`));
  const long = { pages: [page("a", "b"), ...many], pageParams: [] };
  queries.setQueryData(ticketKeys.list({}), long);
  queries.setQueryData(ticketKeys.list({ q: "z" }), { pages: [page("b")], pageParams: [""] });
  const short = queries.getQueryData(ticketKeys.list({ q: "z" }));
  updateInLongLists(queries, "b", { unread: false });
  const shown = queries.getQueryData<typeof long>(ticketKeys.list({}))?.pages ?? [];
  expect(shown[0]?.items.map(({ unread }) => unread)).toEqual([true, false]);
  expect(shown.slice(1)).toEqual(many);
  expect(queries.getQueryData(ticketKeys.list({ q: "z" }))).toBe(short);
});
