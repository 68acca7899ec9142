const STOP = new Set([
  "STOP",
  "STOPALL",
  "UNSUBSCRIBE",
  "CANCEL",
  "END",
  "QUIT",
  "OPTOUT",
  "REVOKE",
  "REMOVE",
  "TD",
  "T",
  "R",
  "N",
  "退订",
  "拒收",
  "取消",
  "停止",
  "不要再发",
  "别发了",
  "回T",
  "回TD",
  "回R",
  "回复T",
  "回复TD",
  "回复R",
]);
const START = new Set(["START", "UNSTOP", "SUBSCRIBE", "YES", "恢复", "订阅", "重新订阅", "恢复订阅"]);

/** Said amid other words they are as plain: whoever asks how to leave wants to. But "不退订" is the contrary, and "不要发票" is about an order. */
const LEAVING =
  /(?<!不|不要|不想|不会|没|没有|未|勿|别|取消)(退订|取消订阅|拒收(?!货|件|快递|包裹)|(不要|别)(再给我发|给我发|再发|发(?=了|短信|消息|信息|广告))(?!票|货|顺丰|快递)|停止(发送|推送|接收)(?!票|货|快递)|不想再?收(?!货|件|快递))/u;
/** English words that ask for an end by themselves, and those that may stand around them in a reply that asks for nothing else. */
const END = new Set(["STOP", "UNSUBSCRIBE", "OPTOUT", "UNSUB", "REMOVE"]);
const AROUND = new Set(
  "PLEASE PLS PLZ NOW ALL IT THIS THESE THE ANY MORE ANYMORE AGAIN EVER I WANT WOULD LIKE ME MY US FROM TO OF OFF YOUR RECEIVING GETTING SENDING TEXTING TEXTS TEXT MESSAGING MESSAGES MESSAGE MSG MSGS SMS SPAM MARKETING PROMOTIONS ADS LIST NUMBER THANKS THANK THX YOU HI HELLO AND OK OKAY".split(
    " ",
  ),
);
/** Asked for without the word. */
const OTHERWISE = [
  /\b(?:DO NOT|DON['’]?T) (?:EVER )?(?:TEXT|MESSAGE|MSG|SMS|CONTACT|SEND)\b/g,
  /\b(?:NO MORE|TAKE ME OFF|LEAVE ME ALONE|OPT[\s-]+(?:ME )?OUT)\b/g,
];
/** The letters of 退訂, 取消訂閱, 停止發送, 不要再發訊息給我 as the mainland writes them. */
const SIMPLIFIED: Readonly<Record<string, string>> = {
  訂: "订",
  閱: "阅",
  發: "发",
  給: "给",
  訊: "信",
  廣: "广",
  別: "别",
};

/**
 * What a member's reply asks for. Width, case, blanks and punctuation do not matter ("ｔｄ。" is a stop). A wish to leave may stand amid the
 * words people put around it ("请退订，谢谢", "please stop texting me"), since one that is not heard is worse than one too many, which START
 * undoes; "don't stop now" and "取消订单吗" stay what they are.
 */
export function wishOf(reply: string): "stop" | "start" | "none" {
  const said = reply
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[訂閱發給訊廣別]/g, (letter) => SIMPLIFIED[letter] ?? letter);
  const word = said.replace(/[\s\p{P}\p{S}]+/gu, "");
  if (STOP.has(word)) return "stop";
  if (START.has(word)) return "start";
  return LEAVING.test(word) || isAllLeaving(OTHERWISE.reduce((text, words) => text.replace(words, "STOP"), said))
    ? "stop"
    : "none";
}

function isAllLeaving(said: string): boolean {
  const words = said.match(/[\p{L}\p{N}'’]+/gu) ?? [];
  return words.some((word) => END.has(word)) && words.every((word) => END.has(word) || AROUND.has(word));
}
