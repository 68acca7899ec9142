import type { EventDraft } from "@/core/events/draft";
import type { MemberId, WorkspaceId } from "@/core/ids";
import { readContacts } from "@/core/members/contacts";
import { contestedIn } from "@/core/members/contested";
import { type KnownOrder, knownOrder, orderNamed } from "@/core/members/order-book";
import {
  ORDER_COUNTED,
  TIME_MOVED,
  type Untaken,
  untakenIds,
  untakenTraits,
  WARNED,
  ZONE_ASSUMED,
} from "@/core/members/untaken";
import type { Tx } from "@/platform/db";
import { placesUnknownTo } from "../intake/unknown-places";
import { readOrders } from "../members/orders";

type Stored = {
  id: string;
  type: string;
  name: string;
  member: string;
  properties: Record<string, unknown>;
  context: Record<string, unknown>;
  occurredAt: Date;
};
type Told = Untaken & { code: NonNullable<Untaken["code"]> };

/**
 * What was not taken of each event, as its sender was told at the door and found again in what is stored; and what only dispatch could know, that
 * its order was counted already.
 */
export async function warningsOf(tx: Tx, workspace: WorkspaceId, events: readonly Stored[]): Promise<Told[][]> {
  const paid = events.flatMap(({ member, name, properties }) =>
    name === "order_paid" ? [{ member: member as MemberId, event: { name, properties } }] : [],
  );
  const [places, book] = await Promise.all([placesUnknownTo(tx, workspace, events), readOrders(tx, workspace, paid)]);
  return events.map((event, i) =>
    [...ofDoor(event), ...ofTraits(event), ...(places[i] ?? []), ...ofOrder(event, book)].map((one) => ({
      ...one,
      code: one.code ?? "not_taken",
    })),
  );
}

/** What the door found of the time and of whose it is, in its own words. */
const ofDoor = ({ type, context: { [WARNED]: warned } }: Stored): Untaken[] =>
  Array.isArray(warned)
    ? [
        ...[TIME_MOVED, ZONE_ASSUMED].filter(({ code }) => warned.includes(code)),
        ...contestedIn(warned, type as EventDraft["type"]),
      ]
    : [];

function ofTraits({ type, properties, context }: Stored): Untaken[] {
  const { traits } = context;
  const isObject = typeof traits === "object" && traits !== null && !Array.isArray(traits);
  return [
    ...(type === "identify"
      ? untakenTraits(properties)
      : isObject
        ? untakenTraits(readContacts({ ...traits }).traits)
        : []),
    ...untakenIds(context.externalIds),
  ];
}

function ofOrder(event: Stored, book: readonly (KnownOrder & { member: MemberId })[]): Untaken[] {
  const named = event.name === "order_paid" ? orderNamed(event) : undefined;
  const own = book.filter(({ member }) => member === event.member);
  if (!named || own.some((order) => order.event === event.id)) return [];
  const { amount } = event.properties;
  const counted = knownOrder(own, named, {
    at: event.occurredAt.getTime(),
    paid: typeof amount === "number" ? amount : 0,
  });
  // Paid by an event of before ids were kept, or not yet dispatched, it is told of when that is known.
  return counted?.event ? [ORDER_COUNTED] : [];
}
