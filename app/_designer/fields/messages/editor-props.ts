import type { Purpose } from "@/core/message/channel";
import type { Locale } from "@/core/text";

/** One language's content as a draft has it, and a way to set one of its keys. */
export type EditorProps = {
  content: Record<string, unknown>;
  locale: Locale;
  purpose: Purpose;
  /** All that is wrong at a place in the content, or below it, a line each. */
  error(...place: (string | number)[]): string | undefined;
  set(key: string, value: unknown): void;
};
