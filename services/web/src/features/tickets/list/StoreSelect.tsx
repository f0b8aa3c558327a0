import { Select } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { useState } from "react";
import { useTranslation } from "react-i18next";

import { useStore, useStores } from "./stores";

interface Props {
  value: string | null;
  onChange: (id: string | null) => void;
}

/** One store of all, found by a part of its name: the API searches, as there are more than a page holds. */
export function StoreSelect({ value, onChange }: Props) {
  const { t } = useTranslation();
  const chosen = useStore(value);
  const [text, setText] = useState("");
  const [settled] = useDebouncedValue(text.trim(), 250);
  // The name of the store that is chosen is no search: the others are offered beside it.
  const found = useStores(settled === chosen?.label ? "" : settled).data;
  const stores = (found?.items ?? []).map(({ id, name }) => ({ value: id, label: name }));
  const options =
    chosen && !stores.some((store) => store.value === chosen.value) ? [chosen, ...stores] : stores;
  const label = t("filters.store_id");
  return (
    <Select
      label={label}
      placeholder={t("filters.any")}
      data={
        found?.next_cursor ? [...options, { value: "", label: t("filters.more"), disabled: true }] : options
      }
      value={value}
      onChange={onChange}
      searchValue={text}
      onSearchChange={setText}
      filter={({ options: all }) => all}
      nothingFoundMessage={found && t("filters.nothing")}
      searchable
      clearable
      clearButtonProps={{ "aria-label": t("filters.clearOne", { name: label }) }}
    />
  );
}
