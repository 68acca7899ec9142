import type { Provider } from "./provider";
import { smtp } from "./smtp";
import { twilioSms } from "./twilio";
import { webPush } from "./web-push";

/** Every provider by the name under which messages and settings know it. */
export const providers = { twilio: twilioSms, smtp, "web-push": webPush } satisfies Record<string, Provider>;
export type ProviderName = keyof typeof providers;
