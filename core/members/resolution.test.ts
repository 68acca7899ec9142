import { describe, expect, it } from "vitest";
import type { Arrival } from "../events/arrival";
import { normalise } from "../events/normalise";
import type { EventId, MemberId, WorkspaceId } from "../ids";
import type { Identity } from "./identity";
import { identityKey, type Owner, resolve } from "./resolution";

const workspace = "w" as WorkspaceId;
const id = (name: string) => name as MemberId;

function arrival(type: string, message: object): Arrival {
  const read = normalise({ ...(type === "track" && { event: "x" }), ...message }, type, {
    receivedAt: 0,
    currency: "CNY",
    isTrusted: true,
  });
  if (read.is !== "event") throw new Error(JSON.stringify(read));
  return { workspace, id: "e" as EventId, messageId: "m", bodyHash: "", isTrusted: true, draft: read.event, said: "" };
}

/** Known: "u:alice" = userId alice owned by member alice; names beginning with ? are anonymous. */
function who(known: Record<string, string>, ...arrivals: Arrival[]) {
  const owners = new Map<string, Owner>();
  const members = new Map<string, Owner>();
  for (const [key, name] of Object.entries(known)) {
    const [kind, value = ""] = key.split(":");
    const kinds: Record<string, Identity["kind"]> = { u: "userId", a: "anonymousId", p: "phone", d: "push" };
    const owner = members.get(name) ?? { member: id(name), isAnonymous: name.startsWith("?") };
    members.set(name, owner);
    owners.set(identityKey(workspace, { kind: kinds[kind ?? ""] ?? "userId", value }), owner);
  }
  let n = 0;
  const { members: decided, merges, claims, named, contested } = resolve(arrivals, owners, () => id(`new${++n}`));
  return {
    members: decided,
    merges: merges.map((m) => `${m.from}>${m.into}`),
    claims: claims.map((c) => `${c.identity.kind}:${c.identity.value}=${c.member}`),
    named: named.map((x) => x.member),
    contested: contested.flat(),
  };
}

describe("whose an event is", () => {
  it("a known userId decides, whatever the browser", () =>
    expect(who({ "u:1": "alice", "a:x": "?b" }, arrival("track", { userId: "1", anonymousId: "x" }))).toMatchObject({
      members: ["alice"],
      merges: [],
    }));
  it("a browser's id is enough for an anonymous member, and the same one again", () =>
    expect(who({}, arrival("page", { anonymousId: "x" }), arrival("track", { anonymousId: "x" })).members).toEqual([
      "new1",
      "new1",
    ]));
  it("a till's phone finds its member", () =>
    expect(
      who(
        { "p:+8613800138000": "alice" },
        arrival("track", { context: { externalIds: [{ type: "phone", id: "13800138000" }] } }),
      ).members,
    ).toEqual(["alice"]));
});

describe("joining", () => {
  it("gives the anonymous history to a new userId at identify", () =>
    expect(who({ "a:x": "?b" }, arrival("identify", { userId: "1", anonymousId: "x" }))).toMatchObject({
      members: ["?b"],
      named: ["?b"],
      claims: ["userId:1=?b"],
      merges: [],
    }));
  it("merges the anonymous member into a known one at identify and alias", () => {
    expect(who({ "u:1": "alice", "a:x": "?b" }, arrival("identify", { userId: "1", anonymousId: "x" })).merges).toEqual(
      ["?b>alice"],
    );
    expect(who({ "u:1": "alice", "a:x": "?b" }, arrival("alias", { userId: "1", previousId: "x" })).merges).toEqual([
      "?b>alice",
    ]);
  });
  it("never by a mere track", () =>
    expect(who({ "u:1": "alice", "a:x": "?b" }, arrival("track", { userId: "1", anonymousId: "x" })).merges).toEqual(
      [],
    ));
  it("never two known members: a shared browser stays with the first", () =>
    expect(
      who({ "u:1": "alice", "u:2": "bob", "a:x": "bob" }, arrival("identify", { userId: "1", anonymousId: "x" })),
    ).toMatchObject({ members: ["alice"], merges: [], claims: [] }));
  it("moves what the same set said before of the merged one", () =>
    expect(
      who(
        { "u:1": "alice" },
        arrival("track", { anonymousId: "x" }),
        arrival("identify", { userId: "1", anonymousId: "x" }),
        arrival("track", { anonymousId: "x" }),
      ),
    ).toMatchObject({ members: ["alice", "alice", "alice"], merges: ["new1>alice"], claims: ["anonymousId:x=alice"] }));
});

describe("contacts", () => {
  const traits = { phone: "13800138000" };
  it("are taken when nobody owns them", () =>
    expect(who({ "u:1": "alice" }, arrival("identify", { userId: "1", traits })).claims).toEqual([
      "phone:+8613800138000=alice",
    ]));
  it("are not taken from another member", () =>
    expect(
      who({ "u:1": "alice", "p:+8613800138000": "bob" }, arrival("identify", { userId: "1", traits })),
    ).toMatchObject({ members: ["alice"], claims: [], merges: [], contested: [{ kind: "phone" }] }));
});
