"use client";
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Hindrance } from "@/services/messages/send-again";
import { useT } from "../../_i18n/use-t";
import { useApi } from "../../_ui/workspace";
import { CountedDialog } from "../_components/counted-dialog";

/** As many as are taken at once. */
const AT_ONCE = 200;

type Waits = "quiet_hours" | "complaint_pause";
type Preview = {
  count: number;
  items: { id: string; why: Hindrance | null; isInDoubt: boolean; waits: Waits | null }[];
};

/** Sending messages again: how many may go, which of them wait, and why the others stay. Those in doubt go only if that is ticked. */
export function AgainDialog({ messages, onClose }: { messages: string[]; onClose(): void }) {
  const t = useT("messages");
  const api = useApi();
  const [evenInDoubt, setEvenInDoubt] = useState(false);
  const [doubtful, setDoubtful] = useState(0);
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
      countKey={["messages-again", messages, evenInDoubt]}
      count={async () => {
        const items: Preview["items"] = [];
        for (const part of inParts(messages))
          items.push(...(await api.post<Preview>("/messages/again/preview", { messages: part, evenInDoubt })).items);
        setDoubtful(items.filter(({ isInDoubt, why }) => isInDoubt && (why === null || why === "in_doubt")).length);
        return { items, count: items.filter(({ why }) => why === null).length };
      }}
      says={says}
      act={async () => {
        // What went does not go a second time: tried again, it goes on with the others.
        let count = 0;
        for (const part of inParts(messages))
          count += (await api.post<{ sent: unknown[] }>("/messages/again", { messages: part, evenInDoubt })).sent
            .length;
        return t("againDone", { count });
      }}
      button={(count) => t("againNow", { count })}
      onClose={onClose}
    >
      {doubtful > 0 && (
        <Checkbox
          checked={evenInDoubt}
          onChange={(event) => setEvenInDoubt(event.currentTarget.checked)}
          label={t("againDoubt", { count: doubtful })}
          description={t("againDoubtHint")}
          data-testid="again-in-doubt"
        />
      )}
    </CountedDialog>
  );
}

const inParts = (messages: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(messages.length / AT_ONCE) }, (_, i) =>
    messages.slice(i * AT_ONCE, (i + 1) * AT_ONCE),
  );

function counts<T extends string>(all: (T | null)[]): [T, number][] {
  const found = new Map<T, number>();
  for (const one of all) if (one !== null) found.set(one, (found.get(one) ?? 0) + 1);
  return [...found];
}
