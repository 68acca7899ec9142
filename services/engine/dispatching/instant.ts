import type { MemberId, RunId } from "@/core/ids";
import type { InboxRow } from "../../events/inbox-row";
import type { Run } from "../run";
import type { Turn } from "./turn";

/**
 * Members of whose events of one instant a turn took some and left others for the next. What moves with them would find a member that depends on how
 * many shared the turn: it waits for the turn that takes the last of them (decision 112). `rows`: each member's in their order.
 */
export function halfway(rows: readonly InboxRow[], left: ReadonlySet<InboxRow>): Set<MemberId> {
  const tookTo = new Map<MemberId, number>();
  const half = new Set<MemberId>();
  for (const row of rows)
    if (!left.has(row)) tookTo.set(row.member, row.event.acceptedAt);
    else if (tookTo.get(row.member) === row.event.acceptedAt) half.add(row.member);
  return half;
}

/** Runs that this worker's turns readied while their member was halfway, and when that was by its own clock. */
const kept = new Map<RunId, number>();
/** The rest of an instant is a turn or two away, unless another worker takes it. */
const FORGOTTEN_MS = 60_000;

/** What of the turn's may move: nothing of who is halfway, unless an event waits for it, but what earlier turns kept from moving. */
export function movable(turn: Turn, half: ReadonlySet<MemberId>): Run[] {
  const { readied, ahead } = turn;
  const before = kept.size === 0 ? [] : readyBefore(turn, half).filter(({ id }) => kept.has(id));
  return [...new Set([...readied, ...before])].filter((run) => !half.has(run.member) || ahead.has(run));
}

/**
 * Whose conductors are to be told of what the turn has not moved: not of who is halfway, as the next turn has their rows to take, but of those too that
 * another worker's turn may have kept.
 */
export function toRing(turn: Turn, half: ReadonlySet<MemberId>): Run[] {
  const own = [...turn.readied].filter(({ member }) => !half.has(member));
  return [...new Set([...own, ...turn.ahead, ...readyBefore(turn, half)])];
}

/** Keeps in mind what was not moved for its member's sake; `moved`: what was. */
export function keepInMind({ readied, ahead }: Turn, half: ReadonlySet<MemberId>, moved: readonly Run[]): void {
  const now = performance.now();
  for (const { id } of moved) kept.delete(id);
  for (const [id, at] of kept) if (now - at > FORGOTTEN_MS) kept.delete(id);
  for (const run of readied) if (half.has(run.member) && !ahead.has(run)) kept.set(run.id, now);
}

/** What events had readied before this turn, in journeys that are live: a paused one's conductor has nothing to do. */
function readyBefore({ runs, journeys }: Turn, half: ReadonlySet<MemberId>): Run[] {
  const ready = [...runs].flatMap(([member, own]) => (half.has(member) ? [] : own.filter(isReadyByEvent)));
  if (ready.length === 0) return [];
  const live = new Set(journeys.flatMap(({ id, state }) => (state === "live" ? [id] : [])));
  return ready.filter(({ journey }) => live.has(journey));
}
const isReadyByEvent = ({ state, isBulk, readyBy }: Run): boolean =>
  state === "ready" && !isBulk && (readyBy === "entry" || readyBy === "event");
