import { z } from "zod";
import type { Text } from "../../text";

/** The inspector's widgets. `app/_designer/fields/registry.tsx satisfies Record<FieldType, …>`. */
export const FIELD_TYPES = [
  /** one line of plain text */ "text",
  /** an integer */ "number",
  /** one of `options` */ "choice",
  /** the name of an event of the catalogue, or an own one */ "event",
  /** a rule; `about` says which paths make sense here */ "rule",
  /** an ISO 8601 duration */ "duration",
  /** the id of an offer */ "offer",
  /** a tag's name */ "tag",
  /** the id of a segment */ "segment",
  /** five fields of a schedule (core/time/cron.ts) */ "cron",
  /** the name of a time zone (IANA), or empty for the workspace's */ "zone",
  /** a day and time, YYYY-MM-DDTHH:MM, or empty */ "moment",
  /** what a message says: per channel, per language (core/message/content.ts) */ "content",
  /** text with Liquid in it; `multiline`: several lines */ "template",
  /** how a staff task may end (core/journey/parts/staff.ts) */ "outcomes",
  /** when a task becomes another role's too */ "escalation",
  /** names and values of a request's headers (core/journey/parts/webhook.ts) */ "headers",
  /** a survey's questions (core/journey/parts/survey.ts) */ "questions",
  /** channels in the order they are tried */ "channels",
  /** as `content`, for each of `channels` */ "contents",
  /** a reward's grants: coupons and points together */ "grants",
  /** how an attribute changes (core/journey/parts/attribute.ts) */ "change",
  /** a tier's id */ "tier",
  /** how long something stays (core/journey/parts/end.ts) */ "end",
  /** a list of an event's properties (core/journey/emitted.ts) */ "properties",
  /** the id of a journey */ "journey",
  /** a switch's named cases, tried in order */ "cases",
  /** an A/B test's weighted variants */ "variants",
  /** the path of a date: the member's, the entry event's, a coupon's */ "date",
  /** days before (negative) or after */ "offset",
  /** a time of day, HH:MM */ "time",
  /** hours of some weekdays (core/time/window.ts) */ "window",
  /** several things waited for at once, each with its own way (core/journey/parts/waits/way.ts) */ "ways",
] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

export type FieldMeta = {
  field: FieldType;
  label: Text;
  help?: Text;
  /** For `choice`. */
  options?: { value: string; label: Text }[];
  /** For `choice`: the option that holds while none is chosen. */
  unset?: string;
  /** For `duration`: what is said where there is none; absent = there must be one. */
  none?: Text;
  /** For `template`. */
  multiline?: boolean;
  /** For `rule` and `cases`: the event in question is the one that `event` names in the same config ("config"), or there is none ("none"). */
  judges?: "config" | "none";
};

/** Marks a schema with the widget it is edited by. */
export const field = <S extends z.ZodType>(schema: S, meta: FieldMeta): S => schema.meta(meta);

export type ConfigField = { name: string; meta: FieldMeta; isOptional: boolean };

/** The fields of a kind's config in the order of the inspector. */
export function fieldsOf(config: z.ZodType): ConfigField[] {
  if (!(config instanceof z.ZodObject)) return [];
  return Object.entries(config.shape).flatMap(([name, schema]) => {
    const meta = metaOf(schema);
    return meta ? [{ name, meta, isOptional: schema instanceof z.ZodOptional }] : [];
  });
}

function metaOf(schema: unknown): FieldMeta | undefined {
  if (!(schema instanceof z.ZodType)) return undefined;
  const meta = schema.meta();
  if (isFieldMeta(meta)) return meta;
  return schema instanceof z.ZodOptional || schema instanceof z.ZodDefault ? metaOf(schema.unwrap()) : undefined;
}

const isFieldMeta = (meta: unknown): meta is FieldMeta =>
  typeof meta === "object" && meta !== null && "field" in meta && "label" in meta;
