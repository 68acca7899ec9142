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

/** What became of the week's messages; each part leads to the list of them. */
export function MessageStates({ messages }: Pick<HomeView, "messages">) {
  const t = useT("home");
  const states = useT("states");
  const format = useFormatter();
  const shown = STATES.filter(({ key }) => (messages[key] ?? 0) > 0);
  if (shown.length === 0) return null;
  return (
    <Paper withBorder className={classes.states} component="section" aria-labelledby="message-states">
      <Title order={2} id="message-states">
        {t("byState")}
      </Title>
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
  );
}
