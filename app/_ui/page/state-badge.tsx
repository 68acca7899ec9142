"use client";
import { useMessages } from "use-intl";
import type { Tone } from "../theme";
import classes from "./state-badge.module.css";

const TONES = {
  journey: { draft: "quiet", live: "ok", paused: "warn", stopped: "quiet", archived: "quiet" },
  run: { ready: "busy", parked: "busy", held: "quiet", goal: "ok", done: "ok", exited: "quiet", failed: "bad" },
  message: {
    queued: "busy",
    claimed: "busy",
    accepted: "ok",
    delivered: "ok",
    failed: "bad",
    unknown: "warn",
    skipped: "quiet",
  },
  webhook: { queued: "busy", claimed: "busy", done: "ok", failed: "bad" },
  broadcast: { waiting: "quiet", running: "busy", paused: "warn", done: "ok", cancelled: "quiet" },
  task: { open: "busy", done: "ok", expired: "warn", cancelled: "quiet" },
  coupon: { issued: "ok", redeemed: "quiet", void: "bad", expired: "quiet" },
  redemption: { confirmed: "ok", cancelled: "quiet" },
  offer: { active: "ok", inactive: "quiet", paused: "warn", archived: "quiet", ended: "quiet", spent: "warn" },
} as const satisfies Record<string, Record<string, Tone>>;
type StateOf = keyof typeof TONES;

/** A state in words and colour. `of` says what it is a state of. */
export function StateBadge({ of, state }: { of: StateOf; state: string }) {
  // Not by a translator: it would be made anew for each line of a list.
  const words: Record<string, string> = useMessages().states[of];
  const tones: Record<string, Tone> = TONES[of];
  return <Badge tone={tones[state] ?? "quiet"}>{words[state] ?? state}</Badge>;
}

/** A small labelled dot; the colour repeats what the word says. */
export function Badge({
  tone = "quiet",
  dot = true,
  children,
}: {
  tone?: Tone;
  dot?: boolean;
  children: React.ReactNode;
}) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {dot && <span className={classes.dot} aria-hidden />}
      {children}
    </span>
  );
}
