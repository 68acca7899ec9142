import { describe, expect, it } from "vitest";
import { type Approval, needsApproval } from "./approval";

const approver = { isPerson: true, mayApprove: true };
const marketer = { isPerson: true, mayApprove: false };
const program = { isPerson: false, mayApprove: true };

describe("a second person before publishing", () => {
  it.each<[Approval, string, typeof approver, boolean]>([
    ["never", "a marketer", marketer, false],
    ["never", "a program", program, false],
    ["by_role", "an approver", approver, false],
    ["by_role", "a marketer", marketer, true],
    ["by_role", "a program that may everything", program, true],
    ["always", "an approver", approver, true],
    ["always", "a program that may everything", program, true],
  ])("where the workspace says %s, for %s", (approval, _who, by, needs) => {
    expect(needsApproval(approval, by)).toBe(needs);
  });
});
