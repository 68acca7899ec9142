import { describe, expect, it } from "vitest";
import { EmailContent, email } from "./email";
import type { EmailBlock } from "./email-blocks";

const found = (blocks: EmailBlock[]) =>
  email
    .problems({ subject: "s", blocks }, "service", "en")
    .map(({ code, severity, path }) => `${severity} ${code} ${path?.join(".")}`);
const picture = { kind: "image", url: "https://cdn.example/a.png", alt: "A cup" } as const;

describe("a mail's blocks", () => {
  it.each<[EmailBlock[], string[]]>([
    [[picture], []],
    [[{ ...picture, url: "{{ event.picture }}" }], []],
    [[{ ...picture, url: "http://cdn.example/a.png" }], ["error email_image blocks.0.url"]],
    [[{ ...picture, alt: " " }], ["warning email_alt blocks.0.alt"]],
    [[{ ...picture, link: "javascript:alert(1)" }], ["error email_link blocks.0.link"]],
    [[{ kind: "text", text: "[a](https://x.example) [b]({{ links.survey }}) [c](mailto:a@x.example)" }], []],
    [[{ kind: "text", text: "see [b](www.x.example)" }], ["error email_link blocks.0.text"]],
    [[{ kind: "footer", text: "[b](data:text/html,x)" }], ["error email_link blocks.0.text"]],
    [[{ kind: "divider" }], ["error email_empty blocks"]],
    [[{ kind: "columns", columns: [[], [{ kind: "divider" }]] }], ["error email_empty blocks"]],
    [
      [
        {
          kind: "columns",
          columns: [
            [{ kind: "heading", text: "x" }],
            [
              { ...picture, alt: "" },
              { ...picture, url: "" },
            ],
          ],
        },
      ],
      ["warning email_alt blocks.0.columns.1.0.alt", "error email_image blocks.0.columns.1.1.url"],
    ],
  ])("%j: %j", (blocks, problems) => expect(found(blocks)).toEqual(problems));

  it.each<[unknown, string]>([
    [{ kind: "columns", columns: [[]] }, "one column"],
    [{ kind: "columns", columns: [[], [], [], []] }, "four columns"],
    [{ kind: "columns", columns: [[], [{ kind: "columns", columns: [[], []] }]] }, "columns within columns"],
    [{ kind: "columns", columns: [[], [{ kind: "coupon" }]] }, "a ticket too narrow to read"],
    [{ kind: "coupon", at: -1 }, "a coupon before the first"],
    [{ ...picture, width: 2000 }, "an image wider than the mail"],
    [{ kind: "video", url: "https://x.example" }, "no such kind"],
  ])("%j is refused: %s", (block) => {
    expect(EmailContent.safeParse({ subject: "s", blocks: [block] }).success).toBe(false);
  });
});
