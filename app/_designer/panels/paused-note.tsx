"use client";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { pausedItself } from "@/core/message/reason-words";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useReason } from "../../_ui/loyalty/reason";
import { useApi } from "../../_ui/workspace";
import type { JourneyView } from "../api";
import { useJourneyId } from "../store/journey-id";
import classes from "./paused-note.module.css";

/** Why a journey is paused: it paused itself as its runs failed, or whoever paused it said why. Nothing where nobody said. */
export function PausedNote({ state }: { state: string }) {
  return state === "paused" ? <Note /> : null;
}

function Note() {
  const t = useT("lifecycle");
  const api = useApi();
  const words = useReason();
  const journey = useJourneyId();
  const { data } = useQuery({
    queryKey: ["paused", journey],
    queryFn: ({ signal }) => api.get<JourneyView>(`/journeys/${journey}`, undefined, signal),
    // Paused anew it may be for another reason.
    gcTime: 0,
    retry: false,
  });
  if (data?.state !== "paused" || data.stateReason === null) return null;
  return (
    <aside className={classes.note} role="status" data-testid="paused-note">
      <Icon name="warning" size={18} />
      <p>{words(data.stateReason)}</p>
      {pausedItself(data.stateReason) && <Link href={`/runs?journey=${journey}&state=failed`}>{t("failedRuns")}</Link>}
    </aside>
  );
}
