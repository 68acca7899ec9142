import type { JourneyNode } from "@/core/journey/document";
import type { Problem } from "@/core/journey/problem";
import { behaviourName } from "@/core/rules/fields";
import type { Text } from "@/core/text";
import { fieldNamed } from "../rules/say";

/** Where something stands in a step's config, as problems point at it: `["when", "all", 2, "value"]`. */
export type Path = NonNullable<Problem["path"]>;

/** Whether a path leads to a place or into it. */
export const isWithin = (path: Path, place: Path): boolean => place.every((step, i) => step === path[i]);

/** A place as the panel marks it. */
export const placeKey = (place: Path): string => place.join(".");

/** What the condition is about that a path leads into; undefined where it leads into none. */
export function conditionAt(config: JourneyNode["config"], path: Path): Text | undefined {
  let value: unknown = config;
  let name: Text | undefined;
  for (const step of path) {
    if (typeof value !== "object" || value === null) break;
    value = Reflect.get(value, step);
    name = nameOf(value) ?? name;
  }
  return name;
}

function nameOf(value: unknown): Text | undefined {
  if (typeof value !== "object" || value === null) return undefined;
  if ("field" in value && "is" in value && typeof value.field === "string") return fieldNamed(value.field).name;
  return "did" in value && typeof value.did === "string" && value.did !== "" ? behaviourName(value.did) : undefined;
}
