"use client";
import { Skeleton, UnstyledButton } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import Link from "next/link";
import { useId, useState } from "react";
import { useFormatter } from "use-intl";
import type { AuditLine } from "@/services/audit/list";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import type { Wire } from "../../_ui/live/wire";
import { ErrorPanel } from "../../_ui/page/error-panel";
import type { Page } from "../../_ui/table/use-list";
import { INSTANT } from "../../_ui/time/instant";
import { When } from "../../_ui/time/when";
import { useApi } from "../../_ui/workspace";
import classes from "./audit.module.css";
import { Told } from "./told";

type Line = Wire<AuditLine>;
const AT_ONCE = 20;

/** What a program did over and over: how often and when, and on asking the lines themselves. */
export function Folded({ line, folded }: { line: Line; folded: NonNullable<Line["folded"]> }) {
  const t = useT("audit");
  const format = useFormatter();
  const id = useId();
  const [isOpen, setOpen] = useState(false);
  const [from, to] = [new Date(folded.from), new Date(folded.to)];
  const isOneDay = format.dateTime(from, { dateStyle: "short" }) === format.dateTime(to, { dateStyle: "short" });
  const written = (at: Date) => format.dateTime(at, isOneDay ? { timeStyle: "short", hourCycle: "h23" } : INSTANT);
  return (
    <>
      <UnstyledButton
        className={classes.fold}
        aria-expanded={isOpen}
        aria-controls={id}
        title={t(isOpen ? "close" : "open")}
        onClick={() => setOpen(!isOpen)}
        data-testid="folded"
      >
        <Icon name={isOpen ? "down" : "next"} size={14} />
        {written(from) === written(to)
          ? t("timesAt", { count: folded.count, at: written(to) })
          : t("times", { count: folded.count, from: written(from), to: written(to) })}
      </UnstyledButton>
      <div id={id}>{isOpen && <Lines line={line} folded={folded} />}</div>
    </>
  );
}

function Lines({ line, folded }: { line: Line; folded: NonNullable<Line["folded"]> }) {
  const t = useT("audit");
  const api = useApi();
  const between = {
    actor: line.actor.signature,
    action: line.action,
    newest: folded.newest,
    oldest: folded.oldest,
  };
  const { data, error, refetch } = useQuery({
    queryKey: ["/audit", "folded", between],
    queryFn: ({ signal }) => api.get<Page<Line>>("/audit", { ...between, limit: AT_ONCE }, signal),
  });
  if (error) return <ErrorPanel error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton h={60} mt="xs" />;
  return (
    <>
      <ol className={classes.lines}>
        {data.items.map((one) => (
          <li key={one.id}>
            <When at={one.at} exact />
            <div>
              <Told line={one} />
            </div>
          </li>
        ))}
      </ol>
      {folded.count > AT_ONCE && (
        <Link href={`/audit?${new URLSearchParams(between)}`} className={classes.thing} prefetch={false}>
          {t("all", { count: folded.count })}
        </Link>
      )}
    </>
  );
}
