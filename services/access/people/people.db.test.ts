import { describe, expect, it } from "vitest";
import { ONE_TIME_DAYS } from "@/core/policy/one-time-password";
import { engine, peek, sql } from "@/platform/db";
import { auth, OVERDUE } from "@/services/access/auth";
import { createOwner } from "@/services/access/create-owner";
import { demandOwnPasswords, firstPasswordMark, hasFirstPassword } from "@/services/access/one-time-password";
import { renewPassword } from "@/services/access/renew-password";
import { listAudit } from "@/services/audit/list";
import { database } from "@/tests/harness/database";
import { type Shop, shop } from "@/tests/harness/shop";
import type { Actor } from "../actor";
import { actorFromSession, sessionOf } from "../actor-from-session";
import { call } from "../use-case";
import { changeRole, givePassword, takeOut } from "./change";
import { invitePerson } from "./invite";
import { listPeople } from "./list";

await database();
const value = <T>(outcome: { ok: true; value: T } | { ok: false }): T => {
  if (!outcome.ok) throw new Error(JSON.stringify(outcome));
  return outcome.value;
};

/** A shop with an owner who can sign in. */
async function owned(): Promise<{ own: Shop; owner: Extract<Actor, { as: "user" }>; email: string }> {
  const own = await shop();
  const email = `owner-${own.workspace}@example.com`;
  const { user } = await createOwner({ workspace: own.workspace, email, name: "Lin Xia" });
  return { own, email, owner: { as: "user", workspace: own.workspace, user, role: "owner", name: "Lin Xia" } };
}
const mailOf = (own: Shop, name: string) => `${name}-${own.workspace}@example.com`;
async function signIn(email: string, password: string): Promise<Headers> {
  const { headers } = await auth().api.signInEmail({ body: { email, password }, returnHeaders: true });
  const cookie = headers
    .getSetCookie()
    .map((line) => line.split(";")[0])
    .join("; ");
  return new Headers({ cookie });
}

it("tells one-time passwords once: none is kept for an Idempotency-Key, whose second call is one more", async () => {
  const { own, owner } = await owned();
  const given = { name: "Zhou Wen", email: mailOf(own, "zhou"), role: "viewer" };
  const made = value(await call(invitePerson, owner, given, { idempotency: { route: "POST /people", key: "k" } }));
  const again = () =>
    call(
      givePassword,
      owner,
      { person: made.person },
      { idempotency: { route: "POST /people/:person/password", key: "k" } },
    );
  const [first, second] = [value(await again()), value(await again())];
  expect(new Set([made.password, first.password, second.password]).size).toBe(3);
  expect(await peek(sql`SELECT route FROM idempotency WHERE workspace_id = ${own.workspace}`)).toEqual([]);
});

describe("the team", () => {
  it("lets a colleague in by a one-time password that opens nothing until it is replaced", async () => {
    const { own, owner } = await owned();
    const email = mailOf(own, "bo");
    const { person, password } = value(
      await call(invitePerson, owner, { name: "Bo", email: ` ${email.toUpperCase()} `, role: "approver" }),
    );
    const headers = await signIn(email, password ?? "");
    expect(await actorFromSession(headers)).toBeUndefined();
    expect(await sessionOf(headers)).toMatchObject({ mustChange: true });
    await auth().api.changePassword({
      headers,
      body: { currentPassword: password ?? "", newPassword: "a better password", revokeOtherSessions: false },
    });
    expect(await actorFromSession(headers)).toMatchObject({ user: person, role: "approver", name: "Bo" });
    const { items } = value(await call(listPeople, owner, {}));
    expect(items).toMatchObject([
      { name: "Lin Xia", role: "owner", isMe: true, hasOneTimePassword: true, oneTimeUntil: null },
      { name: "Bo", email, role: "approver", isMe: false, hasOneTimePassword: false },
    ]);
    const [line] = value(await call(listAudit, owner, { thing: "person" })).items;
    expect(line).toMatchObject({ action: "person.invited", subject: { thing: "person", id: person, name: "Bo" } });
    expect(
      JSON.stringify(await peek(sql`SELECT detail FROM audit WHERE workspace_id = ${own.workspace}`)),
    ).not.toContain(password);
  });

  it("takes access away at once, and lets back in with a new password", async () => {
    const { own, owner } = await owned();
    const email = mailOf(own, "cy");
    const { person, password } = value(await call(invitePerson, owner, { name: "Cy", email, role: "ops" }));
    const headers = await signIn(email, password ?? "");
    expect(await call(invitePerson, owner, { name: "Cy", email, role: "ops" })).toMatchObject({ reason: "conflict" });
    value(await call(takeOut, owner, { person }));
    expect(await sessionOf(headers)).toBeUndefined();
    expect(await call(takeOut, owner, { person })).toMatchObject({ reason: "not_found" });
    const again = value(await call(invitePerson, owner, { name: "Cy", email, role: "viewer" }));
    expect(again.person).toBe(person);
    expect(again.password).not.toBe(password);
    await expect(signIn(email, password ?? "")).rejects.toThrow();
    expect(await sessionOf(await signIn(email, again.password ?? ""))).toMatchObject({ actor: { role: "viewer" } });
  });

  it("keeps an owner, also when two remove each other at once", async () => {
    const { own, owner } = await owned();
    expect(await call(takeOut, owner, { person: owner.user })).toMatchObject({ reason: "conflict" });
    expect(await call(changeRole, owner, { person: owner.user, role: "viewer" })).toMatchObject({ reason: "conflict" });
    const { person } = value(await call(invitePerson, owner, { name: "Di", email: mailOf(own, "di"), role: "owner" }));
    const other: Actor = { ...owner, user: person };
    const both = await Promise.all([
      call(takeOut, owner, { person }),
      call(changeRole, other, { person: owner.user, role: "viewer" }),
    ]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(
      await peek(sql`SELECT FROM role_grant WHERE workspace_id = ${own.workspace} AND role = 'owner'`),
    ).toHaveLength(1);
  });

  it("leaves the password of somebody who is at home elsewhere alone", async () => {
    const [here, there] = [await owned(), await owned()];
    const joined = value(await call(invitePerson, here.owner, { name: "x", email: there.email, role: "viewer" }));
    expect(joined).toMatchObject({ person: there.owner.user, password: null });
    expect(await call(givePassword, here.owner, { person: there.owner.user })).toMatchObject({ reason: "conflict" });
    value(await call(takeOut, here.owner, { person: there.owner.user }));
    expect(await call(givePassword, here.owner, { person: there.owner.user })).toMatchObject({ reason: "not_found" });
    expect(await call(changeRole, here.owner, { person: there.owner.user, role: "ops" })).toMatchObject({
      reason: "not_found",
    });
  });

  it("gives a new one-time password to who lost theirs, and ends their sessions", async () => {
    const { own, owner } = await owned();
    const email = mailOf(own, "ed");
    const { person, password } = value(await call(invitePerson, owner, { name: "Ed", email, role: "marketer" }));
    const headers = await signIn(email, password ?? "");
    const given = value(await call(givePassword, owner, { person }));
    expect(await sessionOf(headers)).toBeUndefined();
    expect(await sessionOf(await signIn(email, given.password))).toMatchObject({ mustChange: true });
    expect(await call(givePassword, owner, { person: owner.user })).toMatchObject({ reason: "conflict" });
  });

  it("lets nobody in by a one-time password that was not replaced for a week, until an owner gives a new one", async () => {
    const { own, owner } = await owned();
    const email = mailOf(own, "fu");
    const { person, password } = value(await call(invitePerson, owner, { name: "Fu", email, role: "ops" }));
    const standing = async () => value(await call(listPeople, owner, {})).items.find(({ id }) => id === person);
    const told = (await standing())?.oneTimeUntil ?? new Date(0);
    expect(Math.round((told.getTime() - Date.now()) / 86_400_000)).toBe(ONE_TIME_DAYS);
    await signIn(email, password ?? "");
    await peek(sql`
      UPDATE verification SET created_at = now() - make_interval(days => ${ONE_TIME_DAYS}) WHERE identifier = ${firstPasswordMark(person)}`);
    await expect(signIn(email, password ?? "")).rejects.toMatchObject({ body: { code: OVERDUE } });
    expect(await standing()).toMatchObject({ hasOneTimePassword: true });
    const given = value(await call(givePassword, owner, { person }));
    expect(await sessionOf(await signIn(email, given.password))).toMatchObject({ mustChange: true });
  });

  it("asks a demo's owner for a password of their own once it is no demo, for as long as it takes", async () => {
    const { own, owner, email } = await owned();
    const first = await renewPassword(owner.user);
    const headers = await signIn(email, first);
    expect(await sessionOf(headers)).toMatchObject({ mustChange: false });
    await engine((tx) => demandOwnPasswords(tx, own.workspace));
    expect(await sessionOf(headers)).toMatchObject({ mustChange: true });
    await peek(sql`
      UPDATE verification SET created_at = now() - interval '1 year' WHERE identifier = ${firstPasswordMark(owner.user)}`);
    expect(await sessionOf(await signIn(email, first))).toMatchObject({ mustChange: true });
    expect(await hasFirstPassword(email)).toBe(true);
    await auth().api.changePassword({
      body: { currentPassword: first, newPassword: "a password of my own" },
      headers: await signIn(email, first),
    });
    expect(await hasFirstPassword(email)).toBe(false);
    await engine((tx) => demandOwnPasswords(tx, own.workspace));
    expect(await sessionOf(await signIn(email, "a password of my own"))).toMatchObject({ mustChange: false });
  });

  it("is an owner's to change, a person's and no program's", async () => {
    const own = await shop();
    const wanted = { name: "Al", email: mailOf(own, "al"), role: "owner" };
    for (const role of ["marketer", "approver", "ops", "viewer", "cashier"] as const)
      expect(await call(invitePerson, own.actor(role), wanted)).toMatchObject({ reason: "not_allowed" });
    const key: Actor = { as: "key", workspace: own.workspace, key: own.workspace, scopes: ["*"], name: "till" };
    expect(await call(invitePerson, key, wanted)).toMatchObject({ reason: "not_allowed" });
    expect(await call(invitePerson, own.actor(), { ...wanted, email: "no address" })).toMatchObject({
      reason: "invalid",
      path: ["email"],
    });
  });
});
