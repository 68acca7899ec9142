import type { JourneyDocument } from "@/core/journey/document";
import { MessageContent } from "@/core/message/content";
import { asObject } from "@/core/objects";
import type { Locale, Text } from "@/core/text";

const SHOP = "https://shop.greenleaf.example";
const LABEL: Text = { en: "See what is new", "zh-CN": "去商城看看" };

/** A recipe as a shop with a website of its own would send it: a button below the words of its mails, and a place where its notifications lead. */
export const withShopLinks = (document: JourneyDocument): JourneyDocument => ({
  ...document,
  nodes: document.nodes.map((node) => {
    const config = asObject(node.config);
    const content = MessageContent.safeParse(config.content).data;
    return content ? { ...node, config: { ...config, content: linked(content) } } : node;
  }),
});

const linked = ({ email, push, ...others }: MessageContent): MessageContent => ({
  ...others,
  ...(email && {
    email: each(email, (mail, locale) => ({
      ...mail,
      blocks: [...mail.blocks, { kind: "button" as const, label: LABEL[locale], url: `${SHOP}/new` }],
    })),
  }),
  ...(push && { push: each(push, (words) => ({ ...words, url: `${SHOP}/wallet` })) }),
});

type PerLanguage<T> = { en?: T | undefined; "zh-CN"?: T | undefined };
const each = <T>(of: PerLanguage<T>, make: (one: T, locale: Locale) => T): PerLanguage<T> => ({
  ...(of.en && { en: make(of.en, "en") }),
  ...(of["zh-CN"] && { "zh-CN": make(of["zh-CN"], "zh-CN") }),
});
