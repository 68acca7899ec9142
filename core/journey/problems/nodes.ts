import { issuesOf } from "../../issues";
import { nameIn } from "../../loyalty/offer-name";
import { asObject } from "../../objects";
import { isUuid } from "../../uuid";
import type { Draft, DraftNode } from "../draft";
import type { Problem } from "../problem";
import { nodeKinds } from "../registry";
import type { Context } from "./context";

/** Whether each node's kind is known, its config fits, and what it names exists. */
export function nodeProblems(draft: Draft, context: Context): Problem[] {
  return [...draft.nodes.values()].flatMap((node): Problem[] => {
    if (!node.kindOf) {
      const known = Object.keys(nodeKinds).join(", ");
      return [
        {
          code: "kind_unknown",
          severity: "error",
          node: node.id,
          says: {
            en: `Nobody knows the kind “${node.kind}”. Known: ${known}.`,
            "zh-CN": `未知的节点类型“${node.kind}”。可用类型：${known}。`,
          },
        },
      ];
    }
    // What else is wrong with it is said at once: who mends the one learns of the other.
    if (node.issues.length > 0) return [...configProblems(node), ...namedProblems(node, context)];
    return [
      ...(node.kindOf.problems?.(node.parsed, draft.document, node.id) ?? []),
      ...offerProblems(node, context),
      ...journeyProblems(node, context),
      ...segmentProblems(node, context),
    ];
  });
}

function configProblems(node: DraftNode): Problem[] {
  return issuesOf(node.issues).map(({ path, message, chinese }) => ({
    code: "config_invalid",
    severity: "error",
    node: node.id,
    path,
    says: {
      en: `${path.join(".") || "config"}: ${message}`,
      "zh-CN": `${path.join(".") || "config"}：${chinese ?? "填写有误"}`,
    },
  }));
}

/** Of a node whose config does not fit: the offers that it names all the same. */
function namedProblems(node: DraftNode, { offers }: Context): Problem[] {
  const { grants } = asObject(node.config);
  if (!offers || !Array.isArray(grants)) return [];
  return grants.flatMap((grant: unknown): Problem[] => {
    const { offer } = asObject(grant);
    const isNamed = typeof offer === "string" && isUuid(offer);
    return isNamed && !offers.some(({ id }) => id === offer) ? [offerMissing(node)] : [];
  });
}

const offerMissing = (node: DraftNode): Problem => ({
  code: "offer_missing",
  severity: "error",
  node: node.id,
  path: ["grants"],
  says: { en: "The offer does not exist in this workspace.", "zh-CN": "该优惠在此工作区中不存在。" },
});

function offerProblems(node: DraftNode, { offers }: Context): Problem[] {
  if (!offers || !node.kindOf) return [];
  return Object.values(node.steps)
    .flatMap((step) => (step.op === "apply" ? step.effects : []))
    .flatMap((effect): Problem[] => {
      if (effect.type !== "issueCoupon") return [];
      const offer = offers.find(({ id }) => id === effect.offer);
      if (!offer) return [offerMissing(node)];
      const barred = barredBy(offer);
      return barred ? [{ ...barred, severity: "warning", node: node.id, path: ["grants"] }] : [];
    });
}

/** What keeps an offer's coupons from whoever is to get one; undefined where they can be given. */
function barredBy(offer: NonNullable<Context["offers"]>[number]): Pick<Problem, "code" | "says"> | undefined {
  const [en, zh] = [nameIn(offer, "en"), nameIn(offer, "zh-CN")];
  switch (offer.standing) {
    case "active":
      return undefined;
    case "paused":
    case "archived":
      return {
        code: "offer_inactive",
        says: {
          en: `The offer “${en}” is not active: its coupon would be refused.`,
          "zh-CN": `优惠“${zh}”未启用，发券会被拒绝。`,
        },
      };
    case "ended":
      return {
        code: "offer_ended",
        says: {
          en: `The last day of “${en}” is over: its coupon would be refused.`,
          "zh-CN": `优惠“${zh}”已过截止日，发券会被拒绝。`,
        },
      };
    case "spent":
      return {
        code: "offer_spent",
        says: {
          en: `No coupon of “${en}” is left: everybody would take “out of stock”.`,
          "zh-CN": `优惠“${zh}”已发完，所有人都会走“库存不足”。`,
        },
      };
    default:
      return offer.standing satisfies never;
  }
}

function journeyProblems(node: DraftNode, { journeys }: Context): Problem[] {
  if (!journeys || !node.kindOf) return [];
  return Object.values(node.steps)
    .flatMap((step) => (step.op === "apply" ? step.effects : []))
    .flatMap((effect): Problem[] => {
      if (effect.type !== "startJourney" && effect.type !== "stopJourney") return [];
      const journey = journeys.find(({ id }) => id === effect.journey);
      const shared = { node: node.id, path: ["journey"] };
      if (!journey)
        return [
          {
            ...shared,
            code: "journey_missing",
            severity: "error",
            says: { en: "The journey does not exist in this workspace.", "zh-CN": "该旅程在此工作区中不存在。" },
          },
        ];
      if (journey.state === "live" || effect.type === "stopJourney") return [];
      return [
        {
          ...shared,
          code: "journey_not_live",
          severity: "warning",
          says: {
            en: `“${journey.name}” is not live: nobody would enter it.`,
            "zh-CN": `“${journey.name}”未在运行，不会有人进入。`,
          },
        },
      ];
    });
}

function segmentProblems(node: DraftNode, { segments }: Context): Problem[] {
  const entry = node.kindOf && "entryOf" in node ? node.entryOf : undefined;
  if (!segments || !entry || !("segment" in entry) || !entry.segment) return [];
  if (segments.some(({ id }) => id === entry.segment)) return [];
  return [
    {
      code: "segment_missing",
      severity: "error",
      node: node.id,
      path: ["segment"],
      says: { en: "The segment does not exist in this workspace.", "zh-CN": "该分群在此工作区中不存在。" },
    },
  ];
}
