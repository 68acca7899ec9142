import { configured } from "@/channels/configured";
import type { Lost, Outgoing, Provider, Sent } from "@/channels/provider";
import { type ProviderName, providers } from "@/channels/registry";
import type { ChannelKind } from "@/core/message/channel";
import { config, secrets } from "@/platform/config";

/** Who carries a channel here, with its settings: the real account when one is configured, else the sandbox. */
export type Account = {
  name: ProviderName;
  timeoutMs: number;
  send(message: Outgoing, stop: AbortSignal): Promise<Sent>;
  /** Absent where the provider keeps no records to ask. */
  find?(key: string, lost: Lost): Promise<Sent>;
};

const CARRIERS = { sms: "twilio", email: "smtp", push: "web-push" } as const satisfies Record<
  ChannelKind,
  ProviderName
>;

export function accountOf(channel: ChannelKind): Account {
  const name = CARRIERS[channel];
  const settings = configured(config(), secrets().vapid)[name];
  // The registry's rows differ in content and settings; the name ties them together, which TypeScript cannot follow.
  const provider: Provider = providers[name] as never;
  return {
    name,
    timeoutMs: settings.timeoutMs,
    send: (message, stop) => provider.send(settings, message, stop),
    ...(provider.find && {
      find: (key: string, lost: Lost) =>
        provider.find?.(settings, key, lost) ?? Promise.resolve({ is: "unknown" } as const),
    }),
  };
}
