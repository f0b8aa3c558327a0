import { Button, Center } from "@mantine/core";
import { useIntersection } from "@mantine/hooks";
import { useEffect } from "react";
import { useTranslation } from "react-i18next";

/** The end of a list that goes on: loads more when it comes into view, or when pressed. */
export function MoreButton({ loading, onMore }: { loading: boolean; onMore: () => void }) {
  const { t } = useTranslation();
  const { ref, entry } = useIntersection({ threshold: 0.1 });
  const visible = entry?.isIntersecting ?? false;
  useEffect(() => {
    if (visible && !loading) onMore();
  }, [visible, loading, onMore]);
  return (
    <Center my="md" ref={ref}>
      <Button variant="subtle" loading={loading} onClick={onMore}>
        {t("states.more")}
      </Button>
    </Center>
  );
}
