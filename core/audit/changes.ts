import { z } from "zod";

const Plain = z.union([z.string(), z.number(), z.boolean()]).nullable();
type Plain = z.infer<typeof Plain>;
/** One setting that changed, `messaging.quietHours.from`; null = not set. */
const Change = z.object({ setting: z.string(), before: Plain, after: Plain });

/** The settings in which two documents differ, in the order of their fields. */
export function changesOf(before: object, after: object): z.infer<typeof Change>[] {
  const [was, is] = [new Map(leaves(before)), new Map(leaves(after))];
  return [...new Set([...is.keys(), ...was.keys()])].flatMap((setting) => {
    const change = { setting, before: was.get(setting) ?? null, after: is.get(setting) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

const Changed = z.object({ changed: z.array(Change) });

/** The changes an audit line tells of; none for a line that keeps its input instead. */
export const changesIn = (detail: unknown): z.infer<typeof Change>[] | undefined =>
  Changed.safeParse(detail).data?.changed;

function leaves(value: unknown, path = ""): [string, Plain][] {
  if (value === undefined || value === null) return [];
  if (typeof value === "object" && !Array.isArray(value))
    return Object.entries(value).flatMap(([key, inner]) => leaves(inner, path ? `${path}.${key}` : key));
  const plain = Plain.safeParse(value);
  return [[path, plain.success ? plain.data : JSON.stringify(value)]];
}
