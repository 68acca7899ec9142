import { z } from "zod";
import { CHANNELS } from "@/core/message/channel";
import { type Outcome, ok, refuse } from "@/core/refusals";
import { signature } from "../access/actor";
import { lockSurvivor } from "../access/survivor";
import { type Call, useCase } from "../access/use-case";
import { setConsents } from "./consent";
import { withdrawConsents } from "./consent-withdraw";

const Purpose = z.enum(["marketing", "service"]).default("marketing");
const Output = z.object({ member: z.string(), channel: z.enum(CHANNELS), purpose: z.string(), isGranted: z.boolean() });

export const grantConsent = useCase({
  may: "member.write",
  output: Output,
  audit: "consent.granted",
  says: "Record that a member agreed, and how",
  input: z.strictObject({
    member: z.uuid(),
    channel: z.enum(CHANNELS),
    purpose: Purpose,
    evidence: z
      .string()
      .trim()
      .min(1)
      .max(500)
      .describe("where and how the member agreed: a form, a call, a signed sheet"),
  }),
  run: (call, input) => change(call, { ...input, isGranted: true }),
});

export const withdrawConsent = useCase({
  may: "member.write",
  output: Output,
  audit: "consent.withdrawn",
  says: "Record that a member said stop; nothing is sent from now on",
  input: z.strictObject({
    member: z.uuid(),
    channel: z.enum(CHANNELS),
    purpose: Purpose,
    evidence: z.string().trim().max(500).optional(),
  }),
  run: (call, input) => change(call, { ...input, isGranted: false }),
});

type Input = {
  member: string;
  channel: (typeof CHANNELS)[number];
  purpose: string;
  evidence?: string | undefined;
  isGranted: boolean;
};

async function change(
  { tx, actor, now }: Call,
  { member, channel, purpose, evidence, isGranted }: Input,
): Promise<Outcome<z.infer<typeof Output>>> {
  const { workspace } = actor;
  const id = await lockSurvivor(tx, workspace, member);
  if (!id) return refuse("not_found", "no such member");
  const said = {
    member: id,
    channel,
    purpose,
    isGranted,
    source: signature(actor),
    evidence: evidence ? { note: evidence } : {},
    at: now,
  };
  if (isGranted) await setConsents(tx, workspace, [said]);
  else await withdrawConsents(tx, workspace, [said]);
  return ok({ member: id, channel, purpose, isGranted });
}
