import { Button, Card, Group, MultiSelect, Select, SimpleGrid, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { type FormEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import type { Person } from "@/shared/api/types";
import { ORIGINS, TICKET_KINDS, TICKET_STATUSES, TICKET_VERDICTS } from "@/shared/api/values";

import type { FilterName, FilterTexts } from "./filters";
import type { Choice } from "./stores";
import { StoreSelect } from "./StoreSelect";
import classes from "./TicketList.module.css";

interface Props {
  applied: FilterTexts;
  /** Whom tickets can be assigned to, where support looks at the list. */
  assignees: readonly Person[] | undefined;
  onApply: (next: FilterTexts) => void;
}

/** The filters of the list: chosen here, applied by FILTRAR, forgotten by LIMPIAR. */
export function FilterBar({ applied, assignees, onApply }: Props) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<FilterTexts>(applied);
  // On a narrow screen the list comes first, unless something was filtered.
  const [unfolded, { toggle }] = useDisclosure(Object.keys(applied).length > 0);
  const choose = (name: FilterName) => (value: string | null) =>
    setChosen((before) => ({ ...before, [name]: value ?? "" }));
  const choices = <Value extends string>(
    values: readonly Value[],
    label: (value: Value) => string,
  ): Choice[] => values.map((value) => ({ value, label: label(value) }));
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
            data={choices(TICKET_STATUSES, (status) => t(`status.${status}`))}
            value={chosen.status ? chosen.status.split(",") : []}
            onChange={(values) => choose("status")(values.join(","))}
            clearable
            clearButtonProps={{ "aria-label": t("filters.clearOne", { name: t("filters.status") }) }}
          />
          {select(
            "verdict",
            choices(TICKET_VERDICTS, (verdict) => t(`verdict.${verdict}`)),
          )}
          {select(
            "kind",
            choices(TICKET_KINDS, (kind) => t(`kind.${kind}`)),
          )}
          {select(
            "origin",
            choices(ORIGINS, (origin) => t(`modules.${origin}`)),
          )}
          {select(
            "unread",
            choices(["true", "false"] as const, (unread) => t(`filters.read.${unread}`)),
          )}
          {field("number", { inputMode: "numeric", maxLength: 15 })}
          {field("created_from", { type: "date" })}
          {field("created_to", { type: "date" })}
          {assignees && <StoreSelect value={chosen.store_id ?? null} onChange={choose("store_id")} />}
          {assignees &&
            select(
              "assignee",
              [
                { value: "none", label: t("support.nobody") },
                ...assignees.map(({ id, name }) => ({ value: id, label: name })),
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
