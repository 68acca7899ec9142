import { type Template, Tokenizer, TokenKind } from "liquidjs";
import type { Purpose, Rendered } from "@/core/message/channel";
import type { EmailContent } from "@/core/message/channels/email";
import { type EmailBlock, type EmailCell, everyBlock, ticketOf } from "@/core/message/channels/email-blocks";
import { escaped } from "@/core/message/escaped";
import { balanced, isRich, richHtml } from "@/core/message/rich-text";
import type { Scope } from "@/core/message/scope";
import type { Locale } from "@/core/text";
import { ContentFailed } from "./content-failed";
import { emailLayout, keyOf, SLOT, slot, WORDS } from "./email-layout";
import { Kept } from "./kept";
import { oneLine, plainText } from "./plain-text";
import { parseBounded, type Work } from "./render-bounded";
import { engine, type Fill, parsed, run } from "./render-liquid";
import { hasLinkTo } from "./way-out";

const LINK = /^(https?:\/\/|mailto:|tel:)/i;
const PICTURE = /^https:\/\//i;

// Not at the start: a worker that starts anew moves members sooner without.
export const mjmlLoaded = () => import("mjml");

/** A mail for one reader: by its blocks, or by the marketer's own MJML. */
export async function email(
  content: EmailContent,
  { fill, work }: Means,
  scope: Scope,
  purpose: Purpose,
): Promise<Rendered["email"]> {
  const subject = oneLine(fill(content.subject, "subject"));
  if (subject === "") throw new ContentFailed("empty", "the subject is empty", ["subject"]);
  if (subject.length > 300)
    throw new ContentFailed("too_long", `the subject has ${subject.length} characters, at most 300`, ["subject"]);
  if (purpose === "marketing" && !scope.links.unsubscribe)
    throw new ContentFailed("no_unsubscribe", "marketing mail needs an unsubscribe link");
  const preheader = oneLine(fill(content.preheader ?? "", "preheader"));
  const head = { subject, ...(preheader !== "" && { preheader }) };
  if (content.mjml) {
    const html = run(await ownMjml(content.mjml, scope.locale), scope, "html", ["mjml"], work);
    // What is mentioned may be in a comment, or in a branch that this reader does not get.
    if (purpose === "marketing" && scope.links.unsubscribe && !hasLinkTo(html, scope.links.unsubscribe))
      throw new ContentFailed("no_unsubscribe", "no link of the mail leads to {{ links.unsubscribe }}", ["mjml"]);
    return { ...head, html, text: plainText(html) };
  }
  return { ...head, ...(await fromBlocks(content.blocks, preheader, { fill, work }, scope, purpose)) };
}

/** What stands in a layout's slots: words, to be escaped, and what is HTML already. `lines`, `small`: the mail and its foot as text. */
type Slots = { words: Record<string, string>; html: Record<string, string>; lines: string[]; small: string[] };
type Path = (string | number)[];
/** What fills a mail in, and what all of it may cost. */
type Means = { fill: Fill; work: Work };

async function fromBlocks(
  blocks: readonly EmailBlock[],
  preheader: string,
  means: Means,
  scope: Scope,
  purpose: Purpose,
): Promise<{ html: string; text: string }> {
  const { unsubscribe } = scope.links;
  const words: Record<string, string> = {
    preheader,
    workspace: scope.workspace.name,
    lang: scope.locale,
    unsubscribeurl: unsubscribe ?? "",
    unsubscribeword: WORDS.unsubscribe[scope.locale],
  };
  const slots: Slots = { words, html: {}, lines: [], small: [] };
  for (const { block, path } of everyBlock(blocks))
    if (block.kind !== "columns") fillBlock(block, keyOf(path), path, slots, means, scope);
  const layout = emailLayout(blocks, purpose, { unsubscribe: unsubscribe !== undefined });
  const shell = await shells.get(layout, async () => (await compiled(layout)).split(SLOT));
  const html = shell
    .map((text, i) =>
      i % 2 === 0 ? text : (slots.html[text] ?? escaped(words[text] ?? "")).replace(/\r?\n/g, "<br />"),
    )
    .join("");
  const way = purpose === "marketing" && unsubscribe ? [`${words.unsubscribeword}: ${unsubscribe}`] : [];
  const foot = ["--", ...slots.small, scope.workspace.name, ...way].join("\n");
  return { html, text: [...slots.lines, foot].filter(Boolean).join("\n\n") };
}

/** Fills one block into the slots that the layout names by `key`. */
function fillBlock(
  block: Exclude<EmailBlock, { kind: "columns" }> | EmailCell,
  key: string,
  path: Path,
  { words, html, lines, small }: Slots,
  { fill, work }: Means,
  scope: Scope,
): void {
  const address = (template: string, field: string, allowed: RegExp, what: string): string => {
    const url = fill(template, ...path, field).trim();
    if (!allowed.test(url))
      throw new ContentFailed("bad_link", `${url.slice(0, 80) || "nothing"} is no ${what}`, [...path, field]);
    return url;
  };
  switch (block.kind) {
    case "heading":
      lines.push((words[`t${key}`] = fill(block.text, ...path, "text").trim()));
      break;
    case "text":
    case "footer": {
      const into = block.kind === "footer" ? small : lines;
      if (isRich(block.text)) {
        const marked = rich(block.text, scope, work, [...path, "text"]);
        html[`t${key}`] = marked;
        into.push(plainText(marked.replace(/\r?\n/g, "<br />")));
      } else into.push((words[`t${key}`] = fill(block.text, ...path, "text").trim()));
      break;
    }
    case "button": {
      const url = (words[`u${key}`] = address(block.url, "url", LINK, "address"));
      const label = (words[`t${key}`] = fill(block.label, ...path, "label").trim());
      lines.push(`${label}: ${url}`);
      break;
    }
    case "image": {
      words[`s${key}`] = address(block.url, "url", PICTURE, "address of an image: it begins with https://");
      const alt = (words[`a${key}`] = oneLine(fill(block.alt, ...path, "alt")));
      if (block.link) words[`u${key}`] = address(block.link, "link", LINK, "address");
      lines.push([alt, words[`u${key}`]].filter(Boolean).join(": "));
      break;
    }
    case "divider":
      lines.push("———");
      break;
    case "coupon": {
      // A list of Liquid's is silent beyond its end.
      if (block.at !== undefined && !scope.coupons[block.at])
        throw new ContentFailed(
          "coupon_missing",
          `coupon ${block.at + 1}: this run holds ${scope.coupons.length}`,
          path,
        );
      const coupon = ticketOf(block);
      const name = (words[`n${key}`] = fill(`{{ ${coupon}.name }}`, ...path));
      const code = (words[`c${key}`] = fill(`{{ ${coupon}.code }}`, ...path));
      const ends = (words[`e${key}`] = fill(
        `{% if ${coupon}.expires_at %}${WORDS.validUntil[scope.locale]} {{ ${coupon}.expires_at | date }}{% endif %}`,
        ...path,
      ));
      lines.push([name, code, ends].filter(Boolean).join("\n"));
      break;
    }
    default:
      block satisfies never;
  }
}

/** A text with its marks as HTML. Marked before it is filled in, so that nobody's name is a link; where links lead is known only after. */
function rich(template: string, scope: Scope, work: Work, path: Path): string {
  const marked = riches.get(template, () => richHtml(template));
  const html = balanced(run(parsed(marked, scope.locale, "html", path), scope, "html", path, work).trim());
  for (const [, url = ""] of html.matchAll(/<a href="([^"]*)"/g))
    if (!LINK.test(url)) throw new ContentFailed("bad_link", `${url.slice(0, 80) || "nothing"} is no address`, path);
  return html;
}

/** A marketer's own MJML as a template. Liquid is taken out while MJML works, and must come back whole. */
export function ownMjml(source: string, locale: Locale): Promise<Template[]> {
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
    return parseBounded(engine(locale, "html"), whole);
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

// The same mail is filled in for many readers.
/** A layout's HTML, cut at its slots: every second piece is a slot's name. */
const shells = new Kept<Promise<string[]>>(200);
const owns = new Kept<Promise<Template[]>>(50);
const riches = new Kept<string>(200);
