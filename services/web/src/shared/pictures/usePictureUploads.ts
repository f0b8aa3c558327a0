import { type ClipboardEvent, useEffect, useRef, useState } from "react";
import { useTranslation } from "react-i18next";

import { errorMessage, isAbort } from "@/shared/api/errors";

import { uploadPicture, waitUntilProcessed } from "./api";

/** A file being uploaded, then an attachment (`id`) or refused with the reason. */
interface PictureUpload {
  key: string;
  name: string;
  percent: number;
  id?: string;
  refused?: string;
}

export type PictureUploads = ReturnType<typeof usePictureUploads>;

/** The pictures of a message being written: uploaded at once, each with its progress or why it was refused. */
export function usePictureUploads() {
  const { t } = useTranslation();
  const [uploads, setUploads] = useState<PictureUpload[]>([]);
  const running = useRunningCalls();
  const update = (key: string, next: Partial<PictureUpload>) =>
    setUploads((before) => before.map((upload) => (upload.key === key ? { ...upload, ...next } : upload)));

  async function addOne(file: File) {
    const key = crypto.randomUUID();
    const signal = running.start(key);
    setUploads((before) => [...before, { key, name: file.name, percent: 0 }]);
    try {
      const sent = await uploadPicture(file, (percent) => update(key, { percent }), signal);
      const processed = await waitUntilProcessed(sent, signal);
      if (processed.status === "ready") update(key, { id: processed.id, percent: 100 });
      else update(key, { refused: processed.explanation ?? t("pictures.refused") });
    } catch (error) {
      if (!isAbort(error)) update(key, { refused: errorMessage(error, t("states.offline")) });
    }
  }

  const add = (files: Iterable<File>) => {
    for (const file of files) void addOne(file);
  };
  return {
    uploads,
    add,
    remove: (key: string) => {
      running.abort(key);
      setUploads((before) => before.filter((upload) => upload.key !== key));
    },
    clear: () => setUploads([]),
    ids: uploads.flatMap((upload) => upload.id ?? []),
    settled: uploads.every((upload) => upload.id ?? upload.refused),
    onPaste: (event: ClipboardEvent) => {
      const files = [...event.clipboardData.files];
      if (files.length > 0) {
        event.preventDefault();
        add(files);
      }
    },
  };
}

/** Calls that are given up one by one, and all of them when the person leaves the screen. */
function useRunningCalls() {
  const controllers = useRef(new Map<string, AbortController>());
  useEffect(() => {
    const all = controllers.current;
    return () => {
      for (const controller of all.values()) controller.abort();
    };
  }, []);
  return {
    start: (key: string): AbortSignal => {
      const controller = new AbortController();
      controllers.current.set(key, controller);
      return controller.signal;
    },
    abort: (key: string) => controllers.current.get(key)?.abort(),
  };
}
