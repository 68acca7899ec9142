import type { EventDraft } from "../events/draft";
import type { Identity } from "./identity";
import type { Untaken } from "./untaken";

/**
 * An identity that an event names and another member owns. `silent`: nothing was heard of that member for so long that a phone alone does not
 * prove to be theirs.
 */
export type Contested = Identity & { why: "taken" | "silent" };

/** After so many days without a sign of life a phone opens nothing without a second proof: numbers are given to others. */
export const SILENT_DAYS = 180;

/** What the sender is told of a contested identity, at its place in the message. */
export const sayContested = (contested: Contested, type: EventDraft["type"]): Untaken => told(wordOf(contested), type);

/** What an event keeps of it in `context.warned`, to say it again. */
export const wordOf = ({ kind, why }: Pick<Contested, "kind" | "why">): string =>
  kind === "userId" ? "not_joined userId" : `contact_${why} ${kind}`;

/** The same from what an event has kept. */
export const contestedIn = (warned: readonly unknown[], type: EventDraft["type"]): Untaken[] =>
  warned.flatMap((word) =>
    typeof word === "string" && /^(contact_|not_joined )/.test(word) ? [told(word, type)] : [],
  );

function told(word: string, type: EventDraft["type"]): Untaken {
  const [code, kind = ""] = word.split(" ");
  if (code === "not_joined")
    return {
      path: ["previousId"],
      code,
      says: {
        en: "not joined: previousId is another user's; only a server's write key joins two users, or somebody of the shop does by hand",
        "zh-CN": "未合并：previousId 属于另一用户；只有服务器写入密钥可以合并两个用户，也可由店员手动合并",
      },
    };
  const room = type === "identify" ? ["traits"] : ["context", "traits"];
  const path = kind === "phone" || kind === "email" ? [...room, kind] : ["context", "externalIds"];
  return code === "contact_silent"
    ? {
        path,
        code,
        says: {
          en: `not taken: it is a member's of whom nothing was heard for ${SILENT_DAYS} days, and the number may be somebody else's by now; send a second proof with it (card, openid, email), or join the two members by hand`,
          "zh-CN": `未采用：它属于一位已 ${SILENT_DAYS} 天没有动静的会员，号码可能已换主人；请同时发送第二项凭据（卡号、openid、邮箱），或手动合并两位会员`,
        },
      }
    : {
        path,
        code: "contact_taken",
        says: {
          en: "not taken: it is another member's, so nothing is sent there for this one; if the two are one person, join them by hand or by alias with a server's write key",
          "zh-CN":
            "未采用：它属于另一会员，因此不会为本会员向其发送；若两者是同一人，请手动合并，或使用服务器写入密钥发送 alias",
        },
      };
}
