import { Group, Radio } from "@mantine/core";
import { useTranslation } from "react-i18next";

import { TICKET_VERDICTS } from "@/shared/api/values";
import { VerdictIcon } from "@/shared/ui/VerdictLabel";

interface Props {
  value: string;
  onChange: (value: string) => void;
  missing: boolean;
}

/** The yellow or the red circle; that one must be chosen is said once it was found missing. */
export function VerdictChoice({ value, onChange, missing }: Props) {
  const { t } = useTranslation();
  return (
    <Radio.Group
      label={t("tickets.circle")}
      value={value}
      onChange={onChange}
      error={missing && t("tickets.circleMissing")}
      required
    >
      <Group mt="xs" gap="lg" mb={missing ? "xs" : 0}>
        {TICKET_VERDICTS.map((verdict) => (
          <Radio
            key={verdict}
            value={verdict}
            styles={{ body: { alignItems: "center" } }}
            label={
              <Group gap={8} component="span" display="inline-flex" wrap="nowrap">
                <VerdictIcon verdict={verdict} size={24} /> {t(`circle.${verdict}`)}
              </Group>
            }
          />
        ))}
      </Group>
    </Radio.Group>
  );
}
