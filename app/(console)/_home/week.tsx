"use client";
import { Paper, Title } from "@mantine/core";
import Link from "next/link";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";

const STATES = [
  { key: "delivered", tone: "ok" },
  { key: "accepted", tone: "busy" },
  { key: "queued", tone: "quiet" },
  { key: "claimed", tone: "quiet" },
  { key: "unknown", tone: "warn" },
  { key: "skipped", tone: "line" },
  { key: "failed", tone: "bad" },
] as const;

/** Seven days in four figures with their bars, and what became of the messages. */
export function Week({ days, messages }: Pick<HomeView, "days" | "messages">) {
  const t = useT("home");
  const states = useT("states");
  const format = useFormatter();
  const total = Object.values(messages).reduce((sum, n) => sum + n, 0);
  const shown = STATES.filter(({ key }) => (messages[key] ?? 0) > 0);
  return (
    <section aria-labelledby="week" className={classes.week}>
      <Title order={2} id="week" mb="sm">
        {t("week")}
      </Title>
      <div className={classes.figures}>
        {(["events", "issued", "redeemed", "messages"] as const).map((what) => (
          <Figure key={what} label={t(what)} days={days.map((d) => ({ day: d.day, n: d[what] }))} />
        ))}
      </div>
      {total > 0 && (
        <Paper withBorder className={classes.states}>
          <Title order={3}>{t("byState")}</Title>
          <div className={classes.bar} aria-hidden>
            {shown.map(({ key, tone }) => (
              <span key={key} className={classes.part} data-tone={tone} style={{ flexGrow: messages[key] ?? 0 }} />
            ))}
          </div>
          <ul className={classes.legend}>
            {shown.map(({ key, tone }) => (
              <li key={key}>
                <Link href={`/messages?state=${key}&within=week`} className={classes.legendLink}>
                  <span className={classes.swatch} data-tone={tone} aria-hidden />
                  {states(`message.${key}`)}
                  <b className="figures">{format.number(messages[key] ?? 0)}</b>
                </Link>
              </li>
            ))}
          </ul>
        </Paper>
      )}
    </section>
  );
}

function Figure({ label, days }: { label: string; days: { day: string; n: number }[] }) {
  const t = useT("home");
  const format = useFormatter();
  const most = Math.max(1, ...days.map((d) => d.n));
  const sum = days.reduce((total, d) => total + d.n, 0);
  const name = (day: string) =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { month: "short", day: "numeric", timeZone: "UTC" });
  return (
    <Paper withBorder className={classes.figure}>
      <div className={classes.figureLabel}>{label}</div>
      <div className={classes.figureValue}>{format.number(sum)}</div>
      <div className={classes.figureToday}>{t("today", { count: format.number(days.at(-1)?.n ?? 0) })}</div>
      <div
        className={classes.bars}
        role="img"
        aria-label={`${t("perDay", { what: label })}: ${days.map((d) => `${name(d.day)} ${d.n}`).join(", ")}`}
      >
        {days.map((d, i) => (
          <span
            key={d.day}
            className={classes.dayBar}
            data-today={i === days.length - 1 || undefined}
            title={`${name(d.day)}: ${format.number(d.n)}`}
            style={{ height: `${Math.max(3, (d.n / most) * 100)}%` }}
          />
        ))}
      </div>
    </Paper>
  );
}
