import { describe, expect, it } from "vitest";
import { bigOrder } from "@/core/journey/big-order-harness";
import type { Approval } from "@/core/policy/approval";
import type { Outcome } from "@/core/refusals";
import { peek, sql } from "@/platform/db";
import { newId } from "@/platform/ids";
import type { Actor, Role } from "@/services/access/actor";
import { call } from "@/services/access/use-case";
import { updateWorkspace } from "@/services/workspaces/update";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import { createJourney } from "../drafting/create";
import { putJourney } from "../drafting/put";
import { publishJourney } from "../publishing/publish";
import { journeyVersions } from "../publishing/versions";
import { askToPublish } from "./ask";
import { decidePublish } from "./decide";
import { listPublishRequests, readApproval } from "./read";
import { withdrawPublish } from "./withdraw";

await database();

const value = <T>(outcome: Outcome<T>): T => {
  if (!outcome.ok) throw new Error(`${outcome.reason}: ${outcome.detail} ${outcome.path}`);
  return outcome.value;
};

/** A shop that asks for a second person, with a draft, and people whose names are known. */
async function asking(approval: Approval = "by_role") {
  const own = await shop();
  value(await call(updateWorkspace, own.actor(), { settings: { publishing: { approval } } }));
  const [lin, ada, bo] = [await person(own, "marketer", "Lin"), await person(own, "approver", "Ada"), own.actor()];
  const key: Actor = { as: "key", workspace: own.workspace, key: newId(), scopes: ["*"], name: "program" };
  const document = JSON.parse(JSON.stringify(bigOrder).replaceAll(/"offer":"[^"]+"/g, `"offer":"${own.offer}"`));
  const draft = value(await call(createJourney, lin, { document }));
  const edit = async (revision: number, name: string) =>
    value(await call(putJourney, lin, { journey: draft.id, revision, document: { ...draft.document, name } }));
  const ask = (by: Actor, revision = 1, note = "Spring") =>
    call(askToPublish, by, { journey: draft.id, revision, note });
  const decide = (by: Actor, request: string, decision: string, words?: string) =>
    call(decidePublish, by, { request, decision, ...(words !== undefined && { words }) });
  return { own, lin, ada, bo, key, journey: draft.id, edit, ask, decide };
}

async function person(of: Shop, role: Role, name: string): Promise<Actor> {
  const user = newId();
  await peek(
    sql`INSERT INTO "user" (id, name, email, email_verified) VALUES (${user}, ${name}, ${`${user}@x.example`}, true)`,
  );
  return { as: "user", workspace: of.workspace, user, role, name };
}

describe("publishing where the workspace asks for a second person", () => {
  it("waits for somebody who may approve, and tells who asked and who approved", async () => {
    const { lin, ada, journey, ask, decide } = await asking();
    expect(await call(publishJourney, lin, { journey })).toMatchObject({ ok: false, reason: "needs_approval" });
    const asked = value(await ask(lin));
    expect(asked).toMatchObject({ state: "open", isOutdated: false, askedByName: "Lin", note: "Spring" });
    expect(value(await call(listPublishRequests, ada, {})).items.map(({ id }) => id)).toEqual([asked.id]);
    expect(value(await decide(ada, asked.id, "approved"))).toMatchObject({ state: "approved", version: 1 });
    const [version] = value(await call(journeyVersions, lin, { journey })).items;
    expect(version).toMatchObject({ publishedByName: "Ada", askedByName: "Lin", isCurrent: true });
    expect(version?.comments).toMatchObject([{ text: "Spring", byName: "Ada" }]);
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${journey}`)).toEqual([{ state: "live" }]);
  });

  it.each<[string, Approval, (of: Awaited<ReturnType<typeof asking>>) => Actor]>([
    ["who may approve where only others need to ask", "by_role", ({ ada }) => ada],
    ["anybody where nobody needs to ask", "never", ({ lin }) => lin],
  ])("is open to %s", async (_who, approval, by) => {
    const made = await asking(approval);
    expect(await call(publishJourney, by(made), { journey: made.journey })).toMatchObject({ ok: true });
  });

  it("is closed to a key and, where everybody has to ask, to an owner", async () => {
    const { bo, key, journey } = await asking("always");
    for (const by of [bo, key])
      expect(await call(publishJourney, by, { journey })).toMatchObject({ ok: false, reason: "needs_approval" });
  });

  it("takes nobody's own word, no marketer's and no key's", async () => {
    const { lin, ada, bo, key, ask, decide } = await asking("always");
    expect(await ask(key)).toMatchObject({ ok: false, reason: "not_allowed" });
    const { id } = value(await ask(ada));
    for (const by of [ada, lin, key])
      expect(await decide(by, id, "approved")).toMatchObject({ ok: false, reason: "not_allowed" });
    expect(await decide(bo, id, "approved")).toMatchObject({ ok: true });
    expect(await decide(bo, id, "approved")).toMatchObject({ ok: false, reason: "not_found" });
  });

  it("approves the draft that was asked for, not a later one", async () => {
    const { lin, ada, edit, ask, decide, journey } = await asking();
    const first = value(await ask(lin));
    expect(await ask(lin)).toMatchObject({ ok: false, reason: "conflict" });
    await edit(1, "Changed since");
    expect(await decide(ada, first.id, "approved")).toMatchObject({ ok: false, reason: "revision_changed" });
    expect(value(await call(readApproval, ada, { journey })).request).toMatchObject({ isOutdated: true });
    const second = value(await ask(lin, 2));
    expect(await decide(ada, first.id, "approved")).toMatchObject({ ok: false, reason: "not_found" });
    expect(value(await decide(ada, second.id, "approved"))).toMatchObject({ version: 1 });
  });

  it("is sent back with words, or taken back by who asked", async () => {
    const { lin, ada, journey, ask, decide } = await asking();
    const first = value(await ask(lin));
    expect(await decide(ada, first.id, "rejected", " ")).toMatchObject({
      ok: false,
      reason: "invalid",
      path: ["words"],
    });
    value(await decide(ada, first.id, "rejected", "Too expensive"));
    expect(value(await call(readApproval, lin, { journey }))).toMatchObject({
      isNeeded: true,
      isMine: true,
      mayDecide: false,
      request: { state: "rejected", words: "Too expensive", decidedByName: "Ada" },
    });
    const second = value(await ask(lin));
    expect(await call(withdrawPublish, ada, { request: second.id })).toMatchObject({
      ok: false,
      reason: "not_allowed",
    });
    value(await call(withdrawPublish, lin, { request: second.id }));
    expect(value(await call(listPublishRequests, ada, {})).items).toEqual([]);
    expect(await peek(sql`SELECT state FROM journey WHERE id = ${journey}`)).toEqual([{ state: "draft" }]);
  });

  it("answers an open request when somebody who may publishes that draft at once", async () => {
    const { lin, ada, journey, ask } = await asking();
    value(await ask(lin));
    value(await call(publishJourney, ada, { journey }));
    expect(value(await call(readApproval, lin, { journey })).request).toMatchObject({
      state: "approved",
      decidedByName: "Ada",
      version: 1,
    });
  });

  it("is asked for only once when two ask at the same moment", async () => {
    const { lin, ada, ask } = await asking("always");
    const outcomes = await Promise.all([ask(lin), ask(ada)]);
    expect(outcomes.filter(({ ok }) => ok)).toHaveLength(1);
    expect(outcomes.find(({ ok }) => !ok)).toMatchObject({ reason: "conflict" });
  });

  it("is recorded, each of its steps, under whose hand", async () => {
    const { own, lin, ada, ask, decide } = await asking();
    const { id } = value(await ask(lin));
    value(await decide(ada, id, "approved"));
    const rows = await peek<{ actor: string; action: string }>(
      sql`SELECT actor, action FROM audit WHERE workspace_id = ${own.workspace} AND action LIKE 'journey.publish%' ORDER BY at, id`,
    );
    expect(rows).toEqual([
      { actor: `user:${lin.as === "user" && lin.user}`, action: "journey.publish_asked" },
      { actor: `user:${ada.as === "user" && ada.user}`, action: "journey.publish_decided" },
    ]);
  });

  it("stays inside its workspace", async () => {
    const [{ lin, ask }, other] = [await asking(), await asking()];
    const { id } = value(await ask(lin));
    expect(await other.decide(other.ada, id, "approved")).toMatchObject({ ok: false, reason: "not_found" });
    expect(await call(withdrawPublish, other.lin, { request: id })).toMatchObject({ ok: false, reason: "not_found" });
    expect(value(await call(listPublishRequests, other.ada, {})).items).toEqual([]);
  });
});
