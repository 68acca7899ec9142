import type { PropertyType, Refers } from "@/core/events/property";
import type { Seen, SeenField } from "@/core/rules/seen";
import type { Text } from "@/core/text";

/** What a condition can be about, as the builder shows it. */
export type Field = {
  path: string;
  name: Text;
  type: Exclude<PropertyType, "items">;
  /** Whose it is. */
  of: "event" | "member" | "entry" | "coupon" | "answer";
  refers?: Refers | "tag";
  options?: { value: string; name: Text }[];
  /** Of an event's property: whose it is. */
  event?: string;
  /** Of an own attribute or property, what its values are so far; empty = none was seen. Absent of what the catalogue knows. */
  seen?: Seen[];
};

/** What a workspace's own data holds: of the event a rule looks at, of the one that starts the run, and members' attributes. */
export type SeenIn = { event?: SeenField[]; entry?: SeenField[]; member?: SeenField[] };
