"use client";
import { Button, Group, Skeleton, Stack, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useLocale } from "use-intl";
import type { Text as Says } from "@/core/text";
import { useT } from "../../_i18n/use-t";
import { ErrorPanel, useProblem } from "../../_ui/error-panel";
import { useEventName } from "../../_ui/loyalty/event-name";
import { useApi } from "../../_ui/workspace";
import classes from "./events.module.css";

type Draft = { message: Record<string, unknown>; messageId: string };
type Checked = { name: string; isLate: boolean; warnings: { path: (string | number)[]; says: Says }[] };

/** Corrects a rejected event in its JSON; what is still wrong shows while one types, and nothing is sent before it is right. */
export function Correction({ letter, onSent }: { letter: string; onSent(): void }) {
  const api = useApi();
  const { data, error } = useQuery({
    queryKey: ["letter-correction", letter],
    staleTime: Number.POSITIVE_INFINITY,
    queryFn: ({ signal }) => api.get<Draft>(`/dead-letters/${letter}/correction`, {}, signal),
  });
  if (error) return <ErrorPanel error={error} />;
  return data ? <Editor letter={letter} draft={data} onSent={onSent} /> : <Skeleton h={200} />;
}

function Editor({ letter, draft, onSent }: { letter: string; draft: Draft; onSent(): void }) {
  const t = useT("letters");
  const locale = useLocale();
  const api = useApi();
  const eventName = useEventName();
  const problem = useProblem();
  const [text, setText] = useState(() => JSON.stringify(draft.message, null, 2));
  const [isBusy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string>();
  const [settled] = useDebouncedValue(text, 300);
  const read = parse(settled);
  const check = useQuery({
    queryKey: ["letter-check", letter, settled],
    enabled: read.ok,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => api.post<Checked>(`/dead-letters/${letter}/check`, { message: read.ok && read.message }),
  });
  const isGood = read.ok && check.isSuccess && !check.isPlaceholderData && settled === text;
  const send = async () => {
    if (!read.ok) return;
    setBusy(true);
    try {
      await api.post(`/dead-letters/${letter}/correct`, { message: read.message });
      notifications.show({ message: t("sent") });
      onSent();
    } catch (failed) {
      setFailure(problem(failed).says);
    } finally {
      setBusy(false);
    }
  };
  const wrong = read.ok ? (check.error ? problem(check.error).says : undefined) : t("notJson", { says: read.says });
  return (
    <Stack gap="sm" data-testid="correction">
      <Text size="sm" c="dimmed">
        {t("correctHint")} {t("keepsId", { id: draft.messageId })}
      </Text>
      <Textarea
        label={t("message")}
        className={classes.json}
        autosize
        minRows={8}
        maxRows={22}
        spellCheck={false}
        value={text}
        onChange={(change) => {
          setText(change.currentTarget.value);
          setFailure(undefined);
        }}
        error={failure ?? wrong}
        data-autofocus
      />
      {isGood && check.data && (
        <div className={classes.sent} role="status" data-testid="correction-good">
          {t("good", { name: eventName(check.data.name) })} {check.data.isLate && t("late")}
          {check.data.warnings.map(({ path, says }) => (
            <Text size="sm" key={path.join(".")}>
              <code>{path.join(".")}</code> {says[locale]}
            </Text>
          ))}
        </div>
      )}
      <Group justify="flex-end">
        <Button loading={isBusy} disabled={!isGood} onClick={() => void send()} data-testid="send-corrected">
          {t("send")}
        </Button>
      </Group>
    </Stack>
  );
}

function parse(text: string): { ok: true; message: Record<string, unknown> } | { ok: false; says: string } {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value)
      ? { ok: true, message: { ...value } }
      : { ok: false, says: "{ … }" };
  } catch (error) {
    return { ok: false, says: error instanceof Error ? error.message : String(error) };
  }
}
