import { ok, refuse } from "@/core/refusals";
import { useCase } from "../access/use-case";
import { PointsInput, PointsOutput } from "./earn-points";
import { findMember } from "./find-member";
import { spendPoints } from "./spend";

/** Spends one member's points by hand: `spendPoints` with a set of one. */
export const usePoints = useCase({
  may: "points.write",
  input: PointsInput,
  output: PointsOutput,
  audit: "points.spent",
  says: "Spend points of a member, those that end first going first",
  async run({ tx, actor: { workspace }, now }, { member, points, reason }) {
    const found = await findMember(tx, workspace, member);
    if (!found) return refuse("not_found", "no such member", ["member"]);
    const [spent] = await spendPoints(tx, workspace, [{ member: found.id, points, reason }], now, found.zone);
    if (!spent) return refuse("not_found", "no such member", ["member"]);
    return spent.ok
      ? ok({ member: found.id, balance: spent.balance })
      : refuse(spent.reason, `the member has ${spent.balance} points`, ["points"]);
  },
});
