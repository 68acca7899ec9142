import { z } from "zod";
import type { Channel, ContentProblem } from "../channel";
import { mentions } from "../liquid-text";
import { blockProblems, EmailBlock, everyBlock, isWritten } from "./email-blocks";

export const EmailContent = z.object({
  subject: z.string().min(1).max(300).meta({ field: "template" }),
  preheader: z.string().max(300).meta({ field: "template" }).optional(),
  blocks: z.array(EmailBlock).max(50).meta({ field: "blocks" }),
  /** A whole MJML document of the marketer's own; used instead of the blocks. */
  mjml: z.string().max(100_000).meta({ field: "template", multiline: true }).optional(),
});
export type EmailContent = z.infer<typeof EmailContent>;

export const email: Channel<"email", EmailContent> = {
  kind: "email",
  icon: "email",
  name: { en: "Email", "zh-CN": "邮件" },
  address: "email",
  content: EmailContent,
  initial: { subject: "", blocks: [{ kind: "text", text: "" }] },
  parts: () => 1,
  problems({ subject, blocks, mjml }, purpose) {
    const found: ContentProblem[] = [];
    if (subject.trim() === "")
      found.push({
        code: "email_subject",
        severity: "error",
        path: ["subject"],
        says: { en: "The email has no subject.", "zh-CN": "邮件没有主题。" },
      });
    if (!mjml && !everyBlock(blocks).some(({ block }) => isWritten(block)))
      found.push({
        code: "email_empty",
        severity: "error",
        path: ["blocks"],
        says: { en: "The email has no content.", "zh-CN": "邮件没有内容。" },
      });
    if (!mjml) found.push(...blockProblems(blocks));
    if (mjml && purpose === "marketing" && !mentions(mjml, "links.unsubscribe"))
      found.push({
        code: "email_unsubscribe",
        severity: "error",
        path: ["mjml"],
        says: {
          en: "Marketing mail needs a link to {{ links.unsubscribe }}.",
          "zh-CN": "营销邮件须包含退订链接 {{ links.unsubscribe }}。",
        },
      });
    return found;
  },
};
