import type { Rule } from "@/core/rules/rule";
import { sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { estimateSegment } from "@/services/segments/estimate";
import { countSegment } from "@/services/segments/preview";
import { type Shop, shop } from "@/tests/harness/shop";
import { type Bench, within } from "./bench";
import { Installation } from "./rig/installation";
import { inBulk, manyMembers } from "./rig/many";
import { median } from "./rig/quantile";

const TIMES = 5;

/** (l) A rule of twelve leaves over a million members with twenty events each: counted exactly, and as it is while somebody edits it. */
export const segments: Bench = {
  name: "segments",
  about:
    "a rule of 12 leaves over 1,000,000 members and 20,000,000 events: its exact count, and the live count of the editor",
  run: (options) =>
    Installation.use(options, async (here) => {
      const { isSmall, say } = options;
      const count = isSmall ? 20_000 : 1_000_000;
      const own = await shop();
      const began = performance.now();
      await inBulk(here, ["member", "member_tag", "fact"], manyMembers(own, count), ...varied(own));
      say(`${count} members, ${count * 20} events in ${((performance.now() - began) / 1000).toFixed(0)} s`);
      const exact = await times(() => call(countSegment, own.actor(), { rule: RULE }), say);
      const live = await times(() => call(estimateSegment, own.actor(), { rule: RULE }), say);
      return [
        within("12 leaves, 1 M members: exact count", "ms", exact, { most: 2000 }),
        within("12 leaves, 1 M members: live count", "ms", live, { most: 300 }),
      ];
    }),
};

const RULE: Rule = {
  all: [
    { field: "member.tier", is: "in", value: ["silver", "gold", "platinum"] },
    {
      any: [
        { field: "member.attributes.city", is: "eq", value: "Suzhou" },
        { field: "member.attributes.city", is: "eq", value: "Wuxi" },
      ],
    },
    { field: "member.spent", is: "gte", value: 50_000 },
    { field: "member.orders", is: "gte", value: 2 },
    { field: "member.last_order_at", is: "within_days", value: 90 },
    { field: "member.birthday", is: "exists" },
    { field: "member.tags", is: "not_contains", value: "sleeps" },
    { did: "purchase", measure: "count", is: "gte", value: 2, days: 90 },
    { did: "purchase", measure: "amount", is: "gte", value: 20_000, days: 180 },
    { did: "page_viewed", measure: "count", is: "gte", value: 3, days: 60 },
    { not: { did: "coupon_redeemed", measure: "count", is: "gte", value: 2, days: 30 } },
  ],
};

/** Tiers, cities, sums and tags by the member's number; per member 12 pages viewed, 3 visits, 3 purchases and 2 redeemed coupons, on 11 days. */
const varied = ({ workspace }: Shop) => [
  sql`
    UPDATE member m SET tier = (ARRAY['basic', 'basic', 'silver', 'gold', 'platinum'])[1 + n % 5], spent = n % 997 * 200, orders = n % 7,
      last_order_at = now() - n % 181 * interval '1 day', attributes = jsonb_build_object('city', (ARRAY['Suzhou', 'Wuxi', 'Hangzhou', 'Shanghai'])[1 + n / 5 % 4])
    FROM (SELECT id, row_number() OVER (ORDER BY id) AS n FROM member) AS k WHERE m.id = k.id`,
  sql`
    INSERT INTO member_tag (workspace_id, member_id, tag, source, at)
    SELECT ${workspace}, id, 'sleeps', 'test', now() FROM member WHERE uuid_hash(id) % 10 = 0`,
  sql`
    INSERT INTO fact (workspace_id, member_id, name, day, count, amount)
    SELECT ${workspace}, m.id, f.name, current_date - (f.first + (abs(uuid_hash(m.id)) % 30))::int, f.count, f.amount
    FROM (SELECT id FROM member ORDER BY id) AS m, (VALUES
      ('coupon_redeemed', 0, 1, 0), ('coupon_redeemed', 60, 1, 0),
      ('page_viewed', 0, 4, 0), ('page_viewed', 35, 4, 0), ('page_viewed', 70, 4, 0),
      ('purchase', 0, 1, 9000), ('purchase', 40, 1, 12000), ('purchase', 100, 1, 8000),
      ('visit', 0, 1, 0), ('visit', 40, 1, 0), ('visit', 100, 1, 0)) AS f(name, first, count, amount)
    ORDER BY m.id, f.name, 4`,
];

/** The median of some, in milliseconds, after one that warms up. */
async function times(
  ask: () => Promise<{ ok: boolean; value?: unknown }>,
  say: (line: string) => void,
): Promise<number> {
  const took: number[] = [];
  for (let i = 0; i <= TIMES; i++) {
    const began = performance.now();
    const said = await ask();
    if (!said.ok) throw new Error(JSON.stringify(said));
    if (i > 0) took.push(performance.now() - began);
    else say(JSON.stringify(said.value));
  }
  say(`${took.map((ms) => ms.toFixed(0)).join(", ")} ms`);
  return median(took);
}
