import { Alert, Button, FileButton, Group, Progress, Stack, Text } from "@mantine/core";
import type { DragEvent } from "react";
import { useTranslation } from "react-i18next";

import { Icon } from "@/shared/ui/icons";

import classes from "./Pictures.module.css";
import type { PictureUploads } from "./usePictureUploads";

const ACCEPTED = "image/jpeg,image/png,image/webp,image/gif,image/heic,image/heif,image/avif";

/** Add pictures by button or by dropping them here; each shows its progress, and can be taken back. */
export function PicturePicker({ pictures }: { pictures: PictureUploads }) {
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
      {pictures.uploads.map((upload) => (
        <div key={upload.key}>
          <Group justify="space-between">
            <Text size="sm">
              <bdi>{upload.name}</bdi>
            </Text>
            <Button size="compact-xs" variant="subtle" onClick={() => pictures.remove(upload.key)}>
              {t("pictures.remove", { name: upload.name })}
            </Button>
          </Group>
          {upload.refused ? (
            <Alert color="danger" role="alert" p="xs">
              {upload.refused}
            </Alert>
          ) : (
            <Progress value={upload.percent} aria-label={t("pictures.progress", { name: upload.name })} />
          )}
        </div>
      ))}
    </Stack>
  );
}
