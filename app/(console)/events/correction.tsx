"use client";
import { Anchor, Button, Skeleton, Text, Textarea } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useRef, useState } from "react";
import { useLocale } from "use-intl";
import type { CauseCode } from "@/core/events/letter-cause";
import type { Text as Says } from "@/core/text";
import { useT } from "../../_i18n/use-t";
import { ApiError } from "../../_ui/api";
import { useEventName } from "../../_ui/loyalty/event-name";
import { useMoney } from "../../_ui/loyalty/money";
import { ErrorPanel, useProblem } from "../../_ui/page/error-panel";
import { useApi, useWorkspace } from "../../_ui/workspace";
import { asksForAmount } from "./asks-for-amount";
import { CorrectionFields } from "./correction-fields";
import classes from "./events.module.css";

type Draft = { message: Record<string, unknown>; messageId: string };
type Place = { path: (string | number)[]; says: Says };
type Found = Place & { cause: CauseCode; facts: Record<string, string> };
type Checked = { name: string; isLate: boolean; warnings: Place[]; problems: Found[] };

/** `inField`: what the field itself says, where that is another sentence. */
type Wrong = { path: string; says: string; inField?: string };

/** Corrects a rejected event, field by field or in its JSON; all that is still wrong shows while one types, and nothing is sent before it is right. */
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
  const area = useRef<HTMLTextAreaElement>(null);
  const fields = useRef<HTMLDivElement>(null);
  const now = parse(text);
  const read = parse(settled);
  const check = useQuery({
    queryKey: ["letter-check", letter, settled],
    enabled: read.ok,
    retry: false,
    placeholderData: keepPreviousData,
    queryFn: () => api.post<Checked>(`/dead-letters/${letter}/check`, { message: read.ok && read.message }),
  });
  const isSettled = read.ok && !check.isPlaceholderData && settled === text;
  const { currency } = useWorkspace();
  const money = useMoney();
  /** In words of its field, which holds an amount in whole units; the JSON's own stand behind them. */
  const sayFound = ({ path, says, cause, facts }: Found): Wrong => {
    const asked = asksForAmount({ code: cause, facts }, currency);
    const { example = 0 } = asked ?? {};
    const inField = (asked?.says ?? says)[locale];
    const inBoth = asked
      ? t("amountInJson", { says: inField, amount: money(example), minor: String(example) })
      : inField;
    return { path: path.join("."), says: inBoth, inField };
  };
  const wrong: Wrong[] = !read.ok
    ? [{ path: "", says: t("notJson", { says: read.says }) }]
    : check.error
      ? [{ path: check.error instanceof ApiError ? (check.error.path ?? "") : "", says: problem(check.error).says }]
      : (check.data?.problems ?? []).map(sayFound);
  const isGood = isSettled && check.isSuccess && wrong.length === 0;
  const write = (next: string) => {
    setText(next);
    setFailure(undefined);
  };
  const send = async () => {
    if (!now.ok) return;
    setBusy(true);
    try {
      await api.post(`/dead-letters/${letter}/correct`, { message: now.message });
      notifications.show({ message: t("sent") });
      onSent();
    } catch (failed) {
      setFailure(problem(failed).says);
    } finally {
      setBusy(false);
    }
  };
  /** To the field of a place, or to its name in the JSON. */
  const jump = (path: string) => {
    const name = path.replace(/^message\.(properties\.)?/, "").split(".")[0] ?? "";
    const field = fields.current?.querySelector<HTMLElement>(`[data-field="${CSS.escape(name)}"]`);
    if (field) return field.focus();
    const at = text.indexOf(`"${name}"`);
    area.current?.focus();
    if (at >= 0) area.current?.setSelectionRange(at, at + name.length + 2);
  };
  return (
    <div className={classes.correction} data-testid="correction">
      <Text size="sm" c="dimmed">
        {t("correctHint")} {t("keepsId", { id: draft.messageId })}
      </Text>
      {wrong.length > 0 && (
        <div className={classes.wrong} role="alert" data-testid="problems">
          <ul>
            {wrong.map(({ path, says }) => (
              <li key={`${path} ${says}`}>
                <Anchor component="button" type="button" size="sm" c="inherit" onClick={() => jump(path)}>
                  {says}
                </Anchor>
              </li>
            ))}
          </ul>
        </div>
      )}
      <div className={classes.sides}>
        <div ref={fields}>
          {now.ok && (
            <CorrectionFields
              message={now.message}
              wrong={wrong}
              onChange={(message) => write(JSON.stringify(message, null, 2))}
            />
          )}
        </div>
        <Textarea
          ref={area}
          label={t("message")}
          className={classes.json}
          autosize
          minRows={8}
          maxRows={18}
          spellCheck={false}
          value={text}
          onChange={(change) => write(change.currentTarget.value)}
          error={!now.ok}
        />
      </div>
      <div className={classes.sendBar}>
        <div>
          {failure && (
            <Text size="sm" c="var(--tone-bad)" role="alert">
              {failure}
            </Text>
          )}
          {isGood && check.data && (
            <div role="status" data-testid="correction-good">
              <Text size="sm">
                {t("good", { name: eventName(check.data.name) })} {check.data.isLate && t("late")}
              </Text>
              {check.data.warnings.map(({ path, says }) => (
                <Text size="sm" c="dimmed" key={path.join(".")}>
                  <code>{path.join(".")}</code> {says[locale]}
                </Text>
              ))}
            </div>
          )}
        </div>
        <Button loading={isBusy} disabled={!isGood} onClick={() => void send()} data-testid="send-corrected">
          {t("send")}
        </Button>
      </div>
    </div>
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
