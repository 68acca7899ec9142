import { THINGS, type Thing } from "@/core/audit/actions";
import { isUuid } from "@/core/uuid";

export type Ref = { thing: Thing; id: string };

/** Fields of an input that name a thing, where the field is called otherwise. */
const FIELDS: Record<string, Thing> = { from: "member", into: "member", letters: "letter" };

/** The things that a field of an audited input names: one by its id, or several. */
export function refsIn(field: string, value: unknown): Ref[] {
  const thing = FIELDS[field] ?? THINGS.find((one) => one === field);
  if (thing === undefined) return [];
  return (Array.isArray(value) ? value : [value]).flatMap((id) =>
    typeof id === "string" && isUuid(id) ? [{ thing, id }] : [],
  );
}
