"use client";
import { HoverCard } from "@mantine/core";
import Link from "next/link";
import { useFormatter, useMessages } from "use-intl";
import type { JourneyNode } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { REFUSALS } from "@/core/refusals";
import type { MessageOutcome } from "@/services/messages/traffic";
import { useT } from "../../../_i18n/use-t";
import { useMessageCount } from "../../live/counts";
import { BAD, MESSAGE_PARTS, NO_MESSAGES } from "../../live/message-parts";
import { useJourneyId } from "../../store/journey-id";
import classes from "./message-strip.module.css";

const SLOW_MS = 250;

/**
 * What came of a step's messages, under its card: each number leads to the messages behind it. Pointed at, they are told in words, as shares, and
 * why some did not leave. `isBelowNames`: ways out with names stand under the card first.
 */
export function MessageStrip({
  node,
  title,
  isBelowNames,
}: {
  node: JourneyNode;
  title: string;
  isBelowNames: boolean;
}) {
  const t = useT("designerLive");
  const format = useFormatter();
  const refusals = useMessages().refusals;
  const journey = useJourneyId();
  const { count: found, since } = useMessageCount(node.id);
  if (!found && !("content" in node.config)) return null;
  const count = found ?? NO_MESSAGES;
  const because = count.reasons.map(({ reason, count }) => {
    const known = REFUSALS.find((one) => one === reason);
    return { reason, count, why: known ? refusals[known] : t("provider") };
  });
  const parts = MESSAGE_PARTS.filter(({ key }) => !BAD.has(key) || count[key] > 0);
  const listOf = (came: MessageOutcome) =>
    `/messages?${new URLSearchParams({ journey, node: rootOf(node), came, ...(since !== null && { since }) })}`;
  const named = (key: (typeof parts)[number]["key"]): string => {
    const number = format.number(count[key]);
    return key === "notSent"
      ? t("showWhy", {
          name: title,
          count: number,
          why: because.map((one) => t("reason", { count: format.number(one.count), why: one.why })).join(" "),
        })
      : t("show", { name: title, what: t(key), count: number });
  };
  return (
    <HoverCard openDelay={SLOW_MS} position="bottom" shadow="md" radius="md" withinPortal zIndex={180}>
      <HoverCard.Target>
        <div className={`${classes.strip} nodrag nopan`} data-low={isBelowNames || undefined}>
          {parts.map(({ key, came, icon: Icon }) => {
            const shown = {
              className: classes.part,
              "data-part": key,
              "data-zero": count[key] === 0 || undefined,
              "data-testid": `messages-${node.id}-${key}`,
            };
            const number = (
              <>
                <Icon size={13} stroke={1.8} aria-hidden />
                {format.number(count[key], { notation: count[key] > 9_999 ? "compact" : "standard" })}
              </>
            );
            // Behind a nought there is no message.
            return count[key] === 0 ? (
              <span key={key} {...shown} role="img" aria-label={`${title}: ${t(key)} 0`}>
                {number}
              </span>
            ) : (
              <Link key={key} {...shown} href={listOf(came)} prefetch={false} aria-label={named(key)}>
                {number}
              </Link>
            );
          })}
        </div>
      </HoverCard.Target>
      <HoverCard.Dropdown p="sm">
        <dl className={classes.words} aria-label={t("title")}>
          {parts.map(({ key, icon: Icon }) => (
            <div key={key} data-part={key}>
              <dt>
                <Icon size={15} stroke={1.7} aria-hidden />
                {t(key)}
              </dt>
              <dd>{format.number(count[key])}</dd>
              <dd>
                {key !== "sent" && key !== "notSent" && count.sent > 0
                  ? format.number(count[key] / count.sent, { style: "percent", maximumFractionDigits: 1 })
                  : ""}
              </dd>
            </div>
          ))}
        </dl>
        {because.length > 0 && (
          <ul className={classes.why}>
            {because.map(({ reason, count, why }) => (
              <li key={reason}>{t("reason", { count: format.number(count), why })}</li>
            ))}
          </ul>
        )}
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
