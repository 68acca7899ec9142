import type { Text } from "../text";
import { eventKind } from "./catalogue";
import { ownName } from "./own-names";

/** What an event is called: by the catalogue, or as one that we make; a workspace's own event has no other name than its code, read as words. */
export const eventName = (event: string): Text => eventKind(event)?.name ?? ownName(event) ?? spoken(event);

/** A code as one would read it out, in both languages: `trial_lesson_attended` and `TrialLessonAttended` are “Trial lesson attended”. */
export function spoken(code: string): Text {
  const words = code
    .replace(/([a-z\d])([A-Z])/g, "$1 $2")
    .replace(/[_.\-\s]+/g, " ")
    .trim()
    // What is all capitals is an abbreviation.
    .replace(/\S+/g, (word) => (/^[A-Z\d]+$/.test(word) ? word : word.toLowerCase()));
  const text = words === "" ? code : words.charAt(0).toUpperCase() + words.slice(1);
  return { en: text, "zh-CN": text };
}
