import type { Outgoing, Sent } from "@/channels/provider";
import { type Circuit, CLOSED, stateOf } from "@/core/policy/breaker";
import { type Outcome, ok, type Refused, refuseUntil } from "@/core/refusals";
import { log } from "@/platform/log";
import { isAgainst, noteCalls } from "../providers/circuits";
import { takeCalls } from "../providers/rate";
import type { Account } from "../pumping/account";

/** How long a test waits for its turn in the provider's rate, and how often it asks. */
const TURN_MS = 3000;
const ASKS_MS = 100;

/** Who carries a test, and the provider's circuit as it was known then. */
export type Carrier = { account: Account; circuit: Circuit };

/** The first account whose circuit lets a call through, as for every message; a refusal says when one may again. */
export function carrierOf(
  accounts: readonly Account[],
  circuits: ReadonlyMap<string, Circuit>,
  now: number,
): Outcome<Carrier> {
  const known = accounts.map((account) => ({ account, circuit: circuits.get(account.name) ?? CLOSED }));
  const found = known.find(({ circuit }) => stateOf(circuit, now) !== "open");
  if (found) return ok(found);
  const seconds = Math.ceil(
    Math.max(1000, Math.min(...known.map(({ circuit }) => (circuit.openUntil ?? now) - now))) / 1000,
  );
  return refuseUntil(
    "busy",
    {
      en: `the provider failed again and again and is left alone; a test may go in ${seconds} s`,
      "zh-CN": `服务商连续失败，已暂停调用；${seconds} 秒后可以再测试`,
    },
    seconds,
  );
}

/** Hands a test over within the provider's rate, and tells its circuit how it went. Refused: the rate had no room for it, and nothing was called. */
export async function carry({ account, circuit }: Carrier, message: Outgoing): Promise<Sent | Refused> {
  if (!(await hasTurn(account)))
    return refuseUntil(
      "busy",
      {
        en: "the provider's rate is used up by messages that are on their way; try again in 10 s",
        "zh-CN": "服务商的发送速率已被待发消息占满；请在 10 秒后重试",
      },
      10,
    );
  const sent = await account.send(message, AbortSignal.timeout(account.timeoutMs));
  const isBad = isAgainst(sent);
  const reason = sent.is === "refused" ? sent.reason.slice(0, 200) : "no answer";
  await noteCalls(account.name, { well: isBad ? 0 : 1, badly: isBad ? 1 : 0, reason }, circuit).catch(
    (error: unknown) => log("messages").warn({ err: error, provider: account.name }, "a circuit could not be told"),
  );
  return sent;
}

async function hasTurn({ name, perSecond }: Account): Promise<boolean> {
  if (perSecond === null) return true;
  for (const until = performance.now() + TURN_MS; ; ) {
    if ((await takeCalls(name, perSecond, 1)) > 0) return true;
    if (performance.now() > until) return false;
    await new Promise((done) => setTimeout(done, ASKS_MS));
  }
}
