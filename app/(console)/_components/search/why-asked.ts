const BEGINS = [
  /^why(\s+(did|didn['’]?t|does|doesn['’]?t|has|hasn['’]?t|was|wasn['’]?t))?(\s+(not|or))*(\s+didn['’]?t)?(?=\s|\?|$)/i,
  /^(为什么|为何)(没有?|不)?/,
];
const ENDS = [
  /(^|\s+)(not\s+)?(get|gets|got|getting|receive|received|hear|heard|enter|entered|told|sent)(\s.*)?$/i,
  /(没有?|未)?(收到|得到|拿到|进入|发给).*$/,
];

/** Of whom “why did or didn't … get it” is asked, in either language; empty while nobody is named, undefined where nothing of the kind is asked. */
export function whyAsked(typed: string): string | undefined {
  const begin = BEGINS.find((one) => one.test(typed));
  if (!begin) return undefined;
  const rest = typed
    .replace(begin, "")
    .replace(/[?？]+$/, "")
    .trim();
  return ENDS.reduce((name, end) => name.replace(end, ""), rest).trim();
}
