import { canonical } from "../../../hash";
import { isAlways } from "../../../rules/rule";
import type { Text } from "../../../text";
import { later } from "../../../time/duration";
import { sayDuration } from "../../../time/duration-words";
import type { Problem } from "../../problem";
import { type Way, wayName } from "./way";

type Config = { events: Way[]; within?: string | undefined };
type Findings = (config: Config, node: string) => Problem[];

/** Ways of a wait for the first of several that nobody can take, and a wait that may never end. */
export const hopelessWays: Findings = (config, node) => [...beaten(config, node), ...endless(config, node)];

/** Ways that another one always comes before. */
const beaten: Findings = ({ events, within }, node) => {
  const limit: Way[] = within === undefined ? [] : [{ id: "", is: "duration", for: within }];
  return [...events, ...limit].flatMap((way, i): Problem[] => {
    const isLimit = i === events.length;
    const first = events.find((other, j) => j !== i && winsAlways(other, way, j < i));
    if (!first) return [];
    const [a, b] = [wayName(first), isLimit ? limitName(way) : wayName(way)];
    const isSame = !isLimit && thing(first) === thing(way);
    return [
      {
        code: isSame ? "way_twice" : "way_never",
        severity: "warning",
        node,
        path: isLimit ? ["within"] : ["events", i],
        says: isSame
          ? {
              en: `“${b.en}” is waited for twice: nobody takes the lower way.`,
              "zh-CN": `“${b["zh-CN"]}”等了两次，靠下的一条没有人会走。`,
            }
          : {
              en: `“${a.en}” always comes before “${b.en}”: nobody takes that way.`,
              "zh-CN": `“${a["zh-CN"]}”总是先于“${b["zh-CN"]}”到来，后者这条路没有人会走。`,
            },
      },
    ];
  });
};

const limitName = (way: Way): Text =>
  way.is === "duration"
    ? {
        en: `at most ${sayDuration(way.for).en}`,
        "zh-CN": `最多等待 ${sayDuration(way.for)["zh-CN"]}`,
      }
    : wayName(way);

/** What is waited for, whatever the way is called. */
const thing = ({ id: _, name: __, is = "event", ...rest }: Way): string => canonical({ is, ...rest });

/** Whether one way opens before another whatever happens. `isAbove`: it stands higher, so that it is taken where both open at once. */
function winsAlways(one: Way, other: Way, isAbove: boolean): boolean {
  if (isAbove && thing(one) === thing(other)) return true;
  if ("event" in one) return isAbove && "event" in other && one.event === other.event && isAlways(one.when);
  const [{ latest }, { soonest }] = [opensWithin(one), opensWithin(other)];
  return isAbove && one.is === "duration" && other.is === "duration" && one.for === other.for ? true : latest < soonest;
}

/** After how many milliseconds a way opens at the soonest, and at the latest; Infinity = it may never. */
function opensWithin(way: Way): { soonest: number; latest: number } {
  if (way.is === "window") return { soonest: 0, latest: longestGap(way.window.weekdays) * DAY + HOUR };
  if (way.is !== "duration") return { soonest: 0, latest: Number.POSITIVE_INFINITY };
  // Of calendar months by the shortest and the longest.
  const lengths = [Date.UTC(2027, 1, 1), Date.UTC(2027, 6, 1)].map((from) => later(from, way.for, "UTC") - from);
  const slack = way.for.startsWith("PT") ? 0 : HOUR;
  return { soonest: Math.min(...lengths) - slack, latest: Math.max(...lengths) + slack };
}

/** The most days from one of some weekdays to the next. */
function longestGap(weekdays: readonly number[]): number {
  const days = [...weekdays].sort((a, b) => a - b);
  return Math.max(...days.map((day, i) => (days[i + 1] ?? (days[0] ?? day) + 7) - day));
}

/** No limit, and nothing that is sure to come. */
const endless: Findings = (config, node) => {
  if (config.within !== undefined || config.events.some((way) => Number.isFinite(opensWithin(way).latest))) return [];
  return [
    {
      code: "may_wait_forever",
      severity: "warning",
      node,
      path: ["within"],
      says: {
        en: "Nothing here is sure to come: who meets none of it waits for ever.",
        "zh-CN": "这里没有一件必定会到来，都没遇到的会员会一直等下去。",
      },
      fix: {
        says: { en: "Wait at most 30 days", "zh-CN": "最多等待 30 天" },
        patch: { node, config: { ...config, within: "P30D" } },
      },
    },
  ];
};

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
