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

/**
 * What a member's reply asks for. Width, case, blanks and punctuation do not matter ("ｔｄ。" is a stop); only the whole reply
 * counts, so that "don't stop now" and "取消订单吗" stay what they are.
 */
export function wishOf(reply: string): "stop" | "start" | "none" {
  const word = reply
    .normalize("NFKC")
    .toUpperCase()
    .replace(/[\s\p{P}\p{S}]+/gu, "");
  if (STOP.has(word)) return "stop";
  return START.has(word) ? "start" : "none";
}
