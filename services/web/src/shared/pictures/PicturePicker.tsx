import { Alert, Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import { type ClipboardEvent, type DragEvent, useState } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "@/shared/ui/icons";
import { explain } from "@/shared/ui/problems";

import classes from "./Pictures.module.css";
import { settled, upload } from "./api";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif";

interface Item {
  key: string;
  name: string;
  percent: number;
  id?: string;
  refused?: string;
}

/** The pictures of a message being written: sent at once, each with its progress or why it was refused. */
export function usePictures() {
  const { t } = useTranslation();
  const [items, setItems] = useState<Item[]>([]);
  const change = (key: string, next: Partial<Item>) =>
    setItems((before) => before.map((item) => (item.key === key ? { ...item, ...next } : item)));

  async function addOne(file: File) {
    const key = crypto.randomUUID();
    setItems((before) => [...before, { key, name: file.name, percent: 0 }]);
    try {
      const sent = await upload(file, (percent) => change(key, { percent }));
      const state = await settled(sent);
      if (state.status === "ready") change(key, { id: state.id, percent: 100 });
      else change(key, { refused: state.explanation ?? t("pictures.refused") });
    } catch (error) {
      change(key, { refused: explain(error, t("states.offline")) });
    }
  }

  const add = (files: Iterable<File>) => {
    for (const file of files) void addOne(file);
  };
  return {
    items,
    add,
    remove: (key: string) => setItems((before) => before.filter((item) => item.key !== key)),
    clear: () => setItems([]),
    ids: items.flatMap((item) => item.id ?? []),
    settled: items.every((item) => item.id ?? item.refused),
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length > 0) {
        event.preventDefault();
        add(files);
      }
    },
  };
}

/** Add pictures by button or by dropping them here; each shows its progress, and can be taken back. */
export function Pictures({ pictures }: { pictures: ReturnType<typeof usePictures> }) {
  const { t } = useTranslation();
  function drop(event: DragEvent) {
    event.preventDefault();
    pictures.add(event.dataTransfer.files);
  }
  return (
    <Stack
      gap="xs"
      className={classes.zone}
      onDragOver={(event) => event.preventDefault()}
      onDrop={drop}
      role="group"
      aria-label={t("pictures.title")}
    >
      <Group>
        <FileButton onChange={pictures.add} accept={ACCEPTED} multiple>
          {(props) => (
            <Button {...props} variant="default" size="xs" leftSection={<Icon name="picture" size={16} />}>
              {t("pictures.add")}
            </Button>
          )}
        </FileButton>
        <Text size="sm" c="dimmed" visibleFrom="sm">
          {t("pictures.drop")}
        </Text>
      </Group>
      {pictures.items.map((item) => (
        <div key={item.key}>
          <Group justify="space-between">
            <Text size="sm">
              <bdi>{item.name}</bdi>
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={() => pictures.remove(item.key)}>
              {t("pictures.remove", { name: item.name })}
            </Button>
          </Group>
          {item.refused ? (
            <Alert color="red" role="alert" p="xs">
              {item.refused}
            </Alert>
          ) : (
            <Progress value={item.percent} aria-label={t("pictures.progress", { name: item.name })} />
          )}
        </div>
      ))}
    </Stack>
  );
}
