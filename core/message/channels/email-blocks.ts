import { z } from "zod";
import type { ContentProblem } from "../channel";
import { linksIn } from "../rich-text";

/** More coupons than one run is given. */
const MOST_TICKETS = 20;
const line = z.string().max(500);
const text = z.string().max(10_000);
const address = z.string().max(2000);

const heading = z.object({ kind: z.literal("heading"), text: line });
/** With **bold**, *italic* and [links](https://…): see `richHtml`. */
const words = z.object({ kind: z.literal("text"), text });
const button = z.object({ kind: z.literal("button"), label: line, url: address });
/** `width` in pixels; absent = as wide as there is room. `link`: where a click leads. */
const image = z.object({
  kind: z.literal("image"),
  url: address,
  alt: line,
  link: address.optional(),
  width: z.int().min(16).max(600).optional(),
});
const divider = z.object({ kind: z.literal("divider") });

/** What may stand within a column. */
export const EmailCell = z.discriminatedUnion("kind", [heading, words, image, button, divider]);
export type EmailCell = z.infer<typeof EmailCell>;

export const EmailBlock = z.discriminatedUnion("kind", [
  heading,
  words,
  image,
  /** Side by side, and below each other on a phone. */
  z.object({ kind: z.literal("columns"), columns: z.array(z.array(EmailCell).max(10)).min(2).max(3) }),
  /** A coupon of the run as a ticket: name, code, expiry. `at`: which, counted from 0 in the order of issue; absent = the last. */
  z.object({
    kind: z.literal("coupon"),
    at: z
      .int()
      .min(0)
      .max(MOST_TICKETS - 1)
      .optional(),
  }),
  button,
  divider,
  /** Small words below the mail, before the way out: an address, terms. */
  z.object({ kind: z.literal("footer"), text }),
]);
export type EmailBlock = z.infer<typeof EmailBlock>;

type Path = (string | number)[];
type Placed = { block: EmailBlock | EmailCell; path: Path };

/** Every block with its place in the content, those within columns after the columns themselves. */
export const everyBlock = (blocks: readonly EmailBlock[]): Placed[] =>
  blocks.flatMap((block, at): Placed[] => [
    { block, path: ["blocks", at] },
    ...(block.kind === "columns"
      ? block.columns.flatMap((column, c) =>
          column.map((cell, i): Placed => ({ block: cell, path: ["blocks", at, "columns", c, i] })),
        )
      : []),
  ]);

/** How a template names the coupon that a ticket shows. */
export const ticketOf = ({ at }: { at?: number | undefined }): string =>
  at === undefined ? "coupon" : `coupons[${at}]`;

/** Whether a reader sees anything of it. */
export function isWritten(block: EmailBlock | EmailCell): boolean {
  switch (block.kind) {
    case "heading":
    case "text":
    case "footer":
      return block.text.trim() !== "";
    case "button":
      return block.label.trim() !== "";
    case "image":
      return block.url.trim() !== "";
    case "coupon":
      return true;
    case "columns":
    case "divider":
      return false;
    default:
      return block satisfies never;
  }
}

/** Where a mail's links may lead. */
const LINK = /^(https?:\/\/|mailto:|tel:|\{\{)/i;
const PICTURE = /^(https:\/\/|\{\{)/i;

export const blockProblems = (blocks: readonly EmailBlock[]): ContentProblem[] =>
  everyBlock(blocks).flatMap(({ block, path }): ContentProblem[] => {
    switch (block.kind) {
      case "button":
        return LINK.test(block.url) ? [] : [nowhere([...path, "url"], "The button leads", "按钮没有有效链接")];
      case "text":
      case "footer":
        return linksIn(block.text)
          .filter((url) => !LINK.test(url))
          .map((url) => nowhere([...path, "text"], `The link to “${short(url)}” leads`, `链接“${short(url)}”无效`));
      case "image":
        return [
          ...(PICTURE.test(block.url) ? [] : [noPicture([...path, "url"])]),
          ...(block.alt.trim() === "" ? [noWords([...path, "alt"])] : []),
          ...(!block.link || LINK.test(block.link)
            ? []
            : [nowhere([...path, "link"], "The image leads", "图片没有有效链接")]),
        ];
      case "heading":
      case "coupon":
      case "columns":
      case "divider":
        return [];
      default:
        return block satisfies never;
    }
  });

const short = (url: string): string => (url.length > 40 ? `${url.slice(0, 39)}…` : url);

const nowhere = (path: Path, en: string, zh: string): ContentProblem => ({
  code: "email_link",
  severity: "error",
  path,
  says: {
    en: `${en} nowhere: its address should begin with https://.`,
    "zh-CN": `${zh}：地址应以 https:// 开头。`,
  },
});
const noPicture = (path: Path): ContentProblem => ({
  code: "email_image",
  severity: "error",
  path,
  says: {
    en: "The image is not to be found: its address should begin with https://, as mail programs show no other.",
    "zh-CN": "图片无法显示：地址应以 https:// 开头，邮件程序不显示其他图片。",
  },
});
const noWords = (path: Path): ContentProblem => ({
  code: "email_alt",
  severity: "warning",
  path,
  says: {
    en: "Say what the image shows: many mail programs hide images, and some readers hear them.",
    "zh-CN": "请写明图片内容：许多邮件程序默认不显示图片，也有读者靠朗读阅读。",
  },
});
