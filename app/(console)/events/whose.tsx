"use client";
import { Text } from "@mantine/core";
import Link from "next/link";
import { useT } from "../../_i18n/use-t";
import classes from "./events.module.css";
import type { Letter } from "./letter";

/** Whose a rejected event is: the member where there is one, and what it called them itself. */
export function Whose({ letter, isShort = false }: { letter: Letter; isShort?: boolean }) {
  const t = useT("letters");
  const { sender } = letter;
  const member = letter.member ?? sender?.member ?? null;
  const name = (letter.member ? letter.memberName : sender?.memberName) ?? member?.slice(0, 13);
  if (isShort && !member && !sender) return "—";
  return (
    <>
      {member && (
        <Link href={`/members/${member}`} className={classes.member}>
          {name}
        </Link>
      )}
      {sender && (
        <Text size={member ? "xs" : "sm"} c={member ? "dimmed" : undefined} style={{ overflowWrap: "anywhere" }}>
          {t(sender.as)} {sender.value}
        </Text>
      )}
      {!member && !isShort && (
        <Text size="xs" c="dimmed">
          {t(sender ? "notYet" : "nobody")}
        </Text>
      )}
    </>
  );
}
