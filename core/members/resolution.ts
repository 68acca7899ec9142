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
  const resolving = new Resolving(owners, newMember);
  for (const arrival of arrivals) resolving.take(arrival);
  return resolving.result;
}

class Resolving {
  readonly result: Resolution = { members: [], born: [], claims: [], named: [], merges: [], contested: [] };
  private readonly known: Map<string, Owner>;

  constructor(
    owners: ReadonlyMap<string, Owner>,
    private readonly newMember: () => MemberId,
  ) {
    this.known = new Map(owners);
  }

  take({ workspace, draft }: Arrival): void {
    const { identities, joins } = draft;
    const userId = identities.find(({ kind }) => kind === "userId");
    const owner = this.ownerOf(workspace, draft, userId);
    for (const identity of identities)
      if (!this.of(workspace, identity))
        this.claim(
          workspace,
          identity,
          owner,
          joins && (identity.kind === "userId" || identity.kind === "anonymousId"),
        );
    if (joins && userId)
      for (const identity of identities) {
        const other = identity.kind === "anonymousId" ? this.of(workspace, identity) : undefined;
        if (other && other.member !== owner.member && other.isAnonymous)
          this.merge(workspace, other, owner, draft.type);
      }
    this.result.members.push(owner.member);
    this.result.contested.push(this.takeContacts(workspace, draft, owner));
  }

  /** The contacts it may not have; the others are its own from now on. */
  private takeContacts(workspace: WorkspaceId, { contacts }: Arrival["draft"], owner: Owner): Identity[] {
    const contested: Identity[] = [];
    for (const contact of contacts) {
      const other = this.of(workspace, contact);
      // A push subscription belongs to a device: whoever is signed in there now has it.
      if (!other || (contact.kind === "push" && other.member !== owner.member))
        this.claim(workspace, contact, owner, contact.kind === "push");
      else if (other.member !== owner.member) contested.push(contact);
    }
    return contested;
  }

  private ownerOf(
    workspace: WorkspaceId,
    { identities, joins }: Arrival["draft"],
    userId: Identity | undefined,
  ): Owner {
    const first = (isMeant: (identity: Identity) => boolean, fits = (_: Owner) => true): Owner | undefined => {
      for (const identity of identities) {
        const owner = isMeant(identity) ? this.of(workspace, identity) : undefined;
        if (owner && fits(owner)) return owner;
      }
      return undefined;
    };
    if (userId) {
      const user = this.of(workspace, userId);
      if (user) return this.name(workspace, user);
      const browser = joins ? first(isBrowser, ({ isAnonymous }) => isAnonymous) : undefined;
      return browser ? this.name(workspace, browser) : this.bear(workspace, false);
    }
    if (identities.some(isBrowser)) return first(isBrowser) ?? this.bear(workspace, !identities.some(isExternal));
    return first(isExternal) ?? this.bear(workspace, false);
  }

  private of(workspace: WorkspaceId, identity: Identity): Owner | undefined {
    return this.known.get(identityKey(workspace, identity));
  }

  private claim(workspace: WorkspaceId, identity: Identity, owner: Owner, isProven: boolean): void {
    this.known.set(identityKey(workspace, identity), owner);
    this.result.claims.push({ workspace, identity, member: owner.member, isProven });
  }

  private bear(workspace: WorkspaceId, isAnonymous: boolean): Owner {
    const owner = { member: this.newMember(), isAnonymous };
    this.result.born.push({ workspace, ...owner });
    return owner;
  }

  private name(workspace: WorkspaceId, one: Owner): Owner {
    if (one.isAnonymous) {
      one.isAnonymous = false;
      this.result.named.push({ workspace, member: one.member });
    }
    return one;
  }

  private merge(workspace: WorkspaceId, from: Owner, into: Owner, by: string): void {
    this.result.merges.push({ workspace, from: from.member, into: into.member, by });
    // What was decided for the merged one earlier in this set is the survivor's now.
    for (const [key, one] of this.known) if (one.member === from.member) this.known.set(key, into);
    for (const one of this.result.claims) if (one.member === from.member) one.member = into.member;
    this.result.members.forEach((member, i) => {
      if (member === from.member) this.result.members[i] = into.member;
    });
  }
}

const isBrowser = ({ kind }: Identity): boolean => kind === "anonymousId";
const isExternal = ({ kind }: Identity): boolean => kind !== "userId" && kind !== "anonymousId";
