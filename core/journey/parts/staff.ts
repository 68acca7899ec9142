import { z } from "zod";
import { IsoDuration } from "./iso-duration";

/** Who is asked to do a task: the roles that stand at counters and desks. */
export const STAFF = ["owner", "marketer", "approver", "ops", "merchant_manager", "store_manager", "cashier"] as const;
export type Staff = (typeof STAFF)[number];

export const SEVERITIES = ["low", "normal", "high", "urgent"] as const;
export type Severity = (typeof SEVERITIES)[number];

/** Whose store a task belongs to: the one of the starting event, the one the member joined at, or none. */
export const STORES = ["any", "entry", "joined"] as const;

/** After this long an open task is another role's too. */
export const Escalation = z.discriminatedUnion("is", [
  z.strictObject({ is: z.literal("none") }),
  z.strictObject({ is: z.literal("after"), duration: IsoDuration, role: z.enum(STAFF) }),
]);
export type Escalation = z.infer<typeof Escalation>;

/** How a task may end; the id is the port. */
export const TaskOutcomes = z
  .array(
    z.strictObject({
      id: z
        .string()
        .regex(/^[a-z0-9_-]{1,32}$/, "small letters, digits, - and _ only")
        .refine((id) => id !== "timeout", "“timeout” is the port of tasks that nobody closed"),
      name: z.string().trim().min(1, "name the outcome").max(40),
    }),
  )
  .min(1, "needs one outcome at least")
  .max(6)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "two outcomes share an id");
export type TaskOutcomes = z.infer<typeof TaskOutcomes>;

const role = (en: string, zh: string) => ({ en, "zh-CN": zh });
export const STAFF_OPTIONS = (
  [
    ["owner", role("Owner", "所有者")],
    ["marketer", role("Marketer", "运营")],
    ["approver", role("Approver", "审批人")],
    ["ops", role("Operations", "运维")],
    ["merchant_manager", role("Merchant manager", "商户经理")],
    ["store_manager", role("Store manager", "店长")],
    ["cashier", role("Cashier", "收银员")],
  ] as const
).map(([value, label]) => ({ value, label }));
