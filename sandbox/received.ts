import { z } from "zod";

const common = { id: z.string(), at: z.string(), to: z.string(), from: z.string(), key: z.string().optional() };

/** One message as it came over the wire; a mail is parsed only when somebody reads it. */
export const Received = z.discriminatedUnion("channel", [
  z.object({
    ...common,
    channel: z.literal("sms"),
    text: z.string(),
    sid: z.string(),
    status: z.string(),
    errorCode: z.number().optional(),
    callback: z.string().optional(),
    form: z.record(z.string(), z.string()),
  }),
  z.object({ ...common, channel: z.literal("email"), raw: z.string() }),
  z.object({ ...common, channel: z.literal("push"), payload: z.string(), headers: z.record(z.string(), z.string()) }),
]);
export type Received = z.infer<typeof Received>;
export type SmsReceived = Extract<Received, { channel: "sms" }>;
