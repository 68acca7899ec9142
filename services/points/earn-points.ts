import { z } from "zod";
import { MOST_BALANCE } from "@/core/loyalty/points-account";
import { ok, refuse } from "@/core/refusals";
import { useCase } from "../access/use-case";
import { addPoints, MOST_POINTS } from "./add";
import { findMember } from "./find-member";

export const PointsInput = z.strictObject({
  member: z.uuid(),
  points: z.int().min(1).max(MOST_POINTS),
  reason: z.string().trim().min(1).max(120),
});
export const PointsOutput = z.object({ member: z.string(), balance: z.int() });

export const earnPoints = useCase({
  may: "points.write",
  input: PointsInput,
  output: PointsOutput,
  audit: "points.earned",
  says: "Add points to a member",
  async run({ tx, actor: { workspace }, now }, { member, points, reason }) {
    const found = await findMember(tx, workspace, member);
    if (!found) return refuse("not_found", "no such member", ["member"]);
    const [added] = await addPoints(tx, workspace, [{ member: found.id, points, reason }], now, found.zone);
    return added?.ok
      ? ok({ member: found.id, balance: added.balance })
      : refuse(added?.reason ?? "not_found", `a balance goes up to ${MOST_BALANCE} points`, ["points"]);
  },
});
