import type { MemberId, OfferId, WorkspaceId } from "@/core/ids";
import { type Account, type Entry, earn, spend } from "@/core/loyalty/points-account";
import { lastUsableDay } from "@/core/loyalty/points-policy";
import { sql, type Tx, write } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Actor } from "../access/actor";
import { recordHistory } from "../intake/record-history";
import { addMembers } from "../members/add";
import { setConsents } from "../members/consent";
import { saveProjection } from "../members/save";
import { tagMembers } from "../members/tag";
import { issueCoupons } from "../offers/issue";
import { redeem } from "../offers/redeeming/redeem";
import { openAccounts, writeAccounts } from "../points/account";
import { pointsPolicy } from "../points/policy";
import { Chance } from "./chance";
import { fold } from "./fold";
import { type CouponLife, type Life, lifeOf } from "./life";
import type { OfferSlot } from "./offers";
import { pastId } from "./past-id";

export type Cast = {
  workspace: WorkspaceId;
  actor: Actor;
  seed: string;
  now: Date;
  zone: string;
  stores: ReadonlyMap<string, string>;
  offers: Readonly<Record<OfferSlot, OfferId>>;
};
type Told = { id: MemberId; life: Life };

/** Writes the members of these numbers with their whole year, in one transaction, by the sets that the engine itself uses. Sends nothing. */
export async function writeMembers(cast: Cast, numbers: readonly number[]): Promise<void> {
  const { workspace, seed, now, zone, stores } = cast;
  const told = numbers.map((number) => {
    const life = lifeOf(seed, number, now.getTime());
    const chance = new Chance(`${seed}/ids/${number}`);
    const id = pastId<MemberId>(chance, life.joinedAt);
    const store = stores.get(life.person.store.code) ?? "";
    return { id, life, store, ...fold(life, id, store, zone, chance) };
  });
  await write(workspace, async (tx) => {
    // Nobody waits for these rows yet, and a machine that builds the console meanwhile may let this process stand for a while.
    tx.push(sql`SET LOCAL idle_in_transaction_session_timeout = '60s'`);
    await addMembers(
      tx,
      workspace,
      told.map(({ id, life: { person, joinedAt }, store }) => ({
        id,
        joinedAt: new Date(joinedAt),
        joinedStore: store,
        identities: [
          { kind: "userId", value: person.userId },
          { kind: "phone", value: person.phone },
          { kind: "email", value: person.email },
        ],
      })),
    );
    await setConsents(
      tx,
      workspace,
      told.flatMap(({ id, life }) => consentsOf(id, life)),
    );
    await tagMembers(
      tx,
      workspace,
      told.flatMap(({ id, life }) => life.tags.map((tag) => ({ member: id, tag, source: "demo" }))),
      now,
    );
    await recordHistory(
      tx,
      workspace,
      told.flatMap(({ id, events }) => events.map((event) => ({ member: id, event }))),
    );
    saveProjection(
      tx,
      workspace,
      told.map(({ change }) => change),
      now,
    );
    await bookPoints(tx, cast, told);
    await handOut(tx, cast, told);
  });
}

function consentsOf(member: MemberId, { person: { consents }, joinedAt }: Life) {
  const at = new Date(joinedAt);
  const evidence = { form: "join", version: 3 };
  return (["sms", "email", "push"] as const)
    .filter((channel) => consents[channel])
    .map((channel) => ({
      member,
      channel,
      purpose: "marketing",
      isGranted: true,
      source: "join_form",
      evidence,
      at,
      isTold: true,
    }));
}

/** Each movement at its own instant, so that lots end when they would have. */
async function bookPoints(tx: Tx, { workspace, now, zone }: Cast, told: readonly Told[]): Promise<void> {
  const { policy } = await pointsPolicy(tx, workspace);
  const accounts = await openAccounts(
    tx,
    workspace,
    told.map(({ id }) => id),
  );
  const changes: { member: MemberId; account: Account; entries: Entry[] }[] = [];
  for (const { id, life } of told) {
    const account = accounts.get(id);
    if (!account) throw new Error("an account was not opened");
    const entries = life.movements.flatMap(({ at, points, reason }) => {
      const cause = { reason, run: null, step: null, at: new Date(at), newId };
      if (points > 0) return [earn(account, points, lastUsableDay(policy, cause.at, zone), cause)];
      return spend(account, -points, cause) ?? [];
    });
    changes.push({ member: id, account, entries });
  }
  await writeAccounts(tx, workspace, changes, now);
}

/** Coupons in the order of time, those of one instant as one set, each used at its till afterwards. */
async function handOut(tx: Tx, { workspace, actor, offers }: Cast, told: readonly Told[]): Promise<void> {
  const byInstant = new Map<number, { member: MemberId; coupon: CouponLife }[]>();
  for (const { id, life } of told)
    for (const coupon of life.coupons)
      byInstant.set(coupon.at, [...(byInstant.get(coupon.at) ?? []), { member: id, coupon }]);
  const used: { member: MemberId; code: string; use: NonNullable<CouponLife["used"]> }[] = [];
  for (const [at, set] of [...byInstant].sort(([a], [b]) => a - b)) {
    const grants = set.map(({ member, coupon }) => ({ member, offer: offers[coupon.slot], source: "system:demo" }));
    const issued = await issueCoupons(tx, workspace, grants, new Date(at));
    issued.forEach((one, i) => {
      const { member, coupon } = set[i] ?? {};
      if (one.ok && member && coupon?.used) used.push({ member, code: one.coupon.code, use: coupon.used });
    });
  }
  for (const { member, code, use } of used.sort((a, b) => a.use.at - b.use.at)) {
    const outcome = await redeem.run(
      { tx, actor, now: new Date(use.at), newId, afterwards },
      { code, member, amount: use.total, store: use.store, orderRef: use.order },
    );
    if (!outcome.ok)
      throw new Error(`a coupon of the demo could not be used: ${outcome.reason} ${outcome.detail ?? ""}`);
  }
}

const afterwards = (): never => {
  throw new Error("a redemption asks nobody outside");
};
