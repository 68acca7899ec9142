import type { Template } from "liquidjs";
import type { ChannelKind, ContentProblem, Purpose, Rendered } from "@/core/message/channel";
import { SMS_LIMIT } from "@/core/message/channels/sms";
import type { Content } from "@/core/message/content";
import { mentions } from "@/core/message/liquid-text";
import { withOptOut } from "@/core/message/opt-out";
import { sampleScope } from "@/core/message/sample/sample";
import type { Scope } from "@/core/message/scope";
import { mended } from "@/core/storable";
import type { Text } from "@/core/text";
import { ContentFailed, type RenderFailure } from "./content-failed";
import { sayFailure } from "./failure-words";
import { mendings } from "./mend";
import { sayMistake } from "./mistake";
import { sayUnknown } from "./names";
import { oneLine } from "./plain-text";
import type { Work } from "./render-bounded";
import { email, mjmlLoaded, ownMjml } from "./render-email";
import { engine, type Fill, filler, parsed, run, workOf } from "./render-liquid";
import { hasLinkTo, withoutComments } from "./way-out";

type Outcome<T> = { ok: true; value: T } | RenderFailure;

/**
 * Loads what the channel's words are made with, a quarter of a second of work and more on a busy machine: before anything is claimed, so
 * that a process that dies meanwhile leaves nothing in doubt.
 */
export async function loadFor(kind: ChannelKind): Promise<void> {
  if (kind === "email") await mjmlLoaded();
}

/**
 * Fills a channel's content in for one reader. The only place that knows Liquid and MJML; preview, simulator and delivery all call it.
 * Values are escaped for where they land; nothing a template does reads files, prototypes or the clock.
 */
export async function render<K extends ChannelKind>(
  kind: K,
  content: Content[K],
  scope: Scope,
  purpose: Purpose,
): Promise<Outcome<Rendered[K]>>;
export async function render(
  kind: ChannelKind,
  content: Content[ChannelKind],
  scope: Scope,
  purpose: Purpose,
): Promise<Outcome<Rendered[ChannelKind]>> {
  try {
    const work = workOf(scope.locale);
    const fill = filler(scope, work);
    if (kind === "sms" && "text" in content)
      return { ok: true, value: mended(sms(fill(content.text, "text"), scope, purpose)) };
    if (kind === "push" && "title" in content) return { ok: true, value: mended(push(content, fill)) };
    if (kind === "email" && "subject" in content)
      return { ok: true, value: mended(await email(content, { fill, work }, scope, purpose)) };
    throw new Error(`content is not for ${kind}`);
  } catch (error) {
    return ContentFailed.from(error).failure;
  }
}

/**
 * Fills one plain text in, for what is no message: a task's title, a property, a webhook's body. `most` bounds the result's characters.
 * Within the limits of every template; what fails says so instead of a text.
 */
export function fillText(template: string, scope: Scope, most: number): Outcome<string> {
  try {
    const text = run(parsed(template, scope.locale, "plain"), scope, "plain", [], workOf(scope.locale), {
      isData: true,
    });
    if (text.length > most) throw new ContentFailed("too_long", `${text.length} characters, at most ${most}`);
    return { ok: true, value: text };
  } catch (error) {
    return ContentFailed.from(error).failure;
  }
}

/**
 * What Liquid and MJML find wrong with templates before anybody is written to, the names that nothing will ever be filled in for, and, of a
 * promotion, that its own MJML has no link to unsubscribe.
 */
export async function templateProblems<K extends ChannelKind>(
  kind: K,
  content: Content[K],
  purpose: Purpose = "service",
): Promise<ContentProblem[]> {
  const found: ContentProblem[] = [];
  // What all texts of one message may cost, told where it is used up.
  const work = workOf("en");
  const note = (path: (string | number)[], says: Text) =>
    found.push({ code: `${kind}_template`, severity: "error", path, says });
  for (const [path, text] of textsIn(content, [])) {
    try {
      const mistakes =
        path[0] === "mjml"
          ? mjmlMistakes(text, await ownMjml(text, "en"), work, purpose)
          : templateMistakes(text, work);
      for (const says of mistakes) note(path, says);
    } catch (error) {
      note(path, mistakeOf(error));
    }
  }
  return found;
}

/** Every text of a content with its place. */
const textsIn = (value: unknown, path: (string | number)[]): [(string | number)[], string][] =>
  typeof value === "string"
    ? [[path, value]]
    : Array.isArray(value)
      ? value.flatMap((one: unknown, at) => textsIn(one, [...path, at]))
      : Object.entries(value ?? {}).flatMap(([name, one]) => textsIn(one, [...path, name]));

/** What is wrong with one plain text, as `fillText` fills it in: what Liquid stops at first, what it hides, and what asks for too much work. */
export function templateMistakes(template: string, work = workOf("en")): Text[] {
  const found = new Map<string, Text>();
  const note = (says: Text) => found.set(says.en, says);
  for (const text of new Set([template, ...mendings(template)])) {
    try {
      const read = parsed(text, "en", "plain");
      [...unknownIn(read), ...tooMuchIn(read, "plain", work)].forEach(note);
      break;
    } catch (error) {
      note(mistakeOf(error));
    }
  }
  // Values do not depend on each other: each is read by itself, so that none hides the next. What a tag names is known to the whole only.
  if (found.size > 0)
    for (const [value] of template.matchAll(VALUE))
      try {
        const read = parsed(value, "en", "plain");
        if (!template.includes("{%")) unknownIn(read).forEach(note);
      } catch (error) {
        note(mistakeOf(error));
      }
  return [...found.values()];
}

/** A whole value. */
const VALUE = /\{\{[^{}%]*\}\}/g;

/** The names that the template reads and neither sets itself nor is given. */
function unknownIn(template: Template[]): Text[] {
  const { globals } = engine("en", "plain").analyzeSync(template, { partials: false });
  const said = Object.values(globals).flatMap((reads) => reads.flatMap((read) => sayUnknown(read.toArray()) ?? []));
  return [...new Map(said.map((says) => [says.en, says])).values()];
}

const mjmlMistakes = (source: string, template: Template[], work: Work, purpose: Purpose): Text[] => [
  ...unknownIn(template),
  ...tooMuchIn(template, "html", work),
  ...(/<mj-include\b/i.test(withoutComments(source)) ? [INCLUDES] : []),
  // That it is not even mentioned is the channel's own finding.
  ...(purpose === "marketing" && mentions(source, "links.unsubscribe") ? wayOutOf(template) : []),
];

const INCLUDES: Text = {
  en: "<mj-include> brings nothing in: a mail reads no files. Put what it should bring into the mail itself.",
  "zh-CN": "<mj-include> 不会引入任何内容：邮件不读取文件。请把要引入的内容直接写进邮件。",
};

/** Whether an invented member could unsubscribe. What fails there for another reason is told elsewhere. */
function wayOutOf(template: Template[]): Text[] {
  try {
    const html = run(template, SAMPLE, "html", [], workOf("en"));
    if (hasLinkTo(html, SAMPLE.links.unsubscribe ?? "")) return [];
  } catch {
    return [];
  }
  return [sayFailure(new ContentFailed("no_unsubscribe", "no link of the mail leads to it").failure)];
}

/** Whether a template asks for too much, filled in for an invented member. What else fails there is theirs: a real one may have it. */
function tooMuchIn(template: Template[], into: "plain" | "html", work: Work): Text[] {
  try {
    run(template, SAMPLE, into, [], work);
  } catch (error) {
    const { failure } = ContentFailed.from(error);
    if (failure.cause === "limit") return [sayFailure(failure)];
  }
  return [];
}

const SAMPLE = sampleScope({
  workspace: { name: "Example", timeZone: "UTC", currency: "CNY" },
  purpose: "marketing",
  locale: "en",
  now: new Date("2026-01-01T00:00:00Z"),
  event: "order_paid",
  offers: undefined,
  links: "https://example.com",
});

function mistakeOf(error: unknown): Text {
  const { failure } = ContentFailed.from(error);
  return failure.cause === "limit" ? sayFailure(failure) : sayMistake(failure.detail ?? "");
}

function sms(text: string, scope: Scope, purpose: Purpose): Rendered["sms"] {
  if (text.trim() === "") throw new ContentFailed("empty", "the text is empty", ["text"]);
  const whole = purpose === "marketing" ? withOptOut(text, scope.locale) : text.trim();
  if (whole.length > SMS_LIMIT)
    throw new ContentFailed("too_long", `${whole.length} characters, at most ${SMS_LIMIT}`, ["text"]);
  return { text: whole };
}

function push(content: Content["push"], fill: Fill): Rendered["push"] {
  const title = oneLine(fill(content.title, "title"));
  if (title === "") throw new ContentFailed("empty", "the title is empty", ["title"]);
  const url = content.url === undefined ? "" : fill(content.url, "url").trim();
  if (url !== "" && !/^(https?:\/\/|\/(?!\/))/i.test(url))
    throw new ContentFailed("bad_link", `${url.slice(0, 80)} is no web address`, ["url"]);
  return { title, body: fill(content.body, "body").trim(), ...(url !== "" && { url }) };
}
