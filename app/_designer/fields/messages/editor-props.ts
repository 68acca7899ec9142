import type { Purpose } from "@/core/message/channel";
import type { Locale } from "@/core/text";

/** One language's content as a draft has it, and a way to set one of its keys. */
export type EditorProps = {
  content: Record<string, unknown>;
  locale: Locale;
  purpose: Purpose;
  error(key: string): string | undefined;
  set(key: string, value: unknown): void;
};
