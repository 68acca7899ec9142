import { eventKind } from "../../events/catalogue";
import { asObject } from "../../objects";
import { type Field, fieldAt } from "../../rules/fields";
import type { Leaf, Operand, Rule } from "../../rules/rule";
import { lacksValue, RuleDraft } from "../../rules/schema";
import { unfit } from "../../rules/unfit";
import { leavesOf } from "../../rules/walk";
import type { Draft } from "../draft";
import type { Problem } from "../problem";
import { replaceAt } from "../replace-at";

type Place = {
  node?: string;
  path: (string | number)[];
  event?: string | undefined;
  hasEvent: boolean;
  hasRun: boolean;
  /** The step's config does not fit as a whole, which is told elsewhere: what its rules could read is not known. */
  isPart: boolean;
};

/** Whether every rule reads fields that exist where it stands, with operators that make sense for them. */
export function ruleProblems(draft: Draft): Problem[] {
  const entry = entryEvent(draft);
  return [
    ...keyProblems(draft, entry),
    ...[...rulesOf(draft)].flatMap(({ rule, place }) =>
      leavesOf(rule, place.path).flatMap(({ leaf, path }) =>
        "did" in leaf ? [] : leafProblems(leaf, path, place, entry, draft),
      ),
    ),
  ];
}

/** Re-entry per key needs a key: without it every event counts as one of its own. */
function keyProblems({ document }: Draft, entry: string | undefined): Problem[] {
  const { reentry } = document.settings;
  const properties = entry === undefined ? undefined : eventKind(entry)?.properties;
  if (reentry.is !== "per_key" || !properties || reentry.key.replace(/^(event|entry)\./, "") in properties) return [];
  return [
    {
      code: "key_unknown",
      severity: "warning",
      path: ["settings", "reentry", "key"],
      says: {
        en: `The event has no property “${reentry.key}” by the catalogue: members would enter every time.`,
        "zh-CN": `事件目录中没有属性“${reentry.key}”，会员每次都会进入。`,
      },
    },
  ];
}

function entryEvent(draft: Draft): string | undefined {
  const trigger = draft.nodes.get(draft.document.entry);
  return trigger?.kindOf ? trigger.entryOf?.event : undefined;
}

/** The rules of a draft where its author wrote them: configs are searched, because paths must point into them. */
function* rulesOf({ document, nodes }: Draft): Generator<{ rule: Rule; place: Place }> {
  for (const node of nodes.values()) {
    if (!node.kindOf) continue;
    const isPart = node.issues.length > 0;
    const config = asObject(isPart ? node.config : node.parsed);
    const placed = (held: Record<string, unknown>, path: Place["path"]): Place => {
      const event = typeof held.event === "string" ? held.event : undefined;
      const hasRun = node.kindOf?.family !== "trigger";
      return { node: node.id, path, event, hasEvent: event !== undefined, hasRun, isPart };
    };
    yield* ruleIn(config.when, placed(config, ["when"]));
    for (const [i, one] of asList(config.cases).entries())
      yield* ruleIn(asObject(one).when, placed(config, ["cases", i, "when"]));
    for (const [i, one] of asList(config.events).entries())
      yield* ruleIn(asObject(one).when, placed(asObject(one), ["events", i, "when"]));
  }
  const always = { hasEvent: true, hasRun: true, isPart: false };
  if (document.goal)
    yield { rule: document.goal.when, place: { ...always, event: document.goal.on, path: ["goal", "when"] } };
  for (const [i, exit] of (document.exits ?? []).entries())
    yield { rule: exit.when, place: { ...always, event: exit.on, path: ["exits", i, "when"] } };
}

/** The rule that a value is, if it is one. */
function* ruleIn(value: unknown, place: Place): Generator<{ rule: Rule; place: Place }> {
  const read = RuleDraft.safeParse(value);
  if (read.success) yield { rule: read.data, place };
}

const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : []);

function leafProblems(
  leaf: Leaf,
  path: (string | number)[],
  place: Place,
  entry: string | undefined,
  draft: Draft,
): Problem[] {
  const shared = { severity: "error" as const, path, ...(place.node !== undefined && { node: place.node }) };
  const about = fieldAt(leaf.field, scopeOf(place, entry));
  // A step's own schema tells of its conditions what they lack.
  if (lacksValue(leaf))
    return place.node === undefined ? [{ ...shared, path: [...path, "value"], ...valueMissing(leaf, about) }] : [];
  if (place.isPart) {
    const wrong = about && unfit(leaf, about);
    return wrong ? [{ ...shared, ...wrong }] : [];
  }
  const found: Problem[] = [];
  for (const field of [leaf.field, ...referred(leaf.value)]) {
    const room = field.slice(0, field.indexOf("."));
    if (room === "event" && !place.hasEvent)
      found.push({
        ...shared,
        ...meantEntry(leaf, path, place, draft),
        code: "field_no_event",
        says: {
          en: `No event is judged here, so “${field}” is never known. The event that started the run is “${field.replace("event.", "entry.")}”.`,
          "zh-CN": `此处没有正在判断的事件，“${field}”永远没有值。触发本次旅程的事件请用“${field.replace("event.", "entry.")}”。`,
        },
      });
    else if ((room === "entry" || room === "coupon" || room === "answer") && !place.hasRun)
      found.push({
        ...shared,
        code: "field_no_run",
        says: {
          en: `The run has not begun here, so “${field}” is never known.`,
          "zh-CN": `此时旅程尚未开始，“${field}”永远没有值。`,
        },
      });
    else if (!fieldAt(field, scopeOf(place, entry)))
      found.push({
        ...shared,
        code: "field_unknown",
        says: { en: `There is no field “${field}”.`, "zh-CN": `没有“${field}”这个字段。` },
      });
    const node = /^coupon\.of\.([^.]+)\./.exec(field)?.[1];
    if (node !== undefined && !draft.nodes.has(node))
      found.push({
        ...shared,
        code: "field_unknown",
        says: { en: `“${field}” names a node that does not exist.`, "zh-CN": `“${field}”引用了不存在的节点。` },
      });
  }
  const wrong = found.length === 0 && about ? unfit(leaf, about) : undefined;
  if (wrong) found.push({ ...shared, ...wrong });
  return found;
}

function valueMissing({ field }: Leaf, about: Field | undefined): Pick<Problem, "code" | "says"> {
  const name = about?.name ?? { en: field, "zh-CN": field };
  return {
    code: "value_missing",
    says: {
      en: `“${name.en}” needs a value to compare with.`,
      "zh-CN": `“${name["zh-CN"]}”还缺少要比较的值。`,
    },
  };
}

/** Reads the event that started the run instead. */
function meantEntry(leaf: Leaf, path: (string | number)[], { node }: Place, draft: Draft): Pick<Problem, "fix"> {
  const config = node === undefined ? undefined : draft.nodes.get(node)?.config;
  if (node === undefined || !config) return {};
  const entry = (field: string) => field.replace(/^event\./, "entry.");
  const value =
    typeof leaf.value === "object" && !Array.isArray(leaf.value) ? { field: entry(leaf.value.field) } : leaf.value;
  const patched = replaceAt(config, path, { ...leaf, field: entry(leaf.field), ...(value !== undefined && { value }) });
  return {
    fix: {
      says: { en: "Use the event that started the run", "zh-CN": "改用触发本次旅程的事件" },
      patch: { node, config: { ...config, ...(patched as Record<string, unknown>) } },
    },
  };
}

const scopeOf = ({ event }: Place, entry: string | undefined) => ({
  ...(event !== undefined && { event }),
  ...(entry !== undefined && { entry }),
  coupons: true,
});
const referred = (value: Operand | undefined): string[] =>
  typeof value === "object" && !Array.isArray(value) ? [value.field] : [];
