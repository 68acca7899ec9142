"use client";
import { Paper, Title } from "@mantine/core";
import Link from "next/link";
import { useFormatter } from "use-intl";
import { useT } from "../../_i18n/use-t";
import { useMoney } from "../../_ui/loyalty/money";
import classes from "./home.module.css";
import type { HomeView } from "./home-view";

const FIGURES = [
  { what: "revenue", href: "/offers?show=redemptions&state=confirmed&within=week", isMoney: true },
  { what: "goals", href: "/runs?state=goal&within=week" },
  { what: "redeemed", href: "/offers?show=redemptions&state=confirmed&within=week" },
  { what: "issued", href: "/offers?show=coupons&within=week" },
  { what: "messages", href: "/messages?within=week" },
  { what: "events", href: "/events?within=week" },
] as const;

/** Seven days in figures with their bars, what they brought first. */
export function Week({ days }: Pick<HomeView, "days">) {
  const t = useT("home");
  const money = useMoney();
  const worth = days.reduce((sum, day) => sum + day.worth, 0);
  return (
    <section aria-labelledby="week" className={classes.week}>
      <Title order={2} id="week" mb="sm" className={classes.hidden}>
        {t("week")}
      </Title>
      <div className={classes.figures}>
        {FIGURES.map(({ what, href, ...more }) => (
          <Figure
            key={what}
            label={t(what)}
            hint={t(`${what}Hint`)}
            href={href}
            days={days.map((d) => ({ day: d.day, n: d[what] }))}
            isMoney={"isMoney" in more}
            note={what === "goals" && worth > 0 ? t("goalsWorth", { worth: money(worth, { short: true }) }) : undefined}
          />
        ))}
      </div>
    </section>
  );
}

type Count = { day: string; n: number };

function Figure({
  label,
  hint,
  href,
  days,
  isMoney,
  note,
}: {
  label: string;
  hint: string;
  href: string;
  days: Count[];
  isMoney: boolean;
  /** Beside the figure. */
  note: string | undefined;
}) {
  const t = useT("home");
  const format = useFormatter();
  const money = useMoney();
  const most = Math.max(1, ...days.map((d) => d.n));
  const sum = days.reduce((total, d) => total + d.n, 0);
  const write = (n: number) => (isMoney ? money(Math.round(n / 100) * 100, { short: true }) : format.number(n));
  const name = (day: string) =>
    format.dateTime(new Date(`${day}T12:00:00Z`), { month: "short", day: "numeric", timeZone: "UTC" });
  return (
    <Paper withBorder className={classes.figure} component={Link} href={href} title={hint}>
      <div className={classes.figureLabel}>{label}</div>
      <div className={classes.figureValue}>
        {write(sum)}
        {note && <small className={classes.figureNote}>{note}</small>}
      </div>
      <div className={classes.figureFoot}>
        <div
          className={classes.bars}
          role="img"
          aria-label={`${t("perDay", { what: label })}: ${days.map((d) => `${name(d.day)} ${write(d.n)}`).join(", ")}`}
        >
          {days.map((d, i) => (
            <span
              key={d.day}
              className={classes.dayBar}
              data-today={i === days.length - 1 || undefined}
              title={`${name(d.day)}: ${write(d.n)}`}
              style={{ height: `${Math.max(3, (d.n / most) * 100)}%` }}
            />
          ))}
        </div>
        <div className={classes.figureToday}>{t("today", { count: write(days.at(-1)?.n ?? 0) })}</div>
      </div>
    </Paper>
  );
}
