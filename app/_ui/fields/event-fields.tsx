"use client";
import { Group, Switch, Text } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { usePropertyWords } from "../names/use-property-words";
import { CopyField } from "./copy-field";
import { KeyValue } from "./key-value";

/** What an event says, field by field as people read it; the JSON of `whole` stands behind a switch. */
export function EventFields({ event, values, whole }: { event: string; values: unknown; whole: unknown }) {
  const t = useT("events");
  const [isRaw, setRaw] = useState(false);
  const { nameOf, toldBy, write } = usePropertyWords(event);
  const fields = typeof values === "object" && values !== null ? toldBy(values) : [];
  return (
    <section>
      <Group justify="space-between" mb={4}>
        <Text size="xs" c="dimmed">
          {t("properties")}
        </Text>
        <Switch
          size="xs"
          label={t("asJson")}
          checked={isRaw}
          onChange={(change) => setRaw(change.currentTarget.checked)}
          data-testid="as-json"
        />
      </Group>
      {isRaw ? (
        <CopyField block value={JSON.stringify(whole, null, 2)} label={t("asJson")} />
      ) : fields.length === 0 ? (
        <Text size="sm" c="dimmed">
          {t("noProperties")}
        </Text>
      ) : (
        <KeyValue facts={fields.map(([name, value]) => [nameOf(name), value === null ? null : write(name, value)])} />
      )}
    </section>
  );
}
