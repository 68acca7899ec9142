import { type Context, Drop, Liquid, type Template, Tokenizer, TokenKind } from "liquidjs";
import type { ChannelKind, ContentProblem, Purpose, Rendered } from "@/core/message/channel";
import type { EmailContent } from "@/core/message/channels/email";
import { SMS_LIMIT } from "@/core/message/channels/sms";
import type { Content } from "@/core/message/content";
import { withOptOut } from "@/core/message/opt-out";
import type { Scope } from "@/core/message/scope";
import { mended } from "@/core/storable";
import type { Locale, Text } from "@/core/text";
import { instantOf } from "@/core/time/day";
import { isZone, offsetAt } from "@/core/time/local-time";
import { ContentFailed, type RenderFailure } from "./content-failed";
import { emailLayout, SLOT, slot, WORDS } from "./email-layout";
import { Kept } from "./kept";
import { mendings } from "./mend";
import { sayMistake } from "./mistake";
import { money } from "./money";
import { sayUnknown } from "./names";
import { plainText } from "./plain-text";

type Outcome<T> = { ok: true; value: T } | RenderFailure;

// Templates are hostile input. The count and the memory are what bounds them; the clock is the last net, wide enough for a busy machine.
const LIMITS = { templateLimit: 20_000, memoryLimit: 1_000_000, renderLimit: 1000 };
const PARSE_LIMIT = 250_000;
const LINK = /^(https?:\/\/|mailto:|tel:)/i;

/**
 * Loads what the channel's words are made with, a quarter of a second of work and more on a busy machine: before anything is claimed, so
 * that a process that dies meanwhile leaves nothing in doubt.
 */
export async function loadFor(kind: ChannelKind): Promise<void> {
  if (kind === "email") await mjmlLoaded();
}

// Not at the start: a worker that starts anew moves members sooner without.
const mjmlLoaded = () => import("mjml");

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
    const fill = filler(scope);
    if (kind === "sms" && "text" in content)
      return { ok: true, value: mended(sms(fill(content.text, "text"), scope, purpose)) };
    if (kind === "push" && "title" in content) return { ok: true, value: mended(push(content, fill)) };
    if (kind === "email" && "subject" in content)
      return { ok: true, value: mended(await email(content, fill, scope, purpose)) };
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
    const text = run(parsed(template, scope.locale, "plain"), scope, "plain", []);
    if (text.length > most) throw new ContentFailed("too_long", `${text.length} characters, at most ${most}`);
    return { ok: true, value: text };
  } catch (error) {
    return ContentFailed.from(error).failure;
  }
}

/** What Liquid and MJML find wrong with templates before anybody is written to, and the names that nothing will ever be filled in for. */
export async function templateProblems<K extends ChannelKind>(kind: K, content: Content[K]): Promise<ContentProblem[]> {
  const found: ContentProblem[] = [];
  const note = (path: (string | number)[], says: Text) =>
    found.push({ code: `${kind}_template`, severity: "error", path, says });
  const texts = Object.entries(content).flatMap(([name, value]): [(string | number)[], unknown][] =>
    name === "blocks" && Array.isArray(value)
      ? value.flatMap((block, at) =>
          Object.entries(block).map(([field, text]): [(string | number)[], unknown] => [["blocks", at, field], text]),
        )
      : [[[name], value]],
  );
  for (const [path, text] of texts) {
    try {
      if (typeof text !== "string") continue;
      const found = path[0] === "mjml" ? unknownIn(await ownMjml(text, "en")) : templateMistakes(text);
      for (const says of found) note(path, says);
    } catch (error) {
      note(path, mistakeOf(error));
    }
  }
  return found;
}

/** What is wrong with one plain text, as `fillText` fills it in: what Liquid stops at first, and what it hides. */
export function templateMistakes(template: string): Text[] {
  const found = new Map<string, Text>();
  for (const text of new Set([template, ...mendings(template)])) {
    try {
      for (const says of unknownIn(parsed(text, "en", "plain"))) found.set(says.en, says);
      break;
    } catch (error) {
      const says = mistakeOf(error);
      found.set(says.en, says);
    }
  }
  return [...found.values()];
}

/** The names that the template reads and neither sets itself nor is given. */
function unknownIn(template: Template[]): Text[] {
  const { globals } = engine("en", "plain").analyzeSync(template, { partials: false });
  const said = Object.values(globals).flatMap((reads) => reads.flatMap((read) => sayUnknown(read.toArray()) ?? []));
  return [...new Map(said.map((says) => [says.en, says])).values()];
}

const mistakeOf = (error: unknown): Text => sayMistake(ContentFailed.from(error).message);

type Fill = (template: string, ...path: (string | number)[]) => string;

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

async function email(content: EmailContent, fill: Fill, scope: Scope, purpose: Purpose): Promise<Rendered["email"]> {
  const subject = oneLine(fill(content.subject, "subject"));
  if (subject === "") throw new ContentFailed("empty", "the subject is empty", ["subject"]);
  if (subject.length > 300)
    throw new ContentFailed("too_long", `the subject has ${subject.length} characters, at most 300`, ["subject"]);
  if (purpose === "marketing" && !scope.links.unsubscribe)
    throw new ContentFailed("no_unsubscribe", "marketing mail needs an unsubscribe link");
  const preheader = oneLine(fill(content.preheader ?? "", "preheader"));
  if (content.mjml) {
    const template = await ownMjml(content.mjml, scope.locale);
    const html = run(template, scope, "html", ["mjml"]);
    return { subject, ...(preheader !== "" && { preheader }), html, text: plainText(html) };
  }
  return {
    subject,
    ...(preheader !== "" && { preheader }),
    ...(await fromBlocks(content, preheader, fill, scope, purpose)),
  };
}

async function fromBlocks(
  { blocks }: EmailContent,
  preheader: string,
  fill: Fill,
  scope: Scope,
  purpose: Purpose,
): Promise<{ html: string; text: string }> {
  const { unsubscribe, preferences } = scope.links;
  const words: Record<string, string> = {
    preheader,
    workspace: scope.workspace.name,
    lang: scope.locale,
    unsubscribeurl: unsubscribe ?? "",
    unsubscribeword: WORDS.unsubscribe[scope.locale],
    preferencesurl: preferences ?? "",
    preferencesword: WORDS.preferences[scope.locale],
  };
  const lines: string[] = [];
  blocks.forEach((block, at) => {
    switch (block.kind) {
      case "heading":
      case "text":
        lines.push((words[`t${at}`] = fill(block.text, "blocks", at, "text").trim()));
        break;
      case "button": {
        const url = fill(block.url, "blocks", at, "url").trim();
        if (!LINK.test(url))
          throw new ContentFailed("bad_link", `${url.slice(0, 80) || "nothing"} is no address`, ["blocks", at, "url"]);
        words[`u${at}`] = url;
        words[`t${at}`] = fill(block.label, "blocks", at, "label").trim();
        lines.push(`${words[`t${at}`]}: ${url}`);
        break;
      }
      case "coupon": {
        words.couponname = fill("{{ coupon.name }}", "blocks", at);
        words.couponcode = fill("{{ coupon.code }}", "blocks", at);
        words.couponends = fill(
          `{% if coupon.expires_at %}${WORDS.validUntil[scope.locale]} {{ coupon.expires_at | date }}{% endif %}`,
          "blocks",
          at,
        );
        lines.push([words.couponname, words.couponcode, words.couponends].filter(Boolean).join("\n"));
        break;
      }
      default:
        block satisfies never;
    }
  });
  const layout = emailLayout(blocks, purpose, {
    unsubscribe: unsubscribe !== undefined,
    preferences: preferences !== undefined,
  });
  const shell = await shells.get(layout, async () => (await compiled(layout)).split(SLOT));
  const html = shell
    .map((text, i) => (i % 2 === 0 ? text : escaped(words[text] ?? "").replace(/\r?\n/g, "<br />")))
    .join("");
  const ways = [
    purpose === "marketing" && unsubscribe && `${words.unsubscribeword}: ${unsubscribe}`,
    preferences && `${words.preferencesword}: ${preferences}`,
  ];
  return {
    html,
    text: [...lines, ["--", scope.workspace.name, ...ways.filter(Boolean)].join("\n")].filter(Boolean).join("\n\n"),
  };
}

/** A marketer's own MJML as a template. Liquid is taken out while MJML works, and must come back whole. */
function ownMjml(source: string, locale: Locale): Promise<Template[]> {
  return owns.get(`${locale} ${source}`, async () => {
    const tokens: string[] = [];
    const tokenizer = new Tokenizer(source);
    const bare = tokenizer
      .readTopLevelTokens({ ...engine(locale, "html").options })
      .map((token) => {
        if (token.kind === TokenKind.HTML) return source.slice(token.begin, token.end);
        tokens.push(source.slice(token.begin, token.end));
        return slot(tokens.length - 1);
      })
      .join("");
    const html = await compiled(bare);
    const back = new Set<number>();
    const whole = html.replace(SLOT, (_all, name: string) => {
      back.add(Number(name));
      return tokens[Number(name)] ?? "";
    });
    const missing = tokens.find((_token, at) => !back.has(at));
    if (missing !== undefined)
      throw new ContentFailed("mjml", `${missing.slice(0, 60)} stands where MJML keeps no text; put it into <mj-raw>`, [
        "mjml",
      ]);
    return engine(locale, "html").parse(whole);
  });
}

async function compiled(mjml: string): Promise<string> {
  const { default: mjml2html } = await mjmlLoaded();
  // Includes would read files; fonts would call out when the mail is opened.
  const { html, errors } = await mjml2html(mjml, { ignoreIncludes: true, validationLevel: "soft", fonts: {} }).catch(
    (error: unknown) => {
      throw new ContentFailed("mjml", String(error instanceof Error ? error.message : error).slice(0, 300), ["mjml"]);
    },
  );
  const first = errors[0];
  if (first) throw new ContentFailed("mjml", `line ${first.line}: ${first.message}`.slice(0, 300), ["mjml"]);
  return html;
}

// ---- Liquid

/** Stands for a coupon that was not issued: false in `if coupon`, a failure in `coupon.code`. No message names a coupon that is not there. */
class NoCoupon extends Drop {
  override valueOf(): null {
    return null;
  }
  override liquidMethodMissing(field: string | number): never {
    throw new ContentFailed("coupon_missing", `coupon.${field}: no coupon was issued in this run`);
  }
}

function filler(scope: Scope): Fill {
  return (template, ...path) => run(parsed(template, scope.locale, "plain", path), scope, "plain", path);
}

function run(template: Template[], scope: Scope, into: "plain" | "html", path: (string | number)[]): string {
  const { locale, timeZone, now, currency, ...rest } = scope;
  const variables = { ...rest, coupon: scope.coupons.at(-1) ?? new NoCoupon(), locale };
  try {
    const text: unknown = engine(locale, into).renderSync(template, variables, {
      ...LIMITS,
      globals: { $zone: timeZone, $now: now, $currency: currency },
    });
    return String(text).replace(/(?![\t\n\r])\p{Cc}/gu, "");
  } catch (error) {
    throw ContentFailed.from(error, path);
  }
}

function parsed(template: string, locale: Locale, into: "plain" | "html", path?: (string | number)[]): Template[] {
  try {
    return templates.get(`${locale} ${into} ${template}`, () => engine(locale, into).parse(template));
  } catch (error) {
    throw ContentFailed.from(error, path);
  }
}

const engine = (locale: Locale, into: "plain" | "html"): Liquid =>
  engines.get(locale + into, () => liquidFor(locale, into));

function liquidFor(locale: Locale, into: "plain" | "html"): Liquid {
  const liquid = new Liquid({
    templates: {},
    relativeReference: false,
    dynamicPartials: false,
    ownPropertyOnly: true,
    strictFilters: true,
    locale,
    parseLimit: PARSE_LIMIT,
    ...LIMITS,
    dateFormat: locale === "zh-CN" ? "%Y年%-m月%-d日" : "%-d %B %Y",
    ...(into === "html" && { outputEscape: escaped }),
  });
  for (const tag of ["include", "render", "layout", "block"]) delete liquid.tags[tag];
  // No way around escaping.
  liquid.registerFilter("raw", (value: unknown) => value);
  liquid.registerFilter("money", function (amount: unknown, currency?: unknown) {
    return money(amount, String(currency ?? global(this.context, "$currency")), locale);
  });
  const date = liquid.filters.date;
  if (typeof date !== "function") throw new Error("liquidjs has no date filter");
  liquid.registerFilter("date", function (value: unknown, format?: unknown, zone?: unknown) {
    const at = value === "now" || value === "today" ? global(this.context, "$now") : value;
    // A day without a time is the same day everywhere.
    const where =
      typeof at === "string" && /^\d{4}-\d{2}-\d{2}$/.test(at) ? "UTC" : (zone ?? global(this.context, "$zone"));
    return date.call(this, at, format, offsetIn(where, at, format));
  });
  return liquid;
}

/**
 * A zone as liquidjs takes it fastest: the offset it has at that instant, in minutes west. Looked up by name it makes a formatter each time,
 * which took a quarter of a mail's rendering. By name still where the format writes the name, or the value is no plain instant.
 */
function offsetIn(zone: unknown, at: unknown, format: unknown): unknown {
  if (typeof zone !== "string" || /%[-_^#\d]*Z/.test(String(format ?? ""))) return zone;
  const instant = at instanceof Date ? at.getTime() : typeof at === "string" ? instantOf(at) : undefined;
  if (instant === undefined || !Number.isFinite(instant) || !isZone(zone)) return zone;
  return -offsetAt(instant, zone) / 60_000;
}

const global = (context: Context, name: string): unknown => Reflect.get(context.globals, name);

// The same template is filled in for many readers.
const engines = new Kept<Liquid>(8);
const templates = new Kept<Template[]>(1000);
/** A layout's HTML, cut at its slots: every second piece is a slot's name. */
const shells = new Kept<Promise<string[]>>(200);
const owns = new Kept<Promise<Template[]>>(50);

const ESCAPES: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escaped = (value: unknown): string => String(value ?? "").replace(/[&<>"']/g, (sign) => ESCAPES[sign] ?? sign);
const oneLine = (text: string): string => text.replace(/\s+/g, " ").trim();
