import { eventName } from "../../events/event-name";
import { DEEP, DEEPEST, JOURNEY_START, MOST_DEEP } from "../../plan/control";
import type { Text } from "../../text";
import type { Draft } from "../draft";
import { type Feed, feeds, type Told } from "../feed";
import type { Problem } from "../problem";
import type { Context } from "./context";
import { ownFeed } from "./own-feed";

/** One journey's news starts the next. */
type Hop = { from: Feed; told: Told; to: Feed; isSure: boolean };
type Kind = "endless" | "may go on" | "in time";
type Circle = { hops: Hop[]; kind: Kind };

/** Ways looked at for one drawing: far more than any workspace's journeys have. */
const MOST_WAYS = 5000;

/**
 * Whether what the journey does starts it again, by itself or over live neighbours. Surely and at once is an error: nobody draws that. The
 * engine ends what is not found here at `DEEPEST` journeys one after another, and where it widens at `MOST_DEEP` entries a day.
 */
export function circleProblems(draft: Draft, { self = "", neighbours = [] }: Context): Problem[] {
  const own = ownFeed(draft, self);
  if (!own) return [];
  const web = new Web([own, ...neighbours.filter(({ journey }) => journey !== self)], own);
  const circles = new Map<string, Circle | undefined>();
  const worst = new Map<string, Circle>();
  for (const told of own.tells) {
    if (!circles.has(told.key)) circles.set(told.key, web.wayBack(told));
    const circle = circles.get(told.key);
    const known = worst.get(told.node);
    if (circle && (!known || KINDS.indexOf(circle.kind) < KINDS.indexOf(known.kind))) worst.set(told.node, circle);
  }
  return [...worst].map(([node, { hops, kind }]) => ({
    code: "feeds_itself",
    severity: kind === "endless" ? "error" : "warning",
    node,
    says: says(hops, kind),
  }));
}
const KINDS: Kind[] = ["endless", "may go on", "in time"];

/** Who starts whom, asked only as far as it lies on a way back to one journey. */
class Web {
  private readonly heard = new Map<string, { to: Feed; isSure: boolean }[]>();
  private readonly hearing = new Map<string, Feed[]>();
  private readonly leadsBack: ReadonlySet<Feed>;
  private ways = 0;

  constructor(
    all: readonly Feed[],
    private readonly own: Feed,
  ) {
    for (const feed of all) this.hearing.set(feed.entry.event, [...(this.hearing.get(feed.entry.event) ?? []), feed]);
    this.leadsBack = this.findBack();
  }

  /** The shortest way on which the news comes back to its own journey, again and again. */
  wayBack(told: Told): Circle | undefined {
    const open = this.hopsFrom(this.own, told).map((hop) => [hop]);
    for (const hops of open) {
      if (++this.ways > MOST_WAYS) return undefined;
      const at = hops.at(-1)?.to;
      if (!at) continue;
      if (at === this.own) {
        const kind = kindOf(hops);
        if (kind) return { hops, kind };
        continue;
      }
      const asked = new Set<string>();
      for (const next of at.tells) {
        if (asked.has(next.key) || open.length >= MOST_WAYS) continue;
        asked.add(next.key);
        for (const hop of this.hopsFrom(at, next)) if (!hops.some(({ to }) => to === hop.to)) open.push([...hops, hop]);
      }
    }
    return undefined;
  }

  private hopsFrom(from: Feed, told: Told): Hop[] {
    return this.startedBy(told)
      .filter(({ to }) => this.leadsBack.has(to))
      .map((one) => ({ from, told, ...one }));
  }

  private startedBy(told: Told): { to: Feed; isSure: boolean }[] {
    let started = this.heard.get(told.key);
    if (!started) {
      started = (this.hearing.get(told.event) ?? []).flatMap((to) => {
        const verdict = feeds(told, to);
        return verdict === false ? [] : [{ to, isSure: verdict === true }];
      });
      this.heard.set(told.key, started);
    }
    return started;
  }

  /** Whoever the journey may lead to and who may lead to it, itself among them. */
  private findBack(): Set<Feed> {
    const before = new Map<Feed, Set<Feed>>();
    const reached = new Set<Feed>([this.own]);
    for (const from of reached)
      for (const told of from.tells)
        for (const { to } of this.startedBy(told)) {
          reached.add(to);
          before.set(to, (before.get(to) ?? new Set()).add(from));
        }
    const back = new Set<Feed>(before.has(this.own) ? [this.own] : []);
    for (const feed of back) for (const earlier of before.get(feed) ?? []) back.add(earlier);
    return back;
  }
}

/** undefined: it comes to rest by itself, as what is to be is so already, or the run that did it still stands in the way. */
function kindOf(hops: readonly Hop[]): Kind | undefined {
  const sets = hops.flatMap(({ from }) => from.tells.flatMap((told) => told.sets ?? []));
  const rests = hops.some(
    ({ told }) => told.sets && !sets.some(({ what, to }) => what === told.sets?.what && to !== told.sets.to),
  );
  if (rests) return undefined;
  if (hops.some(({ told }) => told.comes === "in time")) return "in time";
  if (hops.some(({ from, told }) => from.reentry.is === "after_end" && !told.mayBeOver)) return undefined;
  return hops.every(({ isSure }) => isSure) ? "endless" : "may go on";
}

function says(hops: readonly Hop[], kind: Kind): Text {
  const last = hops.length - 1;
  const en = hops.map(({ told, to }, i) => {
    const who = i === 0 ? "This step" : "that journey";
    const starts = i === last ? "starts this journey again" : `starts “${to.name}”`;
    return `${who} ${told.event === JOURNEY_START ? starts : `leads to “${eventName(told.event).en}”, which ${starts}`}`;
  });
  const zh = hops.map(({ told, to }, i) => {
    const who = i === 0 ? "此步骤" : "后者";
    const starts = i === last ? "再次启动本旅程" : `启动“${to.name}”`;
    return `${who}${told.event === JOURNEY_START ? starts : `引发“${eventName(told.event)["zh-CN"]}”，从而${starts}`}`;
  });
  return { en: `${en.join("; ")}. ${ENDS[kind].en}`, "zh-CN": `${zh.join("；")}。${ENDS[kind]["zh-CN"]}` };
}

const ENDS: Record<Kind, Text> = {
  endless: {
    en: "Members would go round for ever: narrow what starts it, or let each member in once.",
    "zh-CN": "会员会无休止地循环：请缩小触发条件，或让每位会员只进入一次。",
  },
  "may go on": {
    en: `Where the conditions hold, members go round, at most ${DEEPEST} times in a row and, from the ${DEEP}rd on, ${MOST_DEEP} times a day: narrow what starts it, unless that is meant.`,
    "zh-CN": `只要条件成立，会员就会循环进入，最多连续 ${DEEPEST} 次，且从第 ${DEEP} 次起每天最多 ${MOST_DEEP} 次：如非本意，请缩小触发条件。`,
  },
  "in time": {
    en: "So it begins anew each time that comes: narrow what starts it, unless that is meant.",
    "zh-CN": "每到那时都会重新开始：如非本意，请缩小触发条件。",
  },
};
