"use client";
import { useT } from "../../_i18n/use-t";
import { useApi } from "../../_ui/workspace";
import { CountedDialog } from "../_components/counted-dialog";

const MOST = 1000;
type Found = { count: number; others: number };

/** Judging many letters again: how many that will be, then how many it was. */
export function JudgeDialog({ filter, onClose }: { filter: Record<string, unknown>; onClose(): void }) {
  const t = useT("letters");
  const events = useT("events");
  const api = useApi();
  const says = ({ count, others }: Found) => ({
    count,
    says: t("judgeCount", { count }),
    others: [...(others > 0 ? [t("judgeOthers", { count: others })] : []), ...(count > MOST ? [t("mostAtOnce")] : [])],
  });
  return (
    <CountedDialog<Found>
      name="judge"
      title={t("judge")}
      hint={t("judgeHint")}
      countKey={["replayable", filter]}
      count={() => api.post<Found>("/dead-letters/replayable", filter)}
      says={says}
      act={async () =>
        events("replayedAll", await api.post<{ replayed: number; left: number }>("/dead-letters/replay", filter))
      }
      button={(count) => t("judgeNow", { count: Math.min(MOST, count) })}
      onClose={onClose}
    />
  );
}
