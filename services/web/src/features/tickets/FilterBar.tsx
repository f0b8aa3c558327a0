import { Button, Group, MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { type FilterName, type FilterTexts, STATUSES } from "./filters";

interface Props {
  applied: FilterTexts;
  onApply: (next: FilterTexts) => void;
}

/** The filters of the list: chosen here, applied by FILTRAR, forgotten by LIMPIAR. */
export function FilterBar({ applied, onApply }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<FilterTexts>(applied);
  const choose = (name: FilterName) => (value: string | null) =>
    setChosen((before) => ({ ...before, [name]: value ?? "" }));
  const options = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}`) }));

  function apply(event: FormEvent) {
    event.preventDefault();
    onApply(chosen);
  }

  function clear() {
    setChosen({});
    onApply({});
  }

  return (
    <form onSubmit={apply} role="search" aria-label={t("filters.title")}>
      <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="sm">
        <MultiSelect
          label={t("filters.status")}
          data={STATUSES.map((status) => ({ value: status, label: t(`status.${status}`) }))}
          value={chosen.status ? chosen.status.split(",") : []}
          onChange={(values) => choose("status")(values.join(","))}
          clearable
        />
        <Select
          label={t("filters.verdict")}
          data={options("verdict", ["improvable", "incorrect"])}
          value={chosen.verdict ?? null}
          onChange={choose("verdict")}
          clearable
        />
        <Select
          label={t("filters.kind")}
          data={options("kind", ["question", "generic"])}
          value={chosen.kind ?? null}
          onChange={choose("kind")}
          clearable
        />
        <Select
          label={t("filters.origin")}
          data={options("modules", ["history", "pending", "test"])}
          value={chosen.origin ?? null}
          onChange={choose("origin")}
          clearable
        />
        <Select
          label={t("filters.unread")}
          data={options("filters.read", ["true", "false"])}
          value={chosen.unread ?? null}
          onChange={choose("unread")}
          clearable
        />
        <TextInput
          label={t("filters.from")}
          type="date"
          value={chosen.created_from ?? ""}
          onChange={(event) => choose("created_from")(event.currentTarget.value)}
        />
        <TextInput
          label={t("filters.to")}
          type="date"
          value={chosen.created_to ?? ""}
          onChange={(event) => choose("created_to")(event.currentTarget.value)}
        />
        <TextInput
          label={t("filters.q")}
          value={chosen.q ?? ""}
          maxLength={200}
          onChange={(event) => choose("q")(event.currentTarget.value)}
        />
      </SimpleGrid>
      <Group mt="sm">
        <Button type="submit">{t("filters.apply")}</Button>
        <Button variant="default" onClick={clear}>
          {t("filters.clear")}
        </Button>
      </Group>
    </form>
  );
}
