import type { Arrival } from "../events/arrival";
import type { MemberId, WorkspaceId } from "../ids";
import type { Contested } from "./contested";
import type { Identity } from "./identity";

export const identityKey = (workspace: WorkspaceId, { kind, value }: Identity): string =>
  `${workspace} ${kind} ${value}`;

/** `isUser`: a userId is theirs; absent = not looked at, and then they count as one. */
export type Owner = { member: MemberId; isAnonymous: boolean; isUser?: boolean } & Standing;
/** What decides whether a trusted event may join an owner or take from them; looked at only where `meetings` finds them. */
export type Standing = {
  /** Nothing was heard of them for so long that their phone may be somebody else's now. */
  isSilent?: boolean;
  /** Identity keys of the phones and emails that they had before others. */
  former?: ReadonlySet<string>;
};
/** `from`: whose it was until now. */
export type Claim = {
  workspace: WorkspaceId;
  identity: Identity;
  member: MemberId;
  isProven: boolean;
  from?: MemberId;
};
export type Merge = { workspace: WorkspaceId; from: MemberId; into: MemberId; by: string };

/** What a set of arrivals means for who is who. */
export type Resolution = {
  /** By arrival, in order. */
  members: MemberId[];
  born: { workspace: WorkspaceId; member: MemberId; isAnonymous: boolean }[];
  claims: Claim[];
  /** Anonymous members that turned out to be known. */
  named: { workspace: WorkspaceId; member: MemberId }[];
  /** Members that have no userId as far as this set knows, and get one or are merged for that reason. */
  userless: { workspace: WorkspaceId; member: MemberId }[];
  merges: Merge[];
  /** By arrival: what another member owns, so that this one may not have it. */
  contested: Contested[][];
  /** By arrival: phones and emails that it names its member by, and that are this member's own. */
  knownBy: Identity[][];
};

/**
 * Decides whose each arrival is, in order, each seeing what those before it changed. A userId decides; else the browser's own id; else what
 * a till sent (phone, email, card, openid). Only identify and alias prove that two identities are one person, and only a member without a
 * userId is merged away: a shared browser never joins two customers. A browser's key joins anonymous members; a server's (`isTrusted`) also
 * whom a till knew by phone, email, card or openid, and by alias two users. Phones and emails from traits are taken when nobody owns them, by
 * a server's key also from whom has another by now.
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

/** Of a set of arrivals the identities that a trusted one names together with a userId, and that others own: their standing decides. */
export function meetings(
  arrivals: readonly Arrival[],
  owners: ReadonlyMap<string, Owner>,
): { workspace: WorkspaceId; identity: Identity; owner: Owner }[] {
  const met = new Map<string, { workspace: WorkspaceId; identity: Identity; owner: Owner }>();
  for (const { workspace, draft, isTrusted } of arrivals) {
    const userId = isTrusted && draft.joins ? draft.identities.find(isUserId) : undefined;
    if (!userId) continue;
    const user = owners.get(identityKey(workspace, userId));
    for (const identity of [...draft.identities, ...draft.contacts]) {
      const key = identityKey(workspace, identity);
      const owner = owners.get(key);
      if (owner && owner !== user && identity.kind !== "push" && !(isBrowser(identity) && owner.isAnonymous))
        met.set(key, { workspace, identity, owner });
    }
  }
  return [...met.values()];
}

class Resolving {
  readonly result: Resolution = {
    members: [],
    born: [],
    claims: [],
    named: [],
    userless: [],
    merges: [],
    contested: [],
    knownBy: [],
  };
  private readonly known: Map<string, Owner>;
  /** By member and kind: the phone or email that this set told of last. */
  private readonly told = new Map<string, string>();

  constructor(
    owners: ReadonlyMap<string, Owner>,
    private readonly newMember: () => MemberId,
  ) {
    this.known = new Map(owners);
  }

  take(arrival: Arrival): void {
    const { workspace, draft } = arrival;
    const { identities, joins } = draft;
    const userId = identities.find(isUserId);
    const before = draft.previous && this.of(workspace, draft.previous);
    const owner = this.ownerOf(arrival, userId, before);
    // An alias of a user names no browser.
    for (const identity of identities)
      if (!this.of(workspace, identity) && !(before && identity.value === draft.previous?.value))
        this.claim(workspace, identity, owner, joins && (isUserId(identity) || isBrowser(identity)));
    const contested: Contested[] = [];
    if (joins && userId) contested.push(...this.join(arrival, owner, before));
    this.result.members.push(owner.member);
    contested.push(...this.takeContacts(arrival, owner));
    this.result.contested.push(contested);
    this.result.knownBy.push(
      identities.filter((one) => isContact(one) && this.of(workspace, one)?.member === owner.member),
    );
  }

  /** Merges into the owner whoever the event proves to be the same person; what is another's all the same. */
  private join(arrival: Arrival, owner: Owner, before: Owner | undefined): Contested[] {
    const { workspace, draft, isTrusted } = arrival;
    const contested: Contested[] = [];
    if (before && before.member !== owner.member && draft.previous) {
      if (isTrusted) this.merge(workspace, before, owner, draft.type);
      else contested.push({ ...draft.previous, why: "taken" });
    }
    for (const identity of [...draft.identities, ...draft.contacts]) {
      const other = isUserId(identity) ? undefined : this.of(workspace, identity);
      if (!other || other.member === owner.member) continue;
      if (this.isOneWith(arrival, identity, other)) {
        this.result.userless.push({ workspace, member: other.member });
        this.merge(workspace, other, owner, draft.type);
      } else if (isTrusted && isExternal(identity) && draft.identities.includes(identity))
        contested.push({ ...identity, why: whyNot(other) });
    }
    return contested;
  }

  /** Whether an identify proves that the owner of one of its identities, who has no userId, is its own member. */
  private isOneWith(arrival: Arrival, identity: Identity, other: Owner): boolean {
    if (isBrowser(identity) && other.isAnonymous) return true;
    if (!arrival.isTrusted || other.isUser !== false || identity.kind === "push") return false;
    return !other.isSilent || this.hasSecondProof(arrival, other);
  }

  /** A number may be somebody else's after a long silence; a card, an address, a browser beside it is not by chance the same member's. */
  private hasSecondProof({ workspace, draft }: Arrival, other: Owner): boolean {
    return [...draft.identities, ...draft.contacts].some(
      (identity) => identity.kind !== "phone" && this.of(workspace, identity)?.member === other.member,
    );
  }

  /** The contacts it may not have; the others are its own from now on. */
  private takeContacts({ workspace, draft, isTrusted }: Arrival, owner: Owner): Contested[] {
    const contested: Contested[] = [];
    for (const contact of draft.contacts) {
      const other = this.of(workspace, contact);
      // A push subscription belongs to a device: whoever is signed in there now has it.
      if (!other || (contact.kind === "push" && other.member !== owner.member))
        this.claim(workspace, contact, owner, contact.kind === "push");
      else if (other.member !== owner.member) {
        if (!isTrusted || !draft.joins || !this.isFormer(workspace, contact, other)) {
          contested.push({ ...contact, why: isTrusted ? whyNot(other) : "taken" });
          continue;
        }
        this.claim(workspace, contact, owner, false, other.member);
      }
      this.told.set(`${owner.member} ${contact.kind}`, contact.value);
    }
    return contested;
  }

  /** Whether its owner has another by now: by the word of this set, or of those before. */
  private isFormer(workspace: WorkspaceId, contact: Identity, other: Owner): boolean {
    const told = this.told.get(`${other.member} ${contact.kind}`);
    return told === undefined ? (other.former?.has(identityKey(workspace, contact)) ?? false) : told !== contact.value;
  }

  private ownerOf(arrival: Arrival, userId: Identity | undefined, before: Owner | undefined): Owner {
    const { workspace, draft, isTrusted } = arrival;
    const { identities, contacts, joins } = draft;
    const first = (
      among: readonly Identity[],
      fits: (owner: Owner, identity: Identity) => boolean = () => true,
    ): Owner | undefined => {
      for (const identity of among) {
        const owner = this.of(workspace, identity);
        if (owner && fits(owner, identity)) return owner;
      }
      return undefined;
    };
    if (userId) {
      const user = this.of(workspace, userId);
      if (user) return this.name(workspace, user);
      if (before && isTrusted) return this.name(workspace, before);
      // Whom a till knows has a ledger; what a browser did joins it.
      const own = [...identities.filter(isExternal), ...contacts, ...identities.filter(isBrowser)];
      const found = joins ? first(own, (owner, identity) => this.isOneWith(arrival, identity, owner)) : undefined;
      if (!found) return this.bear(workspace, false);
      this.result.userless.push({ workspace, member: found.member });
      return this.name(workspace, found);
    }
    const browsers = identities.filter(isBrowser);
    const externals = identities.filter(isExternal);
    if (browsers.length > 0) return first(browsers) ?? this.bear(workspace, externals.length === 0);
    return first(externals) ?? this.bear(workspace, false);
  }

  private of(workspace: WorkspaceId, identity: Identity): Owner | undefined {
    return this.known.get(identityKey(workspace, identity));
  }

  private claim(workspace: WorkspaceId, identity: Identity, owner: Owner, isProven: boolean, from?: MemberId): void {
    if (isUserId(identity)) owner.isUser = true;
    this.known.set(identityKey(workspace, identity), owner);
    this.result.claims.push({ workspace, identity, member: owner.member, isProven, ...(from && { from }) });
  }

  private bear(workspace: WorkspaceId, isAnonymous: boolean): Owner {
    const owner: Owner = { member: this.newMember(), isAnonymous, isUser: false };
    this.result.born.push({ workspace, member: owner.member, isAnonymous });
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

const isUserId = ({ kind }: Identity): boolean => kind === "userId";
const isBrowser = ({ kind }: Identity): boolean => kind === "anonymousId";
const isExternal = ({ kind }: Identity): boolean => kind !== "userId" && kind !== "anonymousId";
const isContact = ({ kind }: Identity): boolean => kind === "phone" || kind === "email";
const whyNot = ({ isUser, isSilent }: Owner): Contested["why"] => (isUser === false && isSilent ? "silent" : "taken");
