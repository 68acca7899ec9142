import { nodeOf, type StepId } from "../../ids";
import { ANY_TAG } from "../../policy/reached-by";
import type { Text } from "../../text";
import type { Draft } from "../draft";
import { type Feed, mayStart } from "../feed";
import type { Problem } from "../problem";
import type { Context } from "./context";
import { ownFeed } from "./own-feed";

type Sensitive = NonNullable<Context["sensitive"]>;

/**
 * Whether a promotion is sent to members for a sensitive tag they carry: by this journey's own rules, or because one journey leads to another, by
 * an event, a start, or a tag given for it. The gate sends such members nothing of it where the way is an event or a start; a tag given for a tag it cannot
 * see through, so that this is the only one who tells.
 */
export function sensitiveProblems(draft: Draft, { self = "", neighbours = [], sensitive }: Context): Problem[] {
  if (!sensitive || sensitive.tags.length === 0) return [];
  const own = ownFeed(draft, self);
  if (!own) return [];
  const others = neighbours.filter(({ journey }) => journey !== self);
  const tag = soughtTag(own, sensitive);
  if (tag !== undefined)
    return [
      ...(own.isPromoting ? atPromotions(draft, ownPromotion(tag)) : []),
      ...leading(draft, own, others, sensitive, tag),
    ];
  if (!own.isPromoting) return [];
  const before = others.find(
    (one) => soughtTag(one, sensitive) !== undefined && reaches(one, own, [...others, own], sensitive),
  );
  return before ? atPromotions(draft, ledFrom(before.name, soughtTag(before, sensitive) ?? "")) : [];
}

/** The first sensitive tag that a journey's rules want, themselves or through a segment. */
const soughtTag = ({ seeks }: Feed, { tags, segments }: Sensitive): string | undefined =>
  [...seeks.tags, ...seeks.segments.flatMap((id) => segments[id] ?? [])].find((tag) => tags.includes(tag)) ??
  (seeks.tags.includes(ANY_TAG) ? tags[0] : undefined);

/** Every step of a sensitive journey from which one that promotes is come to. */
function leading(draft: Draft, own: Feed, others: readonly Feed[], sensitive: Sensitive, tag: string): Problem[] {
  const found = new Map<string, Problem>();
  const lead = (node: string, step: Pick<Feed, "tells" | "gives">) => {
    if (found.has(node)) return;
    const promoting = others.find((one) => one.isPromoting && reaches({ ...own, ...step }, one, others, sensitive));
    if (promoting) found.set(node, problem(node, leadsTo(promoting.name, tag)));
  };
  for (const told of own.tells) lead(told.node, { tells: [told], gives: [] });
  for (const { node, tag: given } of tagsGiven(draft)) lead(node, { tells: [], gives: [given] });
  return [...found.values()];
}

/** Whether members of one journey come to the other, over any of these. */
function reaches(from: Feed, to: Feed, all: readonly Feed[], sensitive: Sensitive): boolean {
  const open = [from];
  const seen = new Set<Feed>();
  for (const at of open)
    for (const next of all) {
      if (seen.has(next) || next === from || !leads(at, next, sensitive)) continue;
      if (next === to) return true;
      seen.add(next);
      open.push(next);
    }
  return false;
}

const leads = (from: Feed, to: Feed, { segments }: Sensitive): boolean =>
  from.tells.some((told) => mayStart(told, to)) ||
  [...to.seeks.tags, ...to.seeks.segments.flatMap((id) => segments[id] ?? [])].some((tag) => from.gives.includes(tag));

const effectsOf = (draft: Draft) =>
  Object.entries(draft.steps).flatMap(([id, step]) =>
    step.op === "apply" ? step.effects.map((effect) => ({ node: nodeOf(id as StepId), effect })) : [],
  );

const tagsGiven = (draft: Draft) =>
  effectsOf(draft).flatMap(({ node, effect }) => (effect.type === "addTag" ? [{ node, tag: effect.tag }] : []));

const atPromotions = (draft: Draft, says: Text): Problem[] =>
  [
    ...new Set(
      effectsOf(draft).flatMap(({ node, effect }) =>
        effect.type === "sendMessage" && effect.purpose === "marketing" ? [node] : [],
      ),
    ),
  ].map((node) => problem(node, says));

const problem = (node: string, says: Text): Problem => ({
  code: "sensitive_tag_promotes",
  severity: "warning",
  node,
  says,
});

const ownPromotion = (tag: string): Text => ({
  en: `The journey finds members by the sensitive tag “${tag}”: no promotion is sent to those who carry it.`,
  "zh-CN": `本旅程按敏感标签“${tag}”筛选会员：带有该标签的会员不会收到营销消息。`,
});

const leadsTo = (journey: string, tag: string): Text => ({
  en: `The journey finds members by the sensitive tag “${tag}”, and this step leads them to “${journey}”, which promotes: no promotion may use a sensitive tag.`,
  "zh-CN": `本旅程按敏感标签“${tag}”筛选会员，此步骤又将其引入营销旅程“${journey}”：营销不得使用敏感标签。`,
});

const ledFrom = (journey: string, tag: string): Text => ({
  en: `“${journey}” finds members by the sensitive tag “${tag}” and leads them here: no promotion may use a sensitive tag.`,
  "zh-CN": `“${journey}”按敏感标签“${tag}”筛选会员，并将其引入此处：营销不得使用敏感标签。`,
});
