import { Group, Text } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useMemo } from "react";
import { useTranslation } from "react-i18next";

import type { Attachment } from "@/shared/api/types";
import { Dialog } from "@/shared/ui/Dialog";

import { fetchPicture, pictureKeys, type PictureVariant } from "./api";
import classes from "./Pictures.module.css";

/** The pictures of a message, small; pressing one enlarges it. */
export function MessagePictures({ attachments }: { attachments: readonly Attachment[] }) {
  if (attachments.length === 0) return null;
  return (
    <Group mt="xs">
      {attachments.map((attachment) => (
        <EnlargeablePicture key={attachment.id} attachment={attachment} />
      ))}
    </Group>
  );
}

function EnlargeablePicture({ attachment }: { attachment: Attachment }) {
  const { t } = useTranslation();
  const [opened, { open, close }] = useDisclosure();
  const name = attachment.name ?? t("pictures.one");
  if (attachment.status !== "ready")
    return <Text size="sm">{t(`pictures.status.${attachment.status}`)}</Text>;
  return (
    <>
      <button
        type="button"
        className={classes.thumb}
        onClick={open}
        aria-label={t("pictures.enlarge", { name })}
      >
        <Picture id={attachment.id} variant="thumb" name={name} />
      </button>
      <Dialog opened={opened} onClose={close} size="auto" title={name}>
        {opened && <Picture id={attachment.id} variant="full" name={name} />}
      </Dialog>
    </>
  );
}

function Picture({ id, variant, name }: { id: string; variant: PictureVariant; name: string }) {
  const { t } = useTranslation();
  const bytes = useQuery({
    queryKey: pictureKeys.bytes(id, variant),
    queryFn: ({ signal }) => fetchPicture(id, variant, signal),
    staleTime: Infinity,
  });
  const address = useMemo(() => (bytes.data ? URL.createObjectURL(bytes.data) : null), [bytes.data]);
  useEffect(() => () => void (address && URL.revokeObjectURL(address)), [address]);
  if (!address) return <Text size="sm">{t(bytes.isError ? "states.failed" : "states.loading")}</Text>;
  return <img src={address} alt={name} {...(variant === "full" && { className: classes.full })} />;
}
