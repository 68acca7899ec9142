import { describe, expect, it } from "vitest";
import type { Arrival } from "../events/arrival";
import { normalise } from "../events/normalise";
import type { EventId, MemberId, WorkspaceId } from "../ids";
import type { Identity } from "./identity";
import { identityKey, type Owner, resolve } from "./resolution";

const workspace = "w" as WorkspaceId;
const id = (name: string) => name as MemberId;

function arrival(type: string, message: object, isTrusted = true): Arrival {
  const read = normalise({ ...(type === "track" && { event: "x" }), ...message }, type, {
    receivedAt: 0,
    currency: "CNY",
    isTrusted,
  });
  if (read.is !== "event") throw new Error(JSON.stringify(read));
  return { workspace, id: "e" as EventId, messageId: "m", bodyHash: "", isTrusted, draft: read.event, said: "" };
}

/** Known: "u:alice" = userId alice owned by member alice; names beginning with ? are anonymous, with ~ silent; a kind in capitals: a former one. */
function who(known: Record<string, string>, ...arrivals: Arrival[]) {
  const owners = new Map<string, Owner>();
  const members = new Map<string, Owner>();
  for (const [key, name] of Object.entries(known)) {
    const [kind, value = ""] = key.split(":");
    const kinds: Record<string, Identity["kind"]> = { u: "userId", a: "anonymousId", p: "phone", d: "push", c: "card" };
    const isUser = Object.keys(known).some((key) => key.startsWith("u:") && known[key] === name);
    const owner = members.get(name) ?? {
      member: id(name),
      isAnonymous: name.startsWith("?"),
      isUser,
      isSilent: name.startsWith("~"),
      former: new Set<string>(),
    };
    members.set(name, owner);
    const isFormer = kind !== kind?.toLowerCase();
    const identity = identityKey(workspace, { kind: kinds[kind?.toLowerCase() ?? ""] ?? "userId", value });
    owners.set(
      identity,
      isFormer ? Object.assign(owner, { former: new Set([...(owner.former ?? []), identity]) }) : owner,
    );
  }
  let n = 0;
  const { members: decided, merges, claims, named, contested } = resolve(arrivals, owners, () => id(`new${++n}`));
  return {
    members: decided,
    merges: merges.map((m) => `${m.from}>${m.into}`),
    claims: claims.map((c) => `${c.identity.kind}:${c.identity.value}=${c.member}`),
    named: named.map((x) => x.member),
    contested: contested.flat().map(({ kind, why }) => `${kind} ${why}`),
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
  it("are not taken from another user", () =>
    expect(
      who({ "u:1": "alice", "p:+8613800138000": "bob", "u:2": "bob" }, arrival("identify", { userId: "1", traits })),
    ).toMatchObject({ members: ["alice"], claims: [], merges: [], contested: ["phone taken"] }));
  it("are taken from a user who has another by now, by the word of a server alone", () => {
    const known = { "u:1": "alice", "P:+8613800138000": "bob", "u:2": "bob" };
    expect(who(known, arrival("identify", { userId: "1", traits }))).toMatchObject({
      claims: ["phone:+8613800138000=alice"],
      merges: [],
      contested: [],
    });
    expect(who(known, arrival("identify", { userId: "1", traits }, false))).toMatchObject({
      claims: [],
      contested: ["phone taken"],
    });
  });
  it("are free as soon as the same set gives their owner another", () => {
    const moves = arrival("identify", { userId: "2", traits: { phone: "13900139000" } });
    const comes = arrival("identify", { userId: "1", traits });
    const known = { "u:1": "alice", "p:+8613800138000": "bob", "u:2": "bob" };
    expect(who(known, moves, comes)).toMatchObject({ contested: [] });
    expect(who(known, comes, moves)).toMatchObject({ contested: ["phone taken"] });
    const returns = arrival("identify", { userId: "2", traits });
    expect(who(known, moves, returns, comes)).toMatchObject({ contested: ["phone taken"] });
  });
});

describe("a till's member", () => {
  const traits = { phone: "13800138000" };
  const till = { "p:+8613800138000": "till" };
  it("is the app's new user, when a server says so", () =>
    expect(who(till, arrival("identify", { userId: "1", traits }))).toMatchObject({
      members: ["till"],
      claims: ["userId:1=till"],
      merges: [],
      contested: [],
    }));
  it("goes to the app's known user, with what else that user is known by", () =>
    expect(
      who({ ...till, "u:1": "alice", "a:x": "?b" }, arrival("identify", { userId: "1", anonymousId: "x", traits }))
        .merges,
    ).toEqual(["?b>alice", "till>alice"]));
  it("keeps the ledger when the browser is new too", () =>
    expect(who({ ...till, "a:x": "?b" }, arrival("identify", { userId: "1", anonymousId: "x", traits }))).toMatchObject(
      {
        members: ["till"],
        merges: ["?b>till"],
      },
    ));
  it("is found by a card that the app names", () =>
    expect(
      who(
        { "c:7": "till" },
        arrival("identify", { userId: "1", context: { externalIds: [{ type: "card", id: "7" }] } }),
      ),
    ).toMatchObject({ members: ["till"], claims: ["userId:1=till"] }));
  it("is not taken over from a browser", () =>
    expect(who(till, arrival("identify", { userId: "1", traits }, false))).toMatchObject({
      members: ["new1"],
      claims: ["userId:1=new1"],
      merges: [],
      contested: ["phone taken"],
    }));
  it("is not joined by a mere order of the user's", () =>
    expect(who({ ...till, "u:1": "alice" }, arrival("track", { userId: "1", context: { traits } })).merges).toEqual(
      [],
    ));
  it("is the first one's of two users who name it in one set", () =>
    expect(
      who(till, arrival("identify", { userId: "1", traits }), arrival("identify", { userId: "2", traits })),
    ).toMatchObject({ members: ["till", "new1"], contested: ["phone taken"] }));
  it("after a long silence needs more than a phone: numbers are given to others", () => {
    const silent = { "p:+8613800138000": "~till", "c:7": "~till" };
    expect(who(silent, arrival("identify", { userId: "1", traits }))).toMatchObject({
      members: ["new1"],
      contested: ["phone silent"],
    });
    const context = { externalIds: [{ type: "card", id: "7" }] };
    expect(who(silent, arrival("identify", { userId: "1", traits, context }))).toMatchObject({
      members: ["~till"],
      contested: [],
    });
  });
});

describe("an alias", () => {
  it("makes two users one, by a server's key", () =>
    expect(who({ "u:old": "a", "u:new": "b" }, arrival("alias", { userId: "new", previousId: "old" }))).toMatchObject({
      members: ["b"],
      merges: ["a>b"],
      claims: [],
    }));
  it("gives a known user another id", () =>
    expect(who({ "u:old": "a" }, arrival("alias", { userId: "new", previousId: "old" }))).toMatchObject({
      members: ["a"],
      merges: [],
      claims: ["userId:new=a"],
    }));
  it("never joins two users from a browser, and does not make a browser of a user", () =>
    expect(
      who({ "u:old": "a", "u:new": "b" }, arrival("alias", { userId: "new", previousId: "old" }, false)),
    ).toMatchObject({ members: ["b"], merges: [], claims: [], contested: ["userId taken"] }));
  it("remembers an id that nobody had as a browser's", () =>
    expect(who({}, arrival("alias", { userId: "new", previousId: "x" })).claims).toEqual([
      "userId:new=new1",
      "anonymousId:x=new1",
    ]));
});
