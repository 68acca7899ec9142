import type { Validity } from "./offer";

/** Whether coupons of an offer can be issued, and what keeps them from it. */
export type Standing = "active" | "paused" | "archived" | "ended" | "spent";

type Known = {
  state: "active" | "paused" | "archived";
  /** null = no limit. */
  stock: number | null;
  issued: number;
  terms: { validity: Validity };
};

/** Where an offer stands on a day of the workspace's calendar, written YYYY-MM-DD; its last day counts still. */
export function standingOf({ state, stock, issued, terms: { validity } }: Known, today: string): Standing {
  if (state !== "active") return state;
  if (validity.is === "fixed" && validity.until < today) return "ended";
  return stock !== null && issued >= stock ? "spent" : "active";
}
