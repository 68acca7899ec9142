import addressparser from "nodemailer/lib/addressparser";
import type { Config } from "@/platform/config";
import type { Secrets } from "@/platform/secrets";
import { type SmtpSettings, smtp } from "./smtp";
import { type TwilioSettings, twilioSms } from "./twilio";
import { type WebPushSettings, webPush } from "./web-push";

export type ChannelSettings = { twilio: TwilioSettings; smtp: SmtpSettings; "web-push": WebPushSettings };
type Read = Pick<
  Config,
  | "SANDBOX_HTTP_PORT"
  | "SANDBOX_SMTP_PORT"
  | "TWILIO_ACCOUNT_SID"
  | "TWILIO_AUTH_TOKEN"
  | "TWILIO_FROM"
  | "TWILIO_API_URL"
  | "TWILIO_FALLBACK_ACCOUNT_SID"
  | "TWILIO_FALLBACK_AUTH_TOKEN"
  | "TWILIO_FALLBACK_FROM"
  | "SMTP_URL"
  | "SMTP_FALLBACK_URL"
  | "SMTP_CONNECTIONS"
  | "MAIL_FROM"
  | "VAPID_PUBLIC_KEY"
  | "VAPID_PRIVATE_KEY"
  | "VAPID_SUBJECT"
  | "PUSH_HOSTS"
>;

/**
 * The installation's own: `vapid`, the key pair with which browsers subscribe unless another is configured; `sandbox`, the SMS sandbox's token, so that
 * nobody but that sandbox can sign a report of it.
 */
type Own = Pick<Secrets, "vapid" | "sandbox">;

/** Every provider's settings by this installation's configuration; what is not configured leads to the sandbox. */
export function configured(config: Read, own: Own): ChannelSettings {
  return { twilio: twilioOf(config, own.sandbox), smtp: smtpOf(config), "web-push": webPushOf(config, own.vapid) };
}

/** The same installation with no account of anybody's: all that a demo may use. */
export const sandboxOnly = ({ SANDBOX_HTTP_PORT, SANDBOX_SMTP_PORT, SMTP_CONNECTIONS }: Read): Read => ({
  SANDBOX_HTTP_PORT,
  SANDBOX_SMTP_PORT,
  SMTP_CONNECTIONS,
  PUSH_HOSTS: "",
});

/** Whether a provider's first account is the sandbox. */
export const isSandbox = (config: Read, provider: keyof ChannelSettings): boolean =>
  ({
    twilio: config.TWILIO_ACCOUNT_SID === undefined,
    smtp: config.SMTP_URL === undefined,
    "web-push": config.VAPID_PUBLIC_KEY === undefined,
  })[provider];

export const FALLBACK = "-fallback";

/** The settings of second accounts, by the name of their provider; a provider without one is absent. */
export function fallbacks(config: Read): Partial<ChannelSettings> {
  const {
    TWILIO_FALLBACK_ACCOUNT_SID: accountSid,
    TWILIO_FALLBACK_AUTH_TOKEN: authToken,
    TWILIO_FALLBACK_FROM: from,
    SMTP_FALLBACK_URL,
  } = config;
  return {
    ...(accountSid !== undefined &&
      authToken !== undefined &&
      from !== undefined && { twilio: twilioSms.settings.parse({ accountSid, authToken, from }) }),
    ...(SMTP_FALLBACK_URL !== undefined && { smtp: smtpOf({ ...config, SMTP_URL: SMTP_FALLBACK_URL }) }),
  };
}

function twilioOf(
  {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: from,
    TWILIO_API_URL: baseUrl,
    SANDBOX_HTTP_PORT,
  }: Read,
  sandbox: string,
): TwilioSettings {
  if (accountSid === undefined || authToken === undefined || from === undefined)
    return { ...twilioSms.sandbox, authToken: sandbox, baseUrl: `http://127.0.0.1:${SANDBOX_HTTP_PORT}` };
  return twilioSms.settings.parse({ accountSid, authToken, from, ...(baseUrl !== undefined && { baseUrl }) });
}

function smtpOf({ SMTP_URL, SMTP_CONNECTIONS, MAIL_FROM, SANDBOX_SMTP_PORT }: Read): SmtpSettings {
  const given = MAIL_FROM === undefined ? undefined : addressparser(MAIL_FROM, { flatten: true })[0];
  const from = given?.address ? { name: given.name, address: given.address } : smtp.sandbox.from;
  if (SMTP_URL === undefined) return { ...smtp.sandbox, port: SANDBOX_SMTP_PORT, from };
  const url = new URL(SMTP_URL);
  const secure = url.protocol === "smtps:";
  return smtp.settings.parse({
    host: url.hostname.replace(/^\[|\]$/g, ""),
    port: url.port === "" ? (secure ? 465 : 587) : Number(url.port),
    secure,
    // A password over a line that anyone can read is refused.
    requireTls: !secure && url.username !== "",
    ...(url.username !== "" && { user: decodeURIComponent(url.username), password: decodeURIComponent(url.password) }),
    from,
    connections: SMTP_CONNECTIONS,
  });
}

function webPushOf(config: Read, own: Own["vapid"]): WebPushSettings {
  const { VAPID_PUBLIC_KEY: publicKey, VAPID_PRIVATE_KEY: privateKey, SANDBOX_HTTP_PORT: port } = config;
  const subject = config.VAPID_SUBJECT ?? webPush.sandbox.subject;
  if (publicKey !== undefined && privateKey !== undefined) {
    const known = webPush.settings.parse({ publicKey, privateKey, subject });
    const others = config.PUSH_HOSTS.split(/[\s,]+/).filter(Boolean);
    return { ...known, hosts: [...known.hosts, ...others] };
  }
  return webPush.settings.parse({ ...own, subject, hosts: [`127.0.0.1:${port}`, `localhost:${port}`] });
}
