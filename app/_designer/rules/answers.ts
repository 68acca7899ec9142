import type { JourneyDocument, JourneyNode } from "@/core/journey/document";
import type { Text } from "@/core/text";
import { readQuestions, type WordsDraft } from "../fields/lists/question-draft";

type Answer = { key: string; name: Text; type: "text" | "count"; options?: { value: string; name: Text }[] };
/** A step that is answered, by a member or by the staff, and what can come back. */
export type Answering = { node: string; title: string; values: Answer[] };

const OUTCOME: Text = { en: "outcome", "zh-CN": "结果" };
const NOTE: Answer = { key: "note", name: { en: "note", "zh-CN": "备注" }, type: "text" };
const DECISIONS = [
  { value: "approved", name: { en: "approved", "zh-CN": "通过" } },
  { value: "rejected", name: { en: "rejected", "zh-CN": "拒绝" } },
];

/** The steps of a drawing whose answers later ones may ask for. */
export const answering = (
  { nodes }: Pick<JourneyDocument, "nodes">,
  titleOf: (node: JourneyNode) => string,
): Answering[] =>
  nodes.flatMap((node) => {
    const values = answersOf(node);
    return values.length === 0 ? [] : [{ node: node.id, title: titleOf(node), values }];
  });

function answersOf({ kind, config }: JourneyNode): Answer[] {
  switch (kind) {
    case "survey":
      return readQuestions(config.questions).map((question): Answer => {
        const name = both(question.text, question.id);
        if (question.is === "score") return { key: question.id, name, type: "count" };
        if (question.is === "text") return { key: question.id, name, type: "text" };
        const options = question.options.map(({ id, name }) => ({ value: id, name: both(name, id) }));
        return { key: question.id, name, type: "text", options };
      });
    case "staff-task":
      return [{ key: "outcome", name: OUTCOME, type: "text", options: outcomesOf(config.outcomes) }, NOTE];
    case "approval":
      return [{ key: "outcome", name: OUTCOME, type: "text", options: DECISIONS }, NOTE];
    default:
      return [];
  }
}

const both = (words: WordsDraft, id: string): Text => ({
  en: words.en || words["zh-CN"] || id,
  "zh-CN": words["zh-CN"] || words.en || id,
});

const outcomesOf = (value: unknown): { value: string; name: Text }[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown) =>
        typeof one === "object" &&
        one !== null &&
        "id" in one &&
        typeof one.id === "string" &&
        "name" in one &&
        typeof one.name === "string"
          ? [{ value: one.id, name: { en: one.name, "zh-CN": one.name } }]
          : [],
      )
    : [];
