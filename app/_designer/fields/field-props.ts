import type { FieldMeta } from "@/core/journey/parts/field";

/** What every widget of the inspector is given. */
export type FieldProps = {
  name: string;
  meta: FieldMeta;
  value: unknown;
  /** Where the value stands in the config, where that is not at its name. */
  at?: (string | number)[];
  /** The whole config, for fields that depend on their neighbours. */
  config: Record<string, unknown>;
  node: string;
  /** The first finding on this field, in the reader's language. */
  error: string | undefined;
  onChange(value: unknown): void;
};
