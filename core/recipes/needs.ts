import { isCatalogued } from "../events/catalogue";
import type { JourneyDocument } from "../journey/document";
import { readDraft } from "../journey/draft";
import { rulesOf } from "../plan/order";
import type { Leaf } from "../rules/rule";
import { leavesOf } from "../rules/walk";

/** What a recipe finds nobody without: tags and attributes of members, and events outside the catalogue. */
export type Needs = { tags: string[]; attributes: string[]; events: string[] };

const ATTRIBUTE = "member.attributes.";

/** Read from the drawing itself, so that it is true of it. What the journey writes itself is no need. */
export function needsOf(document: JourneyDocument): Needs {
  const { nodes, steps } = readDraft(document);
  const triggers = [...nodes.values()].flatMap((node) => (node.kindOf && node.entryOf ? [node.entryOf] : []));
  const waits = Object.values(steps).flatMap((step) => (step.op === "wait" ? step.first : []));
  const leaves = [...triggers.map(({ when }) => when), ...Object.values(steps).flatMap(rulesOf)]
    .flatMap((rule) => leavesOf(rule))
    .flatMap(({ leaf }): Leaf[] => ("did" in leaf ? [] : [leaf]));
  const written = document.nodes.flatMap(({ config }) => config.attribute ?? []);
  const fields = [
    ...leaves.flatMap(({ field, value }) => [
      field,
      ...(typeof value === "object" && !Array.isArray(value) ? [value.field] : []),
    ]),
    ...triggers.flatMap((entry) => (entry.on === "date" && "field" in entry.date ? [entry.date.field] : [])),
    ...waits.flatMap((way) => ("until" in way && "date" in way.until ? [way.until.date] : [])),
  ];
  return {
    tags: unique(
      leaves.flatMap(({ field, value }) => (field === "member.tags" && typeof value === "string" ? value : [])),
    ),
    attributes: unique(
      fields.flatMap((field) => (field.startsWith(ATTRIBUTE) ? field.slice(ATTRIBUTE.length) : [])),
    ).filter((name) => !written.includes(name)),
    events: unique([
      ...triggers.flatMap((entry) => (entry.on === "event" ? entry.event : [])),
      ...waits.flatMap((way) => ("on" in way ? way.on : [])),
    ]).filter((name) => !isCatalogued(name) && !OUR_OWN.has(name)),
  };
}

/** Told by the journey's own tasks. */
const OUR_OWN = new Set(["task_completed", "approval_decided"]);

const unique = (all: string[]): string[] => [...new Set(all)];
