"use client";
import { useT } from "../../_i18n/use-t";
import { useApi } from "../../_ui/workspace";
import { CountedDialog } from "../_components/counted-dialog";

const MOST = 1000;
type Found = { count: number; others: number };
type Done = { replayed: number; left: number; hindered: number };

/** Judging many events again, or sending many messages again: how many that will be, then how many it was. */
export function JudgeDialog({
  filter,
  areSends,
  onClose,
}: {
  filter: Record<string, unknown>;
  /** All of them are messages. */
  areSends: boolean;
  onClose(): void;
}) {
  const t = useT("letters");
  const events = useT("events");
  const api = useApi();
  const says = ({ count, others }: Found) => ({
    count,
    says: t(areSends ? "sendCount" : "judgeCount", { count }),
    others: [...(others > 0 ? [t("judgeOthers", { count: others })] : []), ...(count > MOST ? [t("mostAtOnce")] : [])],
  });
  return (
    <CountedDialog<Found>
      name="judge"
      title={t(areSends ? "sendAgain" : "judge")}
      hint={t(areSends ? "sendHint" : "judgeHint")}
      countKey={["replayable", filter]}
      count={() => api.post<Found>("/dead-letters/replayable", filter)}
      says={says}
      act={async () => {
        const done = await api.post<Done>("/dead-letters/replay", filter);
        const said = areSends ? t("sentAll", done) : events("replayedAll", done);
        return done.hindered > 0 ? `${said} ${t("hindered", { count: done.hindered })}` : said;
      }}
      button={(count) => t(areSends ? "sendNow" : "judgeNow", { count: Math.min(MOST, count) })}
      onClose={onClose}
    />
  );
}
