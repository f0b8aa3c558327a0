import { Card, Checkbox, Table, Title } from "@mantine/core";
import { useTranslation } from "react-i18next";

import type { Preference } from "@/shared/api/types";
import { ErrorAlert } from "@/shared/ui/ErrorAlert";
import { LoadError } from "@/shared/ui/states";

import { useChoosePreferences, usePreferences } from "./preferencesApi";

const CHANNELS = ["in_app", "email"] as const satisfies readonly (keyof Preference)[];

/** What the person is notified of, and how; each choice is stored at once. */
export function Preferences() {
  const { t } = useTranslation();
  const list = usePreferences();
  const { chosen, choose, error } = useChoosePreferences();
  if (list.isPending) return null;
  if (list.isLoadingError) return <LoadError error={list.error} onRetry={() => void list.refetch()} />;
  const items = chosen ?? list.data.items;
  const change = (topic: string, next: Partial<Preference>) =>
    choose(items.map((item) => (item.topic === topic ? { ...item, ...next } : item)));
  return (
    <section aria-labelledby="preferences">
      <Title order={3} mb="xs" id="preferences">
        {t("preferences.title")}
      </Title>
      <Card padding="xs">
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th scope="col">{t("preferences.topic")}</Table.Th>
              {CHANNELS.map((channel) => (
                <Table.Th scope="col" key={channel}>
                  {t(`preferences.channel.${channel}`)}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {items.map((item) => (
              <Table.Tr key={item.topic}>
                <Table.Td>{item.label}</Table.Td>
                {CHANNELS.map((channel) => (
                  <Table.Td key={channel}>
                    <Checkbox
                      aria-label={`${item.label}: ${t(`preferences.channel.${channel}`)}`}
                      checked={item[channel]}
                      onChange={(event) => change(item.topic, { [channel]: event.currentTarget.checked })}
                    />
                  </Table.Td>
                ))}
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
        {error && <ErrorAlert error={error} />}
      </Card>
    </section>
  );
}
