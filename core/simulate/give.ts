import { nodeOf } from "../ids";
import { alter } from "../journey/effects/alter";
import type { Effect, EffectOf } from "../journey/effects/effect";
import { EFFECT_ORDER, effectKinds } from "../journey/effects/registry";
import { refusedSetting } from "../journey/effects/set-attribute";
import { readAs } from "../journey/emitted";
import { endOf } from "../journey/parts/end";
import { allocate } from "../loyalty/allocate";
import { nameIn } from "../loyalty/offer-name";
import { earn, MOST_BALANCE } from "../loyalty/points-account";
import { lastUsableDay } from "../loyalty/points-policy";
import { LoyaltySettings } from "../loyalty/settings";
import { couponEnd } from "../loyalty/validity";
import { tierBefore } from "../members/timed-tier";
import { DEEPEST, depthAfter, JOURNEY_START, JOURNEY_STOP } from "../plan/control";
import { hears } from "../plan/plan";
import { leavingAt } from "../policy/leaving-at";
import type { Refusal } from "../refusals";
import { givenAfter } from "../rules/coupons-of";
import type { CouponFacts, MemberFacts, NodeVars } from "../rules/facts";
import { zoneOfMember } from "../time/zone-of";
import type { Given, SimulatedRun } from "./simulation";
import { factsOf, said, tell, type World } from "./world";

type Gave = { ok: true; gave: Omit<NodeVars, "order"> } | { ok: false; reason: Refusal };

/**
 * Pretends all effects of one step: type by type, what can be refused first; after a refusal the run gets none of the rest. Changes the
 * member and what the run remembers, and tells what the ledgers would tell.
 */
export function give(
  world: World,
  run: SimulatedRun,
  effects: readonly Effect[],
): { given: Given[]; reason: Refusal | null } {
  const given: Given[] = [];
  const points = effects.reduce((sum, effect) => sum + (effect.type === "addPoints" ? effect.points : 0), 0);
  if (points > 0 && world.member.points + points > MOST_BALANCE) return { given, reason: "over_cap" };
  const lack = lackOf(world, effects);
  if (lack) return { given, reason: lack };
  let last: CouponFacts | undefined;
  for (const type of EFFECT_ORDER)
    for (const effect of effects) {
      if (effect.type !== type) continue;
      const one = pretend(world, run, effect);
      if (!one.ok) return { given, reason: one.reason };
      given.push({ effect, gave: one.gave });
      const { coupon } = one.gave;
      if (coupon) last = givenAfter(last, coupon);
      remember(world, run, effect, coupon && last ? { ...one.gave, coupon: last } : one.gave);
    }
  return { given, reason: null };
}

/** Why the coupons of a step cannot all be issued; else null, and they are taken. */
function lackOf({ scene, now, remaining }: World, effects: readonly Effect[]): Refusal | null {
  const wanted = effects.flatMap((effect) => (effect.type === "issueCoupon" ? [effect.offer] : []));
  for (const id of wanted) {
    const offer = scene.offers?.[id];
    if (!offer) return "not_found";
    if (offer.isActive === false || couponEnd(offer.validity, new Date(now), scene.zone).getTime() < now)
      return "offer_inactive";
  }
  const needs = wanted.flatMap((offer) => [
    { counter: `cap ${offer}`, count: 1, lack: "over_cap" as const },
    { counter: `stock ${offer}`, count: 1, lack: "out_of_stock" as const },
  ]);
  return allocate([needs], remaining)[0] ?? null;
}

function pretend(world: World, run: SimulatedRun, effect: Effect): Gave {
  if ((effect.type === "emitEvent" || effect.type === "startJourney") && depthAfter(run) > DEEPEST)
    return { ok: false, reason: "too_deep" };
  const unadded = effect.type === "setAttribute" ? refusedSetting(effect, world.member, run.entry) : null;
  if (unadded) return { ok: false, reason: unadded };
  if (effect.type === "takeAnswer") {
    const id = run.vars[nodeOf(run.step)]?.[effect.of];
    return { ok: true, gave: id === undefined ? {} : { answer: world.answers.get(id) ?? {} } };
  }
  const { scene, now } = world;
  const offer = (id: string) => {
    const known = scene.offers?.[id];
    if (!known) return undefined;
    const { name, names, validity } = known;
    const expiresAt = couponEnd(validity, new Date(now), scene.zone).getTime();
    return { name, ...(names && { names }), expiresAt };
  };
  const leaves = (message: EffectOf<"sendMessage">) =>
    leavingAt(message, scene.quietHours ?? null, now, zoneOfMember(scene.zone, world.member));
  // Type and kind belong together, which TypeScript cannot follow through the registry.
  const kind: { pretend(effect: never, stage: object): Omit<NodeVars, "order"> } = effectKinds[effect.type];
  return {
    ok: true,
    gave: kind.pretend(effect as never, { now, sequence: ++world.sequence, offer, leavingAt: leaves }),
  };
}

/** What an effect gave is known to the run's later steps, and to rules over the member. */
function remember(world: World, run: SimulatedRun, effect: Effect, gave: Omit<NodeVars, "order">): void {
  if (Object.keys(gave).length > 0) {
    const node = nodeOf(run.step);
    const order = run.vars[node]?.order ?? Object.keys(run.vars).length + 1;
    run.vars = { ...run.vars, [node]: { ...run.vars[node], ...gave, order } };
  }
  const before = world.member;
  world.member = { ...before, ...alter(effect, before, run.entry, gave), id: before.id };
  keep(world, run, effect, gave, before);
  const news = newsOf(world, run, effect, gave, before);
  if (!news) return;
  if (effect.type === "changeTier") said(world, "#tier");
  if (effect.type === "setAttribute") said(world, effect.attribute);
  // Of the ledgers' news only what the plan hears is an event; what the journey emits is one for all, as a stop is.
  const isEvent = effect.type === "emitEvent" || effect.type === "stopJourney" || hears(world.scene.plan, news.name);
  if (isEvent) tell(world, news.name, news.properties, news.depth);
}

/** What the ledgers know beside the member's row: lots, coupons that end, a tier's end. */
function keep(
  world: World,
  run: SimulatedRun,
  effect: Effect,
  { coupon }: Omit<NodeVars, "order">,
  before: MemberFacts,
): void {
  const depth = depthAfter(run);
  const { now, scene, account } = world;
  if (effect.type === "addPoints") {
    const { points: policy = LoyaltySettings.parse({}).points, zone } = scene;
    const cause = {
      reason: effect.reason,
      run: null,
      step: null,
      at: new Date(now),
      newId: () => `lot-${++world.sequence}`,
    };
    earn(account, effect.points, lastUsableDay(policy, new Date(now), zone), cause);
  }
  if (effect.type === "issueCoupon" && coupon?.expiresAt)
    world.coupons.push({
      issuedAt: now,
      expiresAt: coupon.expiresAt,
      words: { ...wordsOf(coupon), offer: nameIn(coupon, before.locale) },
      depth,
    });
  if (effect.type === "changeTier") {
    const until = endOf(effect.end, new Date(now), scene.zone)?.getTime() ?? null;
    const previous = tierBefore({ tier: before.tier, timed: world.timed }, { tier: effect.tier, until });
    if (previous !== undefined) world.timed = until === null ? null : { tier: effect.tier, previous, until, depth };
  }
}

type News = { name: string; properties: Record<string, unknown>; depth: number };

/** The event that the ledgers make of an effect; null where nothing changed. */
function newsOf(
  world: World,
  run: SimulatedRun,
  effect: Effect,
  { coupon }: Omit<NodeVars, "order">,
  before: MemberFacts,
): News | null {
  const { member } = world;
  const depth = depthAfter(run);
  const from = { from_journey: world.scene.plan.journey, from_run: run.id };
  switch (effect.type) {
    case "issueCoupon":
      return coupon ? { name: "coupon_issued", properties: wordsOf(coupon), depth } : null;
    case "addPoints": {
      const { points, reason } = effect;
      return { name: "points_earned", properties: { points, balance: member.points, reason }, depth };
    }
    case "addTag":
      return before.tags.includes(effect.tag) ? null : { name: "tag_added", properties: { tag: effect.tag }, depth };
    case "removeTag":
      return before.tags.includes(effect.tag) ? { name: "tag_removed", properties: { tag: effect.tag }, depth } : null;
    case "setAttribute":
      return newsOfAttribute(effect.attribute, before.attributes, member.attributes, depth);
    case "changeTier": {
      const { tier, reason, end } = effect;
      const until = endOf(end, new Date(world.now), world.scene.zone)?.toISOString();
      return before.tier === tier
        ? null
        : { name: "tier_changed", properties: { tier, previous: before.tier, reason, ...(until && { until }) }, depth };
    }
    case "emitEvent":
      return { name: effect.name, properties: propertiesOf(world, run, effect), depth };
    case "startJourney":
      return {
        name: JOURNEY_START,
        properties: { ...run.entry.properties, journey_id: effect.journey, ...from },
        depth,
      };
    case "stopJourney":
      return { name: JOURNEY_STOP, properties: { journey_id: effect.journey, ...from }, depth };
    case "sendMessage":
    case "openTask":
    case "closeTask":
    case "takeAnswer":
    case "callWebhook":
      return null;
    default:
      return effect satisfies never;
  }
}

const wordsOf = ({ id, offer, code, expiresAt }: NonNullable<NodeVars["coupon"]>): Record<string, unknown> => ({
  coupon_id: id,
  offer_id: offer,
  code,
  ...(expiresAt !== null && { expires_at: new Date(expiresAt).toISOString() }),
});

function newsOfAttribute(
  attribute: string,
  { [attribute]: was }: MemberFacts["attributes"],
  { [attribute]: value }: MemberFacts["attributes"],
  depth: number,
): News | null {
  if (JSON.stringify(was ?? null) === JSON.stringify(value ?? null)) return null;
  const changed = { ...(value !== undefined && { value }), ...(was !== undefined && { previous: was }) };
  return { name: "attribute_changed", properties: { attribute, ...changed }, depth };
}

function propertiesOf(world: World, run: SimulatedRun, { properties }: EffectOf<"emitEvent">): Record<string, unknown> {
  const fill = world.scene.fill ?? plain;
  const facts = factsOf(world, run);
  return Object.fromEntries(
    properties.flatMap(({ name, as, value }) => {
      const filled = fill(value, facts);
      const read = filled === undefined ? undefined : readAs(as, filled);
      return read === undefined ? [] : [[name, read] as const];
    }),
  );
}

const plain = (template: string): string | undefined => (/\{[{%]/.test(template) ? undefined : template);
