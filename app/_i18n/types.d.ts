import type { Locale } from "@/core/text";
import type { Messages } from "./en";

declare module "use-intl" {
  interface AppConfig {
    Locale: Locale;
    Messages: Messages;
  }
}
