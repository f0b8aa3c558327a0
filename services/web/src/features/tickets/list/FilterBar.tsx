import { Button, Card, Group, MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { useStaff } from "@/features/support/api";

import { type FilterName, type FilterTexts, STATUSES } from "./filters";
import { StoreSelect } from "./StoreSelect";
import classes from "./TicketList.module.css";

export interface Choice {
  value: string;
  label: string;
}

interface Props {
  applied: FilterTexts;
  support: boolean;
  onApply: (next: FilterTexts) => void;
}

/** The filters of the list: chosen here, applied by FILTRAR, forgotten by LIMPIAR. */
export function FilterBar({ applied, support, onApply }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<FilterTexts>(applied);
  // On a narrow screen the list comes first, unless something was filtered.
  const [unfolded, { toggle }] = useDisclosure(Object.keys(applied).length > 0);
  const staff = useStaff(support).data?.items ?? [];
  const choose = (name: FilterName) => (value: string | null) =>
    setChosen((before) => ({ ...before, [name]: value ?? "" }));
  const options = (name: string, values: readonly string[]) =>
    values.map((value) => ({ value, label: t(`${name}.${value}`) }));
  const select = (name: FilterName, data: Choice[], searchable = false) => (
    <Select
      label={t(`filters.${name}`)}
      placeholder={t("filters.any")}
      data={data}
      value={chosen[name] ?? null}
      onChange={choose(name)}
      searchable={searchable}
      clearable
      clearButtonProps={{ "aria-label": t("filters.clearOne", { name: t(`filters.${name}`) }) }}
    />
  );
  const field = (name: FilterName, rest: { type?: string; inputMode?: "numeric"; maxLength?: number }) => (
    <TextInput
      label={t(`filters.${name}`)}
      value={chosen[name] ?? ""}
      onChange={(event) => choose(name)(event.currentTarget.value)}
      {...rest}
    />
  );

  function apply(event: FormEvent) {
    event.preventDefault();
    onApply(chosen);
  }

  function clear() {
    setChosen({});
    onApply({});
  }

  return (
    <Card component="form" onSubmit={apply} role="search" aria-label={t("filters.title")}>
      <Button
        hiddenFrom="sm"
        variant="subtle"
        size="compact-sm"
        aria-expanded={unfolded}
        mb={unfolded ? "xs" : 0}
        onClick={toggle}
      >
        {t("filters.title")}
      </Button>
      <div {...(!unfolded && { className: classes.folded })}>
        <SimpleGrid cols={{ base: 2, sm: 3, md: 4 }} spacing="sm" verticalSpacing="xs">
          <MultiSelect
            label={t("filters.status")}
            {...(!chosen.status && { placeholder: t("filters.any") })}
            data={options("status", STATUSES)}
            value={chosen.status ? chosen.status.split(",") : []}
            onChange={(values) => choose("status")(values.join(","))}
            clearable
            clearButtonProps={{ "aria-label": t("filters.clearOne", { name: t("filters.status") }) }}
          />
          {select("verdict", options("verdict", ["improvable", "incorrect"]))}
          {select("kind", options("kind", ["question", "generic"]))}
          {select("origin", options("modules", ["history", "pending", "test"]))}
          {select("unread", options("filters.read", ["true", "false"]))}
          {field("number", { inputMode: "numeric", maxLength: 15 })}
          {field("created_from", { type: "date" })}
          {field("created_to", { type: "date" })}
          {support && <StoreSelect value={chosen.store_id ?? null} onChange={choose("store_id")} />}
          {support &&
            select(
              "assignee",
              [
                { value: "none", label: t("desk.nobody") },
                ...staff.map(({ id, name }) => ({ value: id, label: name })),
              ],
              true,
            )}
        </SimpleGrid>
        <Group mt="sm" align="end">
          <TextInput
            label={t("filters.q")}
            value={chosen.q ?? ""}
            onChange={(event) => choose("q")(event.currentTarget.value)}
            maxLength={200}
            flex="1 1 220px"
          />
          <Group gap="xs">
            <Button type="submit">{t("filters.apply")}</Button>
            <Button variant="default" onClick={clear}>
              {t("filters.clear")}
            </Button>
          </Group>
        </Group>
      </div>
    </Card>
  );
}
