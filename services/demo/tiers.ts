/** The demo's tiers by what a member spent since joining, in fen; the highest reached is kept. */
const TIERS = [
  { tier: "platinum", from: 400_000 },
  { tier: "gold", from: 150_000 },
  { tier: "silver", from: 50_000 },
  { tier: "basic", from: 0 },
] as const;
export type Tier = (typeof TIERS)[number]["tier"];

export const tierFor = (spent: number): Tier => TIERS.find(({ from }) => spent >= from)?.tier ?? "basic";

export const isAbove = (a: Tier, b: Tier): boolean => rank(a) < rank(b);
const rank = (tier: Tier): number => TIERS.findIndex((one) => one.tier === tier);
