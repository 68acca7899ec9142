import { z } from "zod";
import type { Text } from "../../text";
import type { Port } from "../port";

/** A text in one language at least; readers of the other get the one there is. */
const Words = z
  .strictObject({ en: z.string().trim().max(300).optional(), "zh-CN": z.string().trim().max(300).optional() })
  .refine((words) => Boolean(words.en || words["zh-CN"]), "needs a text in one language at least");
export type Words = z.infer<typeof Words>;
export const inWords = (words: Words, locale: "en" | "zh-CN"): string =>
  words[locale] || words[locale === "en" ? "zh-CN" : "en"] || "";

const Id = z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, "small letters, digits and _ only, a letter first, at most 32");

export const Question = z.discriminatedUnion("is", [
  z.strictObject({
    is: z.literal("choice"),
    id: Id,
    text: Words,
    options: z
      .array(z.strictObject({ id: Id, name: Words }))
      .min(2, "needs two options at least")
      .max(10)
      .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "two options share an id"),
  }),
  /** From 1 to `most`; up to `lowUpTo` counts as low. */
  z
    .strictObject({
      is: z.literal("score"),
      id: Id,
      text: Words,
      most: z.int().min(2).max(10),
      lowUpTo: z.int().min(1),
    })
    .refine(({ most, lowUpTo }) => lowUpTo < most, {
      message: "should be less than the best score",
      path: ["lowUpTo"],
    }),
  z.strictObject({ is: z.literal("text"), id: Id, text: Words }),
]);
export type Question = z.infer<typeof Question>;

export const Questions = z
  .array(Question)
  .min(1, "needs one question at least")
  .max(10)
  .refine((all) => new Set(all.map(({ id }) => id)).size === all.length, "two questions share an id");

/** The ways out of a survey: those of its first question. */
export function portsOf(
  question: Question | undefined,
): (Port & { holds: { is: "eq" | "lte" | "gt"; value: string | number } | null })[] {
  switch (question?.is) {
    case "choice":
      return question.options.map(({ id, name }) => ({
        id,
        name: bothOf(name),
        holds: { is: "eq", value: id },
      }));
    case "score":
      return [
        {
          id: "low",
          name: { en: `${question.lowUpTo} or less`, "zh-CN": `${question.lowUpTo} 分及以下` },
          tone: "no",
          holds: { is: "lte", value: question.lowUpTo },
        },
        {
          id: "high",
          name: { en: `over ${question.lowUpTo}`, "zh-CN": `高于 ${question.lowUpTo} 分` },
          tone: "yes",
          holds: { is: "gt", value: question.lowUpTo },
        },
      ];
    case "text":
    case undefined:
      return [{ id: "answered", name: { en: "answered", "zh-CN": "已回答" }, tone: "yes", holds: null }];
    default:
      return question satisfies never;
  }
}

const LONGEST_ANSWER = 2000;
export type Answers = Record<string, string | number>;

/** What somebody filled in, question by question; the ids of those that are missing or no answer. A free text may stay empty. */
export function readAnswers(
  questions: readonly Question[],
  given: Record<string, unknown>,
): { ok: true; answers: Answers } | { ok: false; missing: string[] } {
  const answers: Answers = {};
  const missing: string[] = [];
  for (const question of questions) {
    const value = Object.hasOwn(given, question.id) ? given[question.id] : undefined;
    const read = readAnswer(question, value);
    if (read !== undefined) answers[question.id] = read;
    else if (question.is !== "text") missing.push(question.id);
  }
  return missing.length > 0 ? { ok: false, missing } : { ok: true, answers };
}

function readAnswer(question: Question, value: unknown): string | number | undefined {
  switch (question.is) {
    case "choice":
      return question.options.find(({ id }) => id === value)?.id;
    case "score": {
      const score = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
      return typeof score === "number" && Number.isInteger(score) && score >= 1 && score <= question.most
        ? score
        : undefined;
    }
    case "text": {
      const text = typeof value === "string" ? value.trim().slice(0, LONGEST_ANSWER) : "";
      return text === "" ? undefined : text;
    }
    default:
      return question satisfies never;
  }
}

/** An answer as it was meant, an option by its name; undefined where there is none, or none that the question takes. */
export function answerInWords(question: Question, value: unknown): Text | undefined {
  const answer = readAnswer(question, value);
  if (answer === undefined) return undefined;
  switch (question.is) {
    case "choice": {
      const chosen = question.options.find(({ id }) => id === answer);
      return chosen && bothOf(chosen.name);
    }
    case "score":
      return both(`${answer} / ${question.most}`);
    case "text":
      return both(String(answer));
    default:
      return question satisfies never;
  }
}

/** What a survey asked and what was answered, by the question's id; without the questions that were not. */
export const answersInWords = (questions: readonly Question[], answers: Record<string, unknown>) =>
  questions.flatMap((question): { id: string; question: Text; answer: Text }[] => {
    const answer = Object.hasOwn(answers, question.id) ? answerInWords(question, answers[question.id]) : undefined;
    return answer ? [{ id: question.id, question: bothOf(question.text), answer }] : [];
  });

const both = (said: string): Text => ({ en: said, "zh-CN": said });
const bothOf = (words: Words): Text => ({ en: inWords(words, "en"), "zh-CN": inWords(words, "zh-CN") });
