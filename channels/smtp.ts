import { z } from "zod";
import { composed } from "./mail";
import type { Provider, Sent } from "./provider";
import { handOver, type SmtpError } from "./smtp-connections";

const ADDRESS = /^[^\s@,;:<>()[\]"\\]+@[^\s@,;:<>()[\]"\\]+$/;

export const SmtpSettings = z.object({
  host: z.string().min(1),
  port: z.int().min(1).max(65535),
  /** TLS from the first byte (port 465); otherwise STARTTLS where the server offers it. */
  secure: z.boolean().default(false),
  requireTls: z.boolean().default(false),
  user: z.string().optional(),
  password: z.string().optional(),
  from: z.object({ name: z.string(), address: z.string().regex(ADDRESS) }),
  connections: z.int().min(1).max(100).default(8),
  timeoutMs: z.int().min(100).max(300_000).default(20_000),
});
export type SmtpSettings = z.infer<typeof SmtpSettings>;

/** Email over SMTP. The protocol keeps no records to ask, so there is no `find`: what is unknown stays unknown. */
export const smtp: Provider<"email", SmtpSettings> = {
  channel: "email",
  settings: SmtpSettings,
  sandbox: {
    host: "127.0.0.1",
    port: 3025,
    secure: false,
    requireTls: false,
    from: { name: "Greenleaf", address: "hello@greenleaf.example" },
    connections: 32,
    timeoutMs: 20_000,
  },
  atOnce: ({ connections }) => connections,

  async send(settings, message, stop): Promise<Sent> {
    if (!ADDRESS.test(message.to)) return { is: "refused", lasting: true, suppress: true, reason: "invalid_address" };
    const ref = `<${message.key}@${settings.from.address.split("@")[1]}>`;
    const mail = composed(settings.from, message, ref);
    const handed = await handOver(
      settings,
      { from: settings.from.address, to: message.to },
      mail,
      stop,
      message.beginBy,
    );
    if (handed.ok) return { is: "accepted", ref };
    return refused(handed.began, handed.error);
  },
};

/** Steps that concern our access to the server, not this mail: mended in the settings while the mail waits. */
const ACCESS = /^(CONN|EHLO|HELO|STARTTLS|AUTH)/;
/** RFC 3463: no such mailbox, no such domain, bad address, moved, no mail there; mailbox disabled. */
const GONE = /\b5\.(?:1\.(?:1|2|3|6|10)|2\.1)\b/;
const GONE_IN_WORDS =
  /user unknown|unknown user|no such user|does not exist|mailbox (?:not found|unavailable)|recipient (?:not found|unknown)/i;

/** Mailbox disabled, full, or too small for it (RFC 3463, X.2): its owner's affair. */
const MAILBOX = /\b5\.2\.[1-3]\b/;

function refused(began: boolean, error: SmtpError): Sent {
  const code = error.responseCode;
  const reason = (error.response ?? error.message).slice(0, 300);
  if (code === undefined) {
    if (began) return { is: "unknown" };
    return { is: "refused", lasting: error.code === "EMESSAGE", suppress: false, reason };
  }
  const lasting = code >= 500 && !ACCESS.test(error.command ?? "");
  const hasEnhanced = /\b[45]\.\d{1,3}\.\d{1,3}\b/.test(reason);
  const isGone = hasEnhanced ? GONE.test(reason) : [550, 551, 553].includes(code) && GONE_IN_WORDS.test(reason);
  return {
    is: "refused",
    lasting,
    suppress: lasting && isGone,
    reason,
    ...(lasting && MAILBOX.test(reason) && { isPersonal: true }),
  };
}
