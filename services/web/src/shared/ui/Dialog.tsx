import { Group, Modal, type ModalRootProps } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslation } from "react-i18next";

interface Props {
  title: ReactNode;
  opened: boolean;
  onClose: () => void;
  size?: ModalRootProps["size"];
  children: ReactNode;
}

/** A dialog. Its title stands in no `header` element: the page has one banner alone. */
export function Dialog({ title, opened, onClose, size = "md", children }: Props) {
  const { t } = useTranslation();
  return (
    <Modal.Root opened={opened} onClose={onClose} size={size} centered>
      <Modal.Overlay />
      <Modal.Content>
        <Modal.Body pt="md">
          <Group justify="space-between" wrap="nowrap" mb="md">
            <Modal.Title fw={600}>
              <bdi>{title}</bdi>
            </Modal.Title>
            <Modal.CloseButton aria-label={t("pictures.close")} />
          </Group>
          {children}
        </Modal.Body>
      </Modal.Content>
    </Modal.Root>
  );
}
