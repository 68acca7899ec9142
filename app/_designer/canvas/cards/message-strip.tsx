"use client";
import { HoverCard } from "@mantine/core";
import Link from "next/link";
import { useFormatter } from "use-intl";
import type { JourneyNode } from "@/core/journey/document";
import { useT } from "../../../_i18n/use-t";
import { MessageWords, useMessagesOf } from "../../live/step/message-words";
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
  const messages = useMessagesOf(node);
  if (!messages) return null;
  const { count, because, parts, listOf } = messages;
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
  // Its numbers say it themselves to whoever does not point: no roles.
  return (
    <HoverCard
      openDelay={SLOW_MS}
      position="bottom"
      shadow="md"
      radius="md"
      withinPortal
      zIndex={180}
      withRoles={false}
    >
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
        <MessageWords node={node} />
      </HoverCard.Dropdown>
    </HoverCard>
  );
}
