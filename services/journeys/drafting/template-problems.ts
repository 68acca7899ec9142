import type { JourneyNode } from "@/core/journey/document";
import { fieldsOf } from "@/core/journey/parts/field";
import type { Problem } from "@/core/journey/problem";
import { kindOf } from "@/core/journey/registry";
import { replaceAt } from "@/core/journey/replace-at";
import { CHANNELS } from "@/core/message/channel";
import { MessageContent } from "@/core/message/content";
import { LOCALES } from "@/core/text";
import { mend } from "../../messages/content/mend";
import { templateMistakes, templateProblems } from "../../messages/content/render";
import { barredAsDrawn } from "../../webhooks/may-draw";

/** What of a step its templates are found by. */
export type TemplateNode = Pick<JourneyNode, "id" | "kind" | "config">;

/** Templates of a drawing that could never be filled in: every message's, and those of tasks, webhooks and events that a journey tells. */
export async function templateProblemsOf({ nodes }: { nodes: TemplateNode[] }): Promise<Problem[]> {
  const found = await Promise.all(nodes.map(async (node) => (await problemsOf(node)).map((one) => withFix(node, one))));
  return found.flat();
}

/** A slip whose remedy is certain is mended with one click. */
function withFix({ id, config }: TemplateNode, problem: Problem): Problem {
  const [field, ...path] = problem.path ?? [];
  const text = valueAt(config, problem.path ?? []);
  if (typeof field !== "string" || typeof text !== "string" || path.includes("mjml")) return problem;
  const mended = mend(text);
  if (mended === text || templateMistakes(mended).length > 0) return problem;
  return {
    ...problem,
    fix: {
      says: { en: "Mend the template", "zh-CN": "修正模板" },
      patch: { node: id, config: { [field]: replaceAt(config[field], path, mended) } },
    },
  };
}

const valueAt = (value: unknown, path: (string | number)[]): unknown =>
  path.reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? Object.entries(at).find(([key]) => key === String(step))?.[1] : undefined,
    value,
  );

async function problemsOf(node: TemplateNode): Promise<Problem[]> {
  const kind = kindOf(node.kind);
  if (!kind) return [];
  const found = fieldsOf(kind.config).map(async ({ name, meta }): Promise<Problem[]> => {
    const value = node.config[name];
    switch (meta.field) {
      case "template":
        return mistakeIn(node.id, [name], value);
      case "headers":
      case "properties":
        return Array.isArray(value)
          ? value.flatMap((row: unknown, i) =>
              typeof row === "object" && row !== null && "value" in row
                ? mistakeIn(node.id, [name, i, "value"], row.value)
                : [],
            )
          : [];
      case "content":
      case "contents":
        return messageProblems(node, name, value);
      default:
        return [];
    }
  });
  return [...(await Promise.all(found)).flat(), ...addressProblems(node)];
}

/** What this installation lets webhooks reach is known here only. */
function addressProblems({ id, kind, config: { url } }: TemplateNode): Problem[] {
  const says = kind === "webhook" && typeof url === "string" ? barredAsDrawn(url) : undefined;
  return says ? [{ code: "webhook_barred", severity: "error", node: id, path: ["url"], says }] : [];
}

function mistakeIn(node: string, path: (string | number)[], template: unknown): Problem[] {
  const mistakes = typeof template === "string" ? templateMistakes(template) : [];
  return mistakes.map((says) => ({ code: "text_template", severity: "error", node, path, says }));
}

/** What is not whole yet is the schemas' to say. */
async function messageProblems({ id: node, config }: TemplateNode, name: string, value: unknown): Promise<Problem[]> {
  const parsed = MessageContent.safeParse(value);
  if (!parsed.success) return [];
  const all = CHANNELS.flatMap((channel) =>
    LOCALES.map(async (locale): Promise<Problem[]> => {
      const content = parsed.data[channel]?.[locale];
      if (!content) return [];
      const found = await templateProblems(channel, content, config.purpose === "marketing" ? "marketing" : "service");
      return found.map(({ path = [], ...problem }) => ({ ...problem, node, path: [name, channel, locale, ...path] }));
    }),
  );
  return (await Promise.all(all)).flat();
}
