import type { Text } from "../text";

/** One finding about a draft. Publishing is blocked by errors only. `path` points into the node's config, or into the document when `node` is absent. */
export type Problem = {
  code: string;
  severity: "error" | "warning";
  node?: string;
  path?: (string | number)[];
  says: Text;
  /** A change of the document that mends it with one click. */
  fix?: { says: Text; patch: { node: string; config: Record<string, unknown> } };
};
