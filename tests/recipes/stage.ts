import type { MemberId, StepId } from "@/core/ids";
import { RECIPES, type RecipeId, recipeOf } from "@/core/recipes/registry";
import { peek, sql } from "@/platform/db";
import { call } from "@/services/access/use-case";
import { broadcastTurn } from "@/services/engine/entering/broadcast";
import { enterDue } from "@/services/engine/entering/enter-due";
import { createOffer } from "@/services/offers/create";
import { completeTask } from "@/services/tasks/complete";
import { decideTask } from "@/services/tasks/decide";
import { accept, conductAll, dispatchAll, event, members, runsOf } from "../harness/journey";
import { published, value, workAll } from "../harness/lifecycle";
import { shop } from "../harness/shop";

export { RECIPES };

/** What a member of a recipe came to. */
export type Held = {
  coupons: string[];
  messages: string[];
  points: number;
  tags: string[];
  tier: string;
  state: string;
  step: StepId;
};

/** A recipe as the gallery makes it, published in a shop of its own, and one member whom it is about. */
export async function stage(id: RecipeId, about: { tier?: string } = {}) {
  const own = await shop();
  const [member] = await members(own, 1, about);
  if (!member) throw new Error("no member");
  const recipe = recipeOf(id);
  const offers: Record<string, string> = {};
  for (const [slot, { name, terms, perMember }] of Object.entries(recipe.offers))
    offers[slot] = value(await call(createOffer, own.actor(), { name: name.en, terms, perMember })).id;
  const slotOf = (offer: string) => Object.entries(offers).find(([, one]) => one === offer)?.[0] ?? offer;
  const drawn = recipe.document(offers, (text) => text.en);
  // Whatever the hour of the test, today's instant is past.
  const nodes = drawn.nodes.map((node) =>
    node.kind === "on-date" || node.kind === "on-member-day"
      ? { ...node, config: { ...(node.config as object), time: "00:00" } }
      : node,
  );
  const document = { ...drawn, nodes };
  let journey: Awaited<ReturnType<typeof published>> | undefined;
  const live = async () => {
    journey ??= await published(own, document);
    return journey;
  };
  const conduct = async () => conductAll((await live()).shard);
  const task = async (): Promise<string> => {
    const [open] = await peek<{ id: string }>(
      sql`SELECT id FROM task WHERE workspace_id = ${own.workspace} AND state = 'open'`,
    );
    if (!open) throw new Error("no open task");
    return open.id;
  };
  const settle = async () => {
    await dispatchAll();
    await conduct();
  };

  return {
    member: member as MemberId,
    actor: () => own.actor(),
    /** Publishes it; who is to enter by the clock is told by `set` before. */
    publish: live,
    set: (change: ReturnType<typeof sql>) => peek(sql`UPDATE member SET ${change} WHERE id = ${member}`),
    async tell(name: string, properties: Record<string, unknown> = {}) {
      await live();
      await accept(own, [{ member, event: event(name, properties) }]);
      await settle();
    },
    /** The journey's clock lets in whom it is to let in now: a date at any hour of today, a silence, a schedule. */
    async comes() {
      const { id: own_, shard } = await live();
      await workAll(own.workspace);
      await peek(
        sql`UPDATE due SET at = now() - interval '1 second', day = NULL, done = NULL WHERE journey_id = ${own_}`,
      );
      await peek(
        sql`UPDATE broadcast SET starts_at = now() - interval '1 second' WHERE journey_id = ${own_} AND state = 'waiting'`,
      );
      for (const { id: round } of await peek<{ id: string }>(
        sql`SELECT id FROM broadcast WHERE journey_id = ${own_} AND starts_at <= now()`,
      ))
        while ((await broadcastTurn(own.workspace, round)).is === "moved");
      while ((await enterDue(shard)) === "moved");
      await conduct();
    },
    /** The time of what is waited for is up. */
    async passes() {
      const { id: own_ } = await live();
      await peek(
        sql`UPDATE run SET due_at = now() - interval '1 second' WHERE journey_id = ${own_} AND due_at IS NOT NULL`,
      );
      await conduct();
    },
    /** The till tells that the latest coupon was used. */
    async redeems() {
      const [coupon] = await peek<{ id: string }>(
        sql`SELECT id FROM coupon WHERE member_id = ${member} ORDER BY issued_at DESC, id DESC LIMIT 1`,
      );
      await accept(own, [{ member, event: event("coupon_redeemed", { coupon_id: coupon?.id }) }]);
      await settle();
    },
    async completes(outcome: string) {
      value(await call(completeTask, own.actor(), { task: await task(), outcome }));
      await settle();
    },
    async decides(decision: "approved" | "rejected") {
      value(await call(decideTask, own.actor(), { task: await task(), decision }));
      await settle();
    },
    task,
    settle,
    /** What the journey gave and said, in its order, and where the member's run is. */
    async held(): Promise<Held> {
      const { id: own_ } = await live();
      const run = (await runsOf(own_)).at(-1);
      const [sums] = await peek<Pick<Held, "points" | "tags" | "tier">>(sql`
        SELECT tier, coalesce((SELECT sum(points) FROM points_entry p WHERE p.member_id = m.id AND p.run_id IS NOT NULL), 0)::int AS points,
          ARRAY(SELECT tag FROM member_tag t WHERE t.member_id = m.id ORDER BY tag) AS tags FROM member m WHERE id = ${member}`);
      const coupons = await peek<{ offer: string }>(
        sql`SELECT offer_id AS offer FROM coupon WHERE member_id = ${member} ORDER BY issued_at, id`,
      );
      const messages = await peek<{ channel: string }>(
        sql`SELECT channel FROM message WHERE member_id = ${member} ORDER BY queued_at, id`,
      );
      return {
        coupons: coupons.map(({ offer }) => slotOf(offer)),
        messages: messages.map(({ channel }) => channel),
        points: sums?.points ?? 0,
        tags: sums?.tags ?? [],
        tier: sums?.tier ?? "",
        state: run?.state ?? "none",
        step: (run?.step ?? "") as StepId,
      };
    },
  };
}
export type Stage = Awaited<ReturnType<typeof stage>>;
