import { fieldAt } from "../../../rules/fields";
import { FieldPath } from "../../../rules/schema";
import type { Text } from "../../../text";
import type { LeapDay } from "../../../time/yearly";
import { atTime, awayFrom, dateProblems, daysAway, leapDayField, lunarly, returnsField } from "../dated";
import { field } from "../field";
import type { WaitPart } from "./wait-part";

const fields = {
  date: field(
    FieldPath.refine((path) => !path.startsWith("event."), "no event is judged here; the one that began is entry.…"),
    { field: "date", label: { en: "Date", "zh-CN": "日期" } },
  ),
  returns: returnsField,
  days: daysAway,
  time: atTime,
  leapDay: leapDayField,
};
type Config = { date: string; returns: "yearly" | "lunar" | "once"; days: number; time: string; leapDay: LeapDay };

/** A date of the member, of the event that started the run or of a coupon, days before or after. One that is past already opens at once, a missing one never. */
export const datePart = {
  name: { en: "a date", "zh-CN": "日期" },
  fields,
  initial: { date: "member.birthday", returns: "yearly", days: -3, time: "10:00", leapDay: "feb28" },
  called: (config) => awayFrom(config.days, dateName(config)),
  opens: ({ date, returns, days, time, leapDay }, go) => ({
    until: { date, days, time, ...(returns !== "once" && { yearly: returns === "lunar" ? returns : leapDay }) },
    go,
  }),
  problems: ({ date }, { document: { nodes, entry }, node, path }) => {
    const event = nodes.find(({ id }) => id === entry)?.config.event;
    return dateProblems(date, node, [...path, "date"], {
      coupons: true,
      ...(typeof event === "string" && { entry: event }),
    });
  },
} satisfies WaitPart<Config>;

/** What the date is called: whose it is, and whether the lunar calendar's. */
export function dateName({ date, returns }: Pick<Config, "date" | "returns">): Text {
  const name = ownName(date);
  return returns === "lunar" ? lunarly(name) : name;
}

function ownName(path: string): Text {
  const name = fieldAt(path)?.name ?? { en: path, "zh-CN": path };
  if (path.startsWith("entry.")) return { en: `the event's ${name.en}`, "zh-CN": `触发事件的${name["zh-CN"]}` };
  if (path.startsWith("coupon.")) return { en: "the coupon's expiry", "zh-CN": "优惠券到期日" };
  return { en: name.en.toLowerCase(), "zh-CN": name["zh-CN"] };
}
