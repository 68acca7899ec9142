import type { MemberId } from "../ids";
import type { LoadedMember } from "./loaded-member";

/** A member of whom nothing is known but a birthday, for tests. */
export const someone = (set: Partial<LoadedMember> = {}): LoadedMember => ({
  id: "m" as MemberId,
  isAnonymous: false,
  name: null,
  phone: null,
  email: null,
  locale: null,
  timeZone: null,
  birthday: "2000-02-29",
  gender: null,
  tier: "basic",
  joinedAt: 0,
  joinedStore: null,
  orders: 0,
  spent: 0,
  firstOrderAt: null,
  lastOrderAt: null,
  visits: 0,
  lastVisitAt: null,
  lastSeenAt: null,
  points: 0,
  tags: [],
  attributes: {},
  attributeTimes: {},
  coupons: [],
  days: [],
  ...set,
});
