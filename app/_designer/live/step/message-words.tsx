"use client";
import Link from "next/link";
import { useFormatter, useMessages } from "use-intl";
import type { JourneyNode } from "@/core/journey/document";
import { rootOf } from "@/core/journey/rooted";
import { REFUSALS } from "@/core/refusals";
import type { MessageOutcome } from "@/services/messages/traffic";
import { useT } from "../../../_i18n/use-t";
import { asRecord } from "../../compare/read";
import { useJourneyId } from "../../store/journey-id";
import { useMessageCount } from "../figures/counts";
import { BAD, MESSAGE_PARTS, NO_MESSAGES } from "./message-parts";
import classes from "./message-words.module.css";

/** What came of a step's messages, and where those behind each number are listed; undefined of a step that sends none. */
export function useMessagesOf(node: JourneyNode) {
  const t = useT("designerLive");
  const refusals = useMessages().refusals;
  const journey = useJourneyId();
  const { count: found, since } = useMessageCount(node.id);
  if (!found && !("content" in node.config)) return undefined;
  const count = found ?? NO_MESSAGES;
  const isPlain = isPlainSms(node);
  return {
    count,
    because: count.reasons.map(({ reason, count }) => {
      const known = REFUSALS.find((one) => one === reason);
      return { reason, count, why: known ? refusals[known] : t("provider") };
    }),
    parts: MESSAGE_PARTS.filter(({ key }) => count[key] > 0 || !(BAD.has(key) || (isPlain && OF_LINKS.has(key)))),
    listOf: (came: MessageOutcome) =>
      `/messages?${new URLSearchParams({ journey, node: rootOf(node), came, ...(since !== null && { since }) })}`,
  };
}

/** Opening and clicking show by a link: a text message without one can tell of neither, and is not shown with a nought. */
const OF_LINKS: ReadonlySet<string> = new Set(["opened", "clicked"]);
const isPlainSms = ({ config }: JourneyNode): boolean =>
  config.channel === "sms" &&
  !/https?:\/\/|\{\{[^}]*(link|url)/i.test(JSON.stringify(asRecord(config.content).sms ?? ""));

/** The same in words, as shares of those sent, and why some did not leave. */
export function MessageWords({ node }: { node: JourneyNode }) {
  const t = useT("designerLive");
  const format = useFormatter();
  const messages = useMessagesOf(node);
  if (!messages) return null;
  const { count, because, parts, listOf } = messages;
  return (
    <section aria-label={t("title")}>
      <h3 className={classes.heading}>{t("title")}</h3>
      <dl className={classes.words}>
        {parts.map(({ key, came, icon: Icon }) => (
          <div key={key} data-part={key}>
            <dt>
              <Icon size={15} stroke={1.7} aria-hidden />
              {t(key)}
            </dt>
            <dd>
              {count[key] === 0 ? (
                0
              ) : (
                <Link href={listOf(came)} prefetch={false}>
                  {format.number(count[key])}
                </Link>
              )}
            </dd>
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
    </section>
  );
}
