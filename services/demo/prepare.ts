import type { JourneyId, OfferId, WorkspaceId } from "@/core/ids";
import { type RecipeId, recipeOf } from "@/core/recipes/registry";
import type { Outcome } from "@/core/refusals";
import type { Rule } from "@/core/rules/rule";
import { peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Actor } from "../access/actor";
import { call } from "../access/use-case";
import { createJourney } from "../journeys/drafting/create";
import { publishJourney } from "../journeys/publishing/publish";
import { createOffer } from "../offers/create";
import { updateOffer } from "../offers/update";
import { createSegment } from "../segments/segments";
import { createWorkspace } from "../workspaces/create";
import { createMerchant } from "../workspaces/merchants";
import { createStore } from "../workspaces/stores";
import { enquiries } from "./enquiries";
import { OFFER_SLOTS, OFFERS, type OfferSlot } from "./offers";
import { isCalled, MERCHANTS, STORES, say, WORKSPACE } from "./places";
import { withShopLinks } from "./shop-links";

export type DemoWorkspace = { id: WorkspaceId; createdAt: Date };

/** The demo's workspace, made if there is none. Every step here completes what a killed one left. */
export async function prepareWorkspace(): Promise<DemoWorkspace> {
  const { slug, name, timeZone, currency, locale } = WORKSPACE;
  await createWorkspace({ id: newId(), slug, name, timeZone, currency, locale, isDemo: true });
  const [found] = await peek<DemoWorkspace & { isDemo: boolean }>(
    sql`SELECT id, created_at AS "createdAt", is_demo AS "isDemo" FROM workspace WHERE slug = ${slug}`,
  );
  if (!found?.isDemo) throw new Error(`a workspace with the address “${slug}” exists and is no demo`);
  return found;
}

/** Store ids by code. */
export async function prepareStores(actor: Actor): Promise<Map<string, string>> {
  const { workspace } = actor;
  const merchants = await known(sql`SELECT code AS name, id FROM merchant WHERE workspace_id = ${workspace}`);
  for (const [code, name] of Object.entries(MERCHANTS))
    if (!merchants.has(code)) merchants.set(code, done(await call(createMerchant, actor, { code, name })).id);
  const stores = await known(sql`SELECT code AS name, id FROM store WHERE workspace_id = ${workspace}`);
  for (const { code, merchant, name, region, mall } of STORES)
    if (!stores.has(code))
      stores.set(
        code,
        done(await call(createStore, actor, { merchant: merchants.get(merchant), code, name, region, mall })).id,
      );
  return stores;
}

/** Offer ids by slot. */
export async function prepareOffers(actor: Actor): Promise<Record<OfferSlot, OfferId>> {
  const offers = await known(sql`SELECT name, id FROM offer WHERE workspace_id = ${actor.workspace} ORDER BY id DESC`);
  const unnamed = await known(
    sql`SELECT name, id FROM offer WHERE workspace_id = ${actor.workspace} AND names = '{}' ORDER BY id DESC`,
  );
  const made = new Map<OfferSlot, OfferId>();
  for (const slot of OFFER_SLOTS) {
    const { name, terms, perMember } = OFFERS[slot];
    const own = name[WORKSPACE.locale];
    const id = offers.get(own) ?? done(await call(createOffer, actor, { name, terms, perMember })).id;
    // A demo of before knows one language.
    if (unnamed.get(own) === id) done(await call(updateOffer, actor, { offer: id, name }));
    made.set(slot, id as OfferId);
  }
  return Object.fromEntries(made) as Record<OfferSlot, OfferId>;
}

/** The recipes it runs, each with the offers that fill its slots. */
const LIVE: [RecipeId, Record<string, OfferSlot>][] = [
  ["birthday-gift", { gift: "gift", party: "party" }],
  ["check-in-streak", { month: "streak" }],
  ["visit-survey", { goodwill: "goodwill" }],
  ["welcome", { welcome: "welcome" }],
  ["thirty-days-away", { back: "back" }],
  ["big-order", { gold: "gold", others: "others" }],
];

/** Publishes the recipes and the journey for enquiries; a journey that stands already is left as it is, and a draft of ours is published. */
export async function prepareJourneys(actor: Actor, offers: Record<OfferSlot, OfferId>): Promise<void> {
  const journeys = await peek<{ id: JourneyId; name: string; version: number | null }>(
    sql`SELECT id, name, version FROM journey WHERE workspace_id = ${actor.workspace}`,
  );
  const recipes = LIVE.map(([id, slots]) => {
    const ids = Object.fromEntries(Object.entries(slots).map(([slot, of]) => [slot, offers[of]]));
    return withShopLinks(recipeOf(id).document(ids, say));
  });
  const recipe = say({ en: "recipe", "zh-CN": "配方" });
  for (const document of [enquiries(), ...recipes]) {
    const own = journeys.find(({ name }) => isCalled(name, document.name));
    const journey = own ?? {
      ...done(await call(createJourney, actor, { document, labels: recipes.includes(document) ? [recipe] : [] })),
      version: null,
    };
    if (journey.version === null) done(await call(publishJourney, actor, { journey: journey.id }));
  }
}

const SEGMENTS: { name: string; rule: Rule }[] = [
  {
    name: say({ en: "Gold and above", "zh-CN": "金卡及以上" }),
    rule: { field: "member.tier", is: "in", value: ["gold", "platinum"] },
  },
  {
    name: say({ en: "30 days without a visit", "zh-CN": "30 天未到店" }),
    rule: { field: "member.last_visit_at", is: "not_within_days", value: 30 },
  },
  {
    name: say({ en: "3 orders in 30 days", "zh-CN": "近 30 天购买 3 次以上" }),
    rule: { did: "purchase", measure: "count", is: "gte", value: 3, days: 30 },
  },
];

export async function prepareSegments(actor: Actor): Promise<void> {
  const segments = await known(sql`SELECT name, id FROM segment WHERE workspace_id = ${actor.workspace}`);
  for (const segment of SEGMENTS)
    if (![...segments.keys()].some((name) => isCalled(name, segment.name)))
      done(await call(createSegment, actor, segment));
}

const known = async (query: ReturnType<typeof sql>): Promise<Map<string, string>> =>
  new Map((await peek<{ name: string; id: string }>(query)).map(({ name, id }) => [name, id]));

/** What the demo asks for is never refused, unless the demo is wrong. */
function done<T>(outcome: Outcome<T>): T {
  if (!outcome.ok) throw new Error(`the demo was refused: ${outcome.reason} ${outcome.detail ?? ""}`);
  return outcome.value;
}
