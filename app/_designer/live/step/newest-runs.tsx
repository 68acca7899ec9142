"use client";
import { Skeleton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import type { JourneyNode } from "@/core/journey/document";
import { hasLeft } from "@/core/journey/has-left";
import { rootOf } from "@/core/journey/rooted";
import type { RunLine } from "@/services/runs/run-line";
import { useT } from "../../../_i18n/use-t";
import type { Wire } from "../../../_ui/live/wire";
import { StateBadge } from "../../../_ui/page/state-badge";
import { When } from "../../../_ui/time/when";
import { useApi } from "../../../_ui/workspace";
import { useJourneyId } from "../../store/journey-id";
import { useNameOf } from "../../use-says";
import { useRunsBehind } from "../figures/runs-behind";
import classes from "./step-panel.module.css";

const MOST = 6;
const EVERY_MS = 5_000;

/** The newest runs that came to a step, where each stands now, and the way to all of them. */
export function NewestRuns({ node }: { node: JourneyNode }) {
  const t = useT("designerLive");
  const api = useApi();
  const journey = useJourneyId();
  const behind = useRunsBehind();
  const nameOf = useNameOf();
  const reached = rootOf(node);
  const { data, isError } = useQuery({
    queryKey: ["newest-runs", journey, reached],
    queryFn: ({ signal }) => api.get<{ items: Wire<RunLine>[] }>("/runs", { journey, reached, limit: MOST }, signal),
    refetchInterval: EVERY_MS,
    retry: false,
  });
  const runs = data?.items;
  return (
    <section aria-label={t("newest")} data-testid="newest-runs">
      <div className={classes.head}>
        <h3 className={classes.heading}>{t("newest")}</h3>
        {runs && runs.length > 0 && (
          <Link href={behind.part(node, "entered")} prefetch={false}>
            {t("all")}
          </Link>
        )}
      </div>
      {runs === undefined && (isError ? <p className={classes.none}>{t("newestFailed")}</p> : <Skeleton h={88} />)}
      {runs?.length === 0 && <p className={classes.none}>{t("newestNone")}</p>}
      <ul className={classes.runs}>
        {runs?.map((run) => (
          <li key={run.id}>
            <Link href={`/runs/${run.id}`} prefetch={false}>
              <span>{run.memberName ?? run.member.slice(0, 13)}</span>
              <StateBadge of="run" state={run.state} />
              <small>{run.node === reached || hasLeft(run) ? "" : nameOf(run)}</small>
              <small>
                <When at={run.enteredAt} />
              </small>
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}
