import type { Arrival } from "../events/arrival";
import type { MemberId, WorkspaceId } from "../ids";
import type { Identity } from "./identity";

export const identityKey = (workspace: WorkspaceId, { kind, value }: Identity): string =>
  `${workspace} ${kind} ${value}`;

export type Owner = { member: MemberId; isAnonymous: boolean };
export type Claim = { workspace: WorkspaceId; identity: Identity; member: MemberId; isProven: boolean };
export type Merge = { workspace: WorkspaceId; from: MemberId; into: MemberId; by: string };

/** What a set of arrivals means for who is who. */
export type Resolution = {
  /** By arrival, in order. */
  members: MemberId[];
  born: { workspace: WorkspaceId; member: MemberId; isAnonymous: boolean }[];
  claims: Claim[];
  /** Anonymous members that turned out to be known. */
  named: { workspace: WorkspaceId; member: MemberId }[];
  merges: Merge[];
  /** By arrival: contacts that another member owns, so that this one may not have them. */
  contested: Identity[][];
};

/**
 * Decides whose each arrival is, in order, each seeing what those before it changed. A userId decides; else the browser's own id; else what
 * a till sent (phone, email, card, openid). Only identify and alias prove that two identities are one person, and only a member without a
 * userId is merged away: a shared browser never joins two customers. Phones and emails from traits are taken only when nobody owns them.
 */
export function resolve(
  arrivals: readonly Arrival[],
  owners: ReadonlyMap<string, Owner>,
  newMember: () => MemberId,
): Resolution {
  const known = new Map(owners);
  const result: Resolution = { members: [], born: [], claims: [], named: [], merges: [], contested: [] };
  for (const { workspace, draft } of arrivals) {
    const of = (identity: Identity) => known.get(identityKey(workspace, identity));
    const claim = (identity: Identity, owner: Owner, isProven: boolean) => {
      known.set(identityKey(workspace, identity), owner);
      result.claims.push({ workspace, identity, member: owner.member, isProven });
    };
    const userId = draft.identities.find(({ kind }) => kind === "userId");
    const browsers = draft.identities.filter(({ kind }) => kind === "anonymousId");
    const external = draft.identities.filter(({ kind }) => kind !== "userId" && kind !== "anonymousId");

    const owner = ownerOf();
    for (const identity of draft.identities)
      if (!of(identity))
        claim(identity, owner, draft.joins && (identity.kind === "userId" || identity.kind === "anonymousId"));
    if (draft.joins && userId) {
      for (const identity of browsers) {
        const other = of(identity);
        if (other && other.member !== owner.member && other.isAnonymous) mergeInto(other, owner);
      }
    }
    const contested: Identity[] = [];
    for (const contact of draft.contacts) {
      const other = of(contact);
      // A push subscription belongs to a device: whoever is signed in there now has it.
      if (!other || (contact.kind === "push" && other.member !== owner.member))
        claim(contact, owner, contact.kind === "push");
      else if (other.member !== owner.member) contested.push(contact);
    }
    result.members.push(owner.member);
    result.contested.push(contested);

    function ownerOf(): Owner {
      if (userId) {
        const user = of(userId);
        if (user) return named(user);
        const browser = draft.joins ? browsers.map(of).find((one) => one?.isAnonymous) : undefined;
        return browser ? named(browser) : bear(false);
      }
      if (browsers.length > 0) return browsers.map(of).find((one) => one !== undefined) ?? bear(external.length === 0);
      return external.map(of).find((one) => one !== undefined) ?? bear(false);
    }
    function bear(isAnonymous: boolean): Owner {
      const owner = { member: newMember(), isAnonymous };
      result.born.push({ workspace, ...owner });
      return owner;
    }
    function named(one: Owner): Owner {
      if (one.isAnonymous) {
        one.isAnonymous = false;
        result.named.push({ workspace, member: one.member });
      }
      return one;
    }
    function mergeInto(from: Owner, into: Owner): void {
      result.merges.push({ workspace, from: from.member, into: into.member, by: draft.type });
      // What was decided for the merged one earlier in this set is the survivor's now.
      for (const [key, one] of known) if (one.member === from.member) known.set(key, into);
      for (const one of result.claims) if (one.member === from.member) one.member = into.member;
      result.members.forEach((member, i) => {
        if (member === from.member) result.members[i] = into.member;
      });
    }
  }
  return result;
}
