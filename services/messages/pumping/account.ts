import { configured, FALLBACK, fallbacks, isSandbox, sandboxOnly } from "@/channels/configured";
import type { Lost, Outgoing, Provider, RawRequest, Report, Sent } from "@/channels/provider";
import { type ProviderName, providers } from "@/channels/registry";
import type { ChannelKind } from "@/core/message/channel";
import { config, secrets } from "@/platform/config";

/** Who carries a channel, with its settings: the real account when one is configured, else the sandbox. */
export type Account = {
  /** The provider's name; a second account's ends in `-fallback`. Rates and circuits are kept under it. */
  name: string;
  channel: ChannelKind;
  isSandbox?: boolean;
  /** Carries what a demo sends, and nothing else. */
  isDemo?: boolean;
  timeoutMs: number;
  /** Calls that it carries at once from one process. */
  atOnce: number;
  /** Calls a second over all workers; null = as many as go. */
  perSecond: number | null;
  send(message: Outgoing, stop: AbortSignal): Promise<Sent>;
  /** Absent where the provider keeps no records to ask. */
  find?(key: string, lost: Lost): Promise<Sent>;
  /** Absent where the provider never calls. */
  receive?(request: RawRequest): Report[] | "forged";
};

const CARRIERS = { sms: "twilio", email: "smtp", push: "web-push" } as const satisfies Record<
  ChannelKind,
  ProviderName
>;

/** Whose messages they are: a demo's members are invented, but their numbers may be somebody's. */
type Of = { isDemo: boolean };

/** A channel's accounts, the one to use first. A demo's is the sandbox, whatever is configured. */
export function accountsOf(channel: ChannelKind, { isDemo }: Of): [Account, ...Account[]] {
  const name = CARRIERS[channel];
  const settings = isDemo ? sandboxOnly(config()) : config();
  const second = fallbacks(settings)[name];
  return [
    {
      ...account(name, name, configured(settings, secrets())[name]),
      isSandbox: isSandbox(settings, name),
      isDemo,
    },
    ...(second ? [account(name, `${name}${FALLBACK}`, second)] : []),
  ];
}

/** The account of a name, as callbacks come in under it. */
export function accountNamed(name: string, of: Of): Account | undefined {
  for (const [channel, provider] of Object.entries(CARRIERS))
    if (name === provider || name === `${provider}${FALLBACK}`)
      return accountsOf(channel as ChannelKind, of).find((account) => account.name === name);
  return undefined;
}

function account(of: ProviderName, name: string, settings: { timeoutMs: number }): Account {
  // The registry's rows differ in content and settings; the name ties them together, which TypeScript cannot follow.
  const provider: Provider = providers[of] as never;
  const { SMS_PER_SECOND, EMAIL_PER_SECOND, PUSH_PER_SECOND } = config();
  return {
    name,
    channel: provider.channel,
    timeoutMs: settings.timeoutMs,
    atOnce: provider.atOnce(settings),
    perSecond: { sms: SMS_PER_SECOND, email: EMAIL_PER_SECOND, push: PUSH_PER_SECOND }[provider.channel] ?? null,
    send: (message, stop) => provider.send(settings, message, stop),
    ...(provider.find && {
      find: (key: string, lost: Lost) =>
        provider.find?.(settings, key, lost) ?? Promise.resolve({ is: "unknown" } as const),
    }),
    ...(provider.receive && {
      receive: (request: RawRequest) => provider.receive?.(settings, request) ?? ("forged" as const),
    }),
  };
}
