import fc from "fast-check";
import { expect, it } from "vitest";
import { engine, json, Sql, sql } from "@/platform/db";
import { database } from "@/tests/harness/database";
import { startOfDay } from "../time/day";
import { evaluate } from "./evaluate";
import { type Explanation, explain } from "./explain";
import type { MemberFacts } from "./facts";
import { isMemberField, MEMBER_FIELDS } from "./found";
import type { Literal, Operator, Rule } from "./rule";
import { toSql } from "./to-sql";

const WORKSPACE = "00000000-0000-7000-8000-00000000000a";
const ZONE = "Asia/Shanghai";
const NOW = Date.UTC(2026, 2, 29, 16, 30); // half past midnight of 30 March in Shanghai
const HOUR = 3_600_000;

await database();

// Few values each, close to the borders, so that rules often hold and often just fail to.
const text = fc.constantFrom(
  "",
  "gold",
  "Gold",
  "golden",
  "金",
  "2026-03-30",
  "2026-03-29T16:00:00Z",
  "2026-02-30",
  "5",
  "%_",
  "é",
  "𝒳",
);
const number = fc.constantFrom(0, 1, 2, 5, 99.5, 10_000, -1, 0.1, 1e300, -1e300, NOW);
const instant = fc
  .constantFrom(0, 1, 24, 24 * 30, 24 * 365)
  .chain((h) => fc.constantFrom(-1, 0, 1, HOUR).map((ms) => NOW - h * HOUR + ms));
const day = fc.constantFrom("2026-03-30", "2026-03-29", "2026-03-31", "2026-02-28", "1990-05-01", "2026-03-01");
const tag = fc.constantFrom("gold", "coupon user", "金", "a");
/** Usable at once, from tomorrow, from today. */
const OFFERS = ["01", "02", "03"].map((n) => `00000000-0000-7000-8000-0000000000${n}`);
const FROM = [null, "2026-03-31", "2026-03-30"];
const offer = fc.constantFrom(...OFFERS);
const attribute = fc.oneof(
  text,
  number,
  fc.boolean(),
  fc.constant(null),
  fc.array(fc.oneof(text, number, fc.boolean(), fc.constant(null)), { maxLength: 3 }),
  fc.constant({ a: 1 }),
);
const maybe = <T>(of: fc.Arbitrary<T>) => fc.option(of, { nil: null });

function startOf(offer: string): number | null {
  const from = FROM[OFFERS.indexOf(offer)];
  return from ? startOfDay(from, ZONE) : null;
}

const member: fc.Arbitrary<MemberFacts> = fc.record({
  id: fc.uuid({ version: 7 }),
  isAnonymous: fc.boolean(),
  name: maybe(text),
  phone: maybe(text),
  email: maybe(text),
  locale: maybe(text),
  timeZone: fc.constant(null),
  birthday: maybe(day),
  gender: maybe(text),
  tier: text,
  joinedAt: instant,
  joinedStore: fc.constant(null),
  orders: fc.constantFrom(0, 1, 5),
  spent: fc.constantFrom(0, 5, 10_000),
  firstOrderAt: maybe(instant),
  lastOrderAt: maybe(instant),
  visits: fc.constantFrom(0, 1),
  lastVisitAt: maybe(instant),
  lastSeenAt: maybe(instant),
  points: fc.constantFrom(0, 1, 5),
  tags: fc.uniqueArray(tag, { maxLength: 3 }),
  attributes: fc.dictionary(fc.constantFrom("district", "score", "a.b"), attribute, { noNullPrototype: true }),
  coupons: fc
    .array(
      fc.record({
        offer: fc.constantFrom(...OFFERS),
        expiresAt: maybe(fc.constantFrom(NOW - 1, NOW, NOW + 1, NOW + 48 * HOUR)),
      }),
      { maxLength: 3 },
    )
    .map((all) => all.map((one) => ({ ...one, startsAt: startOf(one.offer) }))),
  days: fc.uniqueArray(
    fc.record({
      name: fc.constantFrom("visit", "purchase"),
      day,
      count: fc.constantFrom(1, 2),
      amount: fc.constantFrom(0, 10_000),
    }),
    { selector: (d) => d.name + d.day, maxLength: 4 },
  ),
});

const OPERATORS: Operator[] = [
  "eq",
  "ne",
  "gt",
  "gte",
  "lt",
  "lte",
  "between",
  "in",
  "not_in",
  "contains",
  "not_contains",
  "starts_with",
  "exists",
  "not_exists",
  "before",
  "after",
  "within_days",
  "not_within_days",
];
const literal = fc.oneof(
  text,
  number,
  fc.boolean(),
  day,
  instant.map((ms) => new Date(ms).toISOString()),
  tag,
);
const value: fc.Arbitrary<Literal | Literal[]> = fc.oneof(
  literal,
  fc.array(literal, { maxLength: 3 }),
  fc.constantFrom<Literal[][]>([0, 5], ["2026-02-28", "2026-03-30"]),
  fc.constantFrom(0, 1, 30, 1.5, 1e9, 1e300),
);
const FIELDS = [
  ...Object.keys(MEMBER_FIELDS).filter(isMemberField),
  "attributes.district",
  "attributes.score",
  "attributes.a.b",
  "nonsense",
];
/** Mostly what an author would compare such a field with, sometimes anything. */
const leaf: fc.Arbitrary<Rule> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.constantFrom(...FIELDS).chain((name) =>
      fc.record({
        field: fc.constant(`member.${name}`),
        is: fc.constantFrom(...OPERATORS),
        value: fc.oneof({ weight: 3, arbitrary: likely(name) }, value),
      }),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.record({
      did: fc.constantFrom("visit", "purchase", "nothing"),
      measure: fc.constantFrom("count" as const, "amount" as const),
      is: fc.constantFrom("gte" as const, "lt" as const),
      value: fc.constantFrom(0, 1, 2, 10_000),
      days: fc.option(fc.constantFrom(1, 2, 31), { nil: undefined }),
    }),
  },
);
function likely(name: string): fc.Arbitrary<Literal | Literal[]> {
  const time = fc.oneof(
    day,
    instant.map((ms) => new Date(ms).toISOString()),
  );
  switch (isMemberField(name) ? MEMBER_FIELDS[name][0] : "untyped") {
    case "number":
      return fc.oneof(number, fc.tuple(number, number));
    case "date":
    case "instant":
      return fc.oneof({ weight: 3, arbitrary: time }, fc.tuple(time, time), fc.constantFrom(0, 1, 30, 1.5, 1e9, 1e300));
    case "list":
      return fc.oneof(tag, fc.array(tag, { maxLength: 2 }), offer, fc.array(offer, { maxLength: 2 }));
    case "boolean":
      return fc.boolean();
    default:
      return fc.oneof(text, fc.array(text, { maxLength: 2 }));
  }
}
const { rule } = fc.letrec<{ rule: Rule }>((tie) => ({
  rule: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    leaf,
    fc.record({ all: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ any: fc.array(tie("rule"), { maxLength: 3 }) }),
    fc.record({ not: tie("rule") }),
  ),
}));

it("finds the same members in memory and in Postgres, whatever the rule, and tells of each why", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.uniqueArray(member, { selector: (m) => m.id, minLength: 30, maxLength: 60 }),
      fc.array(rule, { minLength: 40, maxLength: 60 }),
      async (members, rules) => {
        const found = await engine(async (tx) => {
          await insert(tx, members);
          const ids: string[][] = [];
          for (const one of rules) {
            const where = toSql(one, { workspace: WORKSPACE, asOf: NOW, zone: ZONE });
            if (!where.ok) throw new Error(`refused ${where.field}`);
            const rows = await tx.rows<{ id: string }>(
              sql`SELECT m.id FROM member m WHERE m.workspace_id = ${WORKSPACE} AND ${new Sql(where.parts, where.values)} ORDER BY m.id`,
            );
            ids.push(rows.map(({ id }) => id));
          }
          await tx.run(sql`ROLLBACK`);
          await tx.run(sql`BEGIN`);
          return ids;
        });
        rules.forEach((one, i) => {
          const told = members.map((m) => ({ m, told: explain(one, { member: m, now: NOW, zone: ZONE }) }));
          const ids = (holds: (_: (typeof told)[number]) => boolean) =>
            told
              .filter(holds)
              .map(({ m }) => m.id)
              .sort();
          expect({
            rule: one,
            evaluated: ids(({ m }) => evaluate(one, { member: m, now: NOW, zone: ZONE })),
            explained: ids(({ told: { verdict } }) => verdict),
            byItsLeaves: ids(({ told }) => follows(told)),
          }).toEqual({ rule: one, evaluated: found[i], explained: found[i], byItsLeaves: found[i] });
          for (const { told: one } of told) expect(JSON.parse(JSON.stringify(one))).toEqual(one);
        });
      },
    ),
    { numRuns: 25 },
  );
}, 60_000);

/** What a reader would conclude from the leaves' verdicts alone. */
function follows(told: Explanation): boolean {
  if ("all" in told) return told.all.every(follows);
  if ("any" in told) return told.any.some(follows);
  if ("not" in told) return !follows(told.not);
  return told.verdict;
}

const at = (instant: number | null) => (instant === null ? null : new Date(instant));

async function insert(tx: Parameters<Parameters<typeof engine>[0]>[0], members: MemberFacts[]): Promise<void> {
  await tx.run(sql`INSERT INTO workspace (id, slug, name) VALUES (${WORKSPACE}, 'agreement', 'Agreement')`);
  await tx.run(
    sql`INSERT INTO tag (workspace_id, name) SELECT ${WORKSPACE}, unnest(${[...new Set(members.flatMap(({ tags }) => tags))]}::text[])`,
  );
  for (const [i, id] of OFFERS.entries())
    await tx.run(sql`
      INSERT INTO offer (workspace_id, id, name, kind, terms)
      VALUES (${WORKSPACE}, ${id}, 'Offer', 'amount_off', ${json({ validity: FROM[i] ? { is: "fixed", from: FROM[i], until: "2026-12-31" } : { is: "days", days: 30 } })})`);
  for (const m of members) {
    await tx.run(sql`
      INSERT INTO member (workspace_id, id, is_anonymous, name, phone, email, locale, birthday, gender, tier, joined_at, orders, spent,
        first_order_at, last_order_at, visits, last_visit_at, last_seen_at, attributes)
      VALUES (${WORKSPACE}, ${m.id}, ${m.isAnonymous}, ${m.name}, ${m.phone}, ${m.email}, ${m.locale}, ${m.birthday}, ${m.gender}, ${m.tier}, ${at(m.joinedAt)},
        ${m.orders}, ${m.spent}, ${at(m.firstOrderAt)}, ${at(m.lastOrderAt)}, ${m.visits}, ${at(m.lastVisitAt)}, ${at(m.lastSeenAt)}, ${json(m.attributes)})`);
    if (m.points > 0)
      await tx.run(
        sql`INSERT INTO points_account (workspace_id, member_id, balance) VALUES (${WORKSPACE}, ${m.id}, ${m.points})`,
      );
    for (const one of m.tags)
      await tx.run(
        sql`INSERT INTO member_tag (workspace_id, member_id, tag, source) VALUES (${WORKSPACE}, ${m.id}, ${one}, 'test')`,
      );
    // Used and withdrawn ones are held by no one.
    const coupons = [
      ...(m.coupons ?? []).map((one) => ({ ...one, state: "issued" })),
      ...["redeemed", "void"].map((state) => ({ offer: OFFERS[0], expiresAt: null, state })),
    ];
    for (const [i, one] of coupons.entries())
      await tx.run(sql`
        INSERT INTO coupon (workspace_id, id, offer_id, member_id, code, state, issued_at, expires_at, source)
        VALUES (${WORKSPACE}, gen_random_uuid(), ${one.offer}, ${m.id}, ${`${m.id} ${i}`}, ${one.state}, now(), ${at(one.expiresAt)}, 'test')`);
    for (const d of m.days)
      await tx.run(
        sql`INSERT INTO fact (workspace_id, member_id, name, day, count, amount) VALUES (${WORKSPACE}, ${m.id}, ${d.name}, ${d.day}, ${d.count}, ${d.amount})`,
      );
  }
}
