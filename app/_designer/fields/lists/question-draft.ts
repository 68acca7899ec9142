import type { Text } from "@/core/text";

export const QUESTION_KINDS = ["score", "choice", "text"] as const;
export type WordsDraft = Partial<Text>;
/** A question as a draft has it, half filled in or whole. */
export type QuestionDraft = { id: string; text: WordsDraft } & (
  | { is: "score"; most: number; lowUpTo: number }
  | { is: "choice"; options: { id: string; name: WordsDraft }[] }
  | { is: "text" }
);

export function freshQuestion(is: QuestionDraft["is"], id: string): QuestionDraft {
  switch (is) {
    case "score":
      return { is, id, text: {}, most: 5, lowUpTo: 3 };
    case "choice":
      return {
        is,
        id,
        text: {},
        options: [
          { id: "yes", name: { en: "Yes", "zh-CN": "是" } },
          { id: "no", name: { en: "No", "zh-CN": "否" } },
        ],
      };
    case "text":
      return { is, id, text: {} };
    default:
      return is satisfies never;
  }
}

const part = (value: unknown, key: string): unknown =>
  typeof value === "object" && value !== null && key in value ? Reflect.get(value, key) : undefined;
const words = (value: unknown): WordsDraft => {
  const [en, zh] = [part(value, "en"), part(value, "zh-CN")];
  return { ...(typeof en === "string" && { en }), ...(typeof zh === "string" && { "zh-CN": zh }) };
};
const number = (value: unknown, fallback: number): number => (typeof value === "number" ? value : fallback);

export const readQuestions = (value: unknown): QuestionDraft[] =>
  Array.isArray(value)
    ? value.flatMap((one: unknown, i): QuestionDraft[] => {
        const [is, given] = [part(one, "is"), part(one, "id")];
        const shared = { id: typeof given === "string" ? given : `q${i + 1}`, text: words(part(one, "text")) };
        if (is === "text") return [{ is, ...shared }];
        if (is === "score")
          return [{ is, ...shared, most: number(part(one, "most"), 5), lowUpTo: number(part(one, "lowUpTo"), 3) }];
        if (is !== "choice") return [];
        const options = part(one, "options");
        return [
          {
            is,
            ...shared,
            options: (Array.isArray(options) ? options : []).map((option: unknown) => {
              const id = part(option, "id");
              return { id: typeof id === "string" ? id : "", name: words(part(option, "name")) };
            }),
          },
        ];
      })
    : [];
