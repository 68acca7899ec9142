"use client";
import { Textarea } from "@mantine/core";
import { useState } from "react";
import { useT } from "../../_i18n/use-t";
import { useApi } from "../../_ui/workspace";
import { CountedDialog } from "../_components/counted-dialog";
import { useTakeBack } from "./use-take-back";

const MOST = 1000;
type Found = { count: number; others: number };

/** Setting letters aside, with why; what is told afterwards has the way back in it. */
export function AsideDialog({
  filter,
  areSends,
  onDone,
  onClose,
}: {
  filter: Record<string, unknown>;
  /** All of them are messages. */
  areSends: boolean;
  /** Something changed: also when it was taken back at once. */
  onDone(): void;
  onClose(): void;
}) {
  const t = useT("letters");
  const api = useApi();
  const what = areSends ? "sends" : "events";
  const undoable = useTakeBack(onDone);
  const [why, setWhy] = useState("");
  const says = ({ count, others }: Found) => ({
    count: count + others,
    says: t("asideCount", { count: count + others, what }),
    others: count + others > MOST ? [t("mostAtOnce")] : [],
  });
  return (
    <CountedDialog<Found>
      name="aside"
      title={t("aside")}
      hint={t("asideHint", { what })}
      countKey={["open-letters", filter]}
      count={() => api.post<Found>("/dead-letters/replayable", filter)}
      says={says}
      act={async () => {
        const set = await api.post<{ letters: string[]; left: number }>("/dead-letters/set-aside", {
          ...filter,
          why: why.trim(),
        });
        onDone();
        return undoable(set.letters);
      }}
      button={(count) => t("asideNow", { count: Math.min(MOST, count) })}
      isReady={why.trim() !== ""}
      onClose={onClose}
    >
      <Textarea
        label={t("asideWhy")}
        placeholder={t("asideWhyHint")}
        required
        maxLength={300}
        autosize
        minRows={2}
        value={why}
        onChange={(change) => setWhy(change.currentTarget.value)}
        data-autofocus
      />
    </CountedDialog>
  );
}
