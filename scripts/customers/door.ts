import type { Said } from "@/services/demo/shopper";

/** The public API as a till or a shop of the demo sees it. */
export type Door = {
  tell(events: readonly Said[]): Promise<void>;
  /** What the coupon took off, in minor units; null when it was refused. */
  redeem(redemption: { code: string; amount: number; store: string; orderRef: string }): Promise<number | null>;
};

/** The keys were revoked: new ones are needed. */
export class KeyRefused extends Error {}

export function doorOf(api: string, keys: { write: string; redeem: string }): Door {
  const send = async (
    path: string,
    authorization: string,
    body: unknown,
    headers: Record<string, string> = {},
  ): Promise<Response> => {
    const answer = await fetch(`${api}${path}`, {
      method: "POST",
      headers: { "content-type": "application/json", authorization, ...headers },
      body: JSON.stringify(body),
      signal: AbortSignal.timeout(10_000),
    });
    if (answer.status === 401) throw new KeyRefused(await answer.text());
    if (answer.status >= 500 || answer.status === 429) throw new Error(`${path} answered ${answer.status}`);
    return answer;
  };
  const basic = `Basic ${Buffer.from(`${keys.write}:`).toString("base64")}`;
  return {
    async tell(events) {
      const answer = await send("/v1/batch", basic, { batch: events });
      if (!answer.ok) throw new Error(`the events were refused: ${await answer.text()}`);
      await answer.body?.cancel();
    },
    async redeem(redemption) {
      const answer = await send("/api/v1/redemptions/confirm", `Bearer ${keys.redeem}`, redemption, {
        "idempotency-key": redemption.orderRef,
      });
      const body: { discount?: unknown } = JSON.parse(await answer.text());
      return answer.ok && typeof body.discount === "number" ? body.discount : null;
    },
  };
}
