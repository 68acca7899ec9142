"use client";
import type { Hindrance } from "@/services/messages/send-again";
import { useT } from "../../_i18n/use-t";
import { useApi } from "../../_ui/workspace";
import { CountedDialog } from "../_components/counted-dialog";

type Waits = "quiet_hours" | "complaint_pause";
type Preview = { count: number; items: { id: string; why: Hindrance | null; waits: Waits | null }[] };

/** Sending messages again: how many may go, which of them wait, and why the others stay. */
export function AgainDialog({ messages, onClose }: { messages: string[]; onClose(): void }) {
  const t = useT("messages");
  const api = useApi();
  const says = ({ count, items }: Preview) => ({
    count,
    says: t("againCount", { count }),
    others: [
      ...counts(items.map(({ waits }) => waits)).map(
        ([waits, n]) => `${t("againWaits", { count: n })} ${t(`waits_${waits}`)}`,
      ),
      ...counts(items.map(({ why }) => why)).map(([why, n]) => `${t("againLeft", { count: n })} ${t(`why_${why}`)}`),
    ],
  });
  return (
    <CountedDialog<Preview>
      name="again"
      title={t("againTitle")}
      hint={t("againHint")}
      countKey={["messages-again", messages]}
      count={() => api.post<Preview>("/messages/again/preview", { messages })}
      says={says}
      act={async () => {
        const { sent } = await api.post<{ sent: unknown[] }>("/messages/again", { messages });
        return t("againDone", { count: sent.length });
      }}
      button={(count) => t("againNow", { count })}
      onClose={onClose}
    />
  );
}

function counts<T extends string>(all: (T | null)[]): [T, number][] {
  const found = new Map<T, number>();
  for (const one of all) if (one !== null) found.set(one, (found.get(one) ?? 0) + 1);
  return [...found];
}
