/** Stands where a member's name would, when they have none. Private use, so that no text means it. */
const GAP = "\uE002";
const NAME = /\{\{(-?)\s*member\.name\s*(-?)\}\}/g;

/** A template that marks where a name is missing. What asks for it in another way (`default`, `if`) says itself what stands there then. */
export const markGaps = (template: string): string =>
  template.replace(NAME, `{{$1 member.name | default: "${GAP}" $2}}`);

/** A text without its marks. */
export const withoutGaps = (text: string): string => text.replaceAll(GAP, "");

/**
 * A message to somebody who has no name, whom a till knows by their phone: the comma goes that would have set the name apart, so that
 * `{{ member.name }}, thank you` reads “Thank you”, and 恭喜您，{{ member.name }}！ reads 恭喜您！.
 */
export function closeGaps(text: string): string {
  if (!text.includes(GAP)) return text;
  return text.replace(OPENING, (_, before: string, first: string) => before + first.toUpperCase()).replace(INSIDE, "");
}

// At the beginning of a text, a line, an element or a sentence.
const OPENING = new RegExp(`(^\\s*|[\\n>]\\s*|[。！？!?.】]\\s*)${GAP}\\s*[，,、:：]\\s*(\\p{Ll}?)`, "gu");
const INSIDE = new RegExp(`[，,、]?[ \\t]*${GAP}`, "gu");
