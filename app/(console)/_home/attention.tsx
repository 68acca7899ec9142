"use client";
import { Paper, Title } from "@mantine/core";
import Link from "next/link";
import { useT } from "../../_i18n/use-t";
import { Icon } from "../../_ui/icons";
import { useMoney } from "../../_ui/loyalty/money";
import { useReason } from "../../_ui/loyalty/reason";
import type { Tone } from "../../_ui/theme";
import { useClock } from "../../_ui/time/use-clock";
import { usePast } from "../../_ui/time/use-past";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";

type Line = { key: string; tone: Tone; title: string; hint: string; href: string };

/** The counts are of the last seven days, so the lists are as well. */
const weekOf = (list: string) => `${list}&within=week`;

// Work younger than this is on its way, not a backlog.
const LATE = 10_000;

/** What needs a person, each line a way to where it can be dealt with. */
export function Attention({
  attention: a,
  waiting,
  paused,
  checkedAt,
}: {
  attention: HomeView["attention"];
  waiting: HomeView["waiting"];
  paused: { id: string; name: string; stateReason: string | null }[];
  checkedAt: string;
}) {
  const t = useT("home");
  const now = useClock();
  const ago = usePast();
  const money = useMoney();
  const words = useReason();
  const isLate = (at: string | null): at is string => at !== null && now.getTime() - new Date(at).getTime() > LATE;
  const lines: Line[] = [
    ...(isLate(a.inbox.oldest)
      ? [
          {
            key: "lag",
            tone: "bad" as const,
            title: t("lag", { count: a.inbox.count }),
            hint: t("lagHint", { ago: ago(a.inbox.oldest) }),
            href: "/events",
          },
        ]
      : []),
    ...(isLate(a.queued.oldest)
      ? [
          {
            key: "queued",
            tone: "warn" as const,
            title: t("queued", { count: a.queued.count }),
            hint: t("queuedHint", { ago: ago(a.queued.oldest) }),
            href: weekOf("/messages?state=queued"),
          },
        ]
      : []),
    ...(a.failedRuns
      ? [
          {
            key: "runs",
            tone: "bad" as const,
            title: t("failedRuns", { count: a.failedRuns }),
            hint: t("failedRunsHint"),
            // Nothing can be done any more to what failed in an archived journey: it is not counted, so it is not listed.
            href: weekOf("/runs?state=failed&archived=no"),
          },
        ]
      : []),
    ...(a.deadLetters
      ? [
          {
            key: "letters",
            tone: "bad" as const,
            title: t("deadLetters", { count: a.deadLetters }),
            hint: t("deadLettersHint"),
            href: "/events?show=rejected&kind=event",
          },
        ]
      : []),
    ...(a.lostSends
      ? [
          {
            key: "lost",
            tone: "bad" as const,
            title: t("lostSends", { count: a.lostSends }),
            hint: t("lostSendsHint"),
            href: "/events?show=rejected&kind=send",
          },
        ]
      : []),
    // Those of them that wait as letters are told above.
    ...(a.failedMessages > a.lostSends
      ? [
          {
            key: "failed",
            tone: "bad" as const,
            title: t("failedMessages", { count: a.failedMessages }),
            hint: t("failedMessagesHint"),
            href: weekOf("/messages?state=failed"),
          },
        ]
      : []),
    ...(a.unknownMessages
      ? [
          {
            key: "unknown",
            tone: "warn" as const,
            title: t("unknownMessages", { count: a.unknownMessages }),
            hint: t("unknownMessagesHint"),
            href: weekOf("/messages?state=unknown"),
          },
        ]
      : []),
    ...waiting.requests.map((request) => ({
      key: `request ${request.journey}`,
      tone: "warn" as const,
      title: t("publishAsked", { name: request.name }),
      hint: request.isMine
        ? t("publishAskedMine", { ago: ago(request.askedAt) })
        : t("publishAskedHint", { who: request.askedBy ?? t("somebody"), ago: ago(request.askedAt) }),
      href: `/journeys/${request.journey}`,
    })),
    ...(waiting.approvals.count > 0
      ? [
          {
            key: "approvals",
            tone: "warn" as const,
            title: t("approvals", { count: waiting.approvals.count }),
            hint: t("approvalsHint", { ago: ago(waiting.approvals.oldest ?? checkedAt) }),
            href: "/tasks?kind=approval",
          },
        ]
      : []),
    ...(waiting.overdue > 0
      ? [
          {
            key: "overdue",
            tone: "warn" as const,
            title: t("overdue", { count: waiting.overdue }),
            hint: t("overdueHint"),
            href: "/tasks?kind=task",
          },
        ]
      : []),
    ...(a.refusedMessages
      ? [
          {
            key: "refused",
            tone: "quiet" as const,
            title: t("refusedMessages", { count: a.refusedMessages }),
            hint: t("refusedMessagesHint"),
            href: weekOf("/messages?state=skipped"),
          },
        ]
      : []),
    ...a.budgets.map(({ journey, name, budget, spent }) => {
      const isUsed = spent >= budget;
      const amounts = { spent: money(spent, { short: true }), budget: money(budget, { short: true }) };
      return {
        key: `budget ${journey}`,
        tone: isUsed ? ("bad" as const) : ("warn" as const),
        title: t(isUsed ? "budgetUsed" : "budgetNear", { name }),
        hint: t(isUsed ? "budgetUsedHint" : "budgetNearHint", amounts),
        href: `/journeys/${journey}?show=settings`,
      };
    }),
    ...paused.map((journey) => ({
      key: journey.id,
      tone: "warn" as const,
      title: t("paused", { name: journey.name }),
      hint: journey.stateReason === null ? t("pausedHint") : words(journey.stateReason),
      href: `/journeys/${journey.id}`,
    })),
  ];
  return (
    <Paper withBorder className={classes.card} component="section" aria-labelledby="attention">
      <div className={classes.cardHead}>
        <Title order={2} id="attention">
          {t("attention")}
        </Title>
      </div>
      {lines.length === 0 ? (
        <div className={classes.calm}>
          <Icon name="check" size={20} color="var(--tone-ok)" />
          <div>
            <strong>{t("calm")}</strong>
            <p suppressHydrationWarning>{t("calmHint", { ago: ago(checkedAt) })}</p>
          </div>
        </div>
      ) : (
        <ul className={classes.lines}>
          {lines.map((line) => (
            <li key={line.key}>
              <Link href={line.href} className={classes.line} data-tone={line.tone}>
                <span className={classes.lineDot} aria-hidden />
                <span className={classes.lineText}>
                  <strong>{line.title}</strong>
                  <small suppressHydrationWarning>{line.hint}</small>
                </span>
                <Icon name="next" size={16} />
              </Link>
            </li>
          ))}
        </ul>
      )}
    </Paper>
  );
}
