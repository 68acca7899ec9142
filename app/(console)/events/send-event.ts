import { type Api, ApiError } from "../../_ui/api";

type Who = { member: string } | { userId: string };
type Known = { identities: { kind: string; value: string }[]; phone: string | null; email: string | null };

/** Posts a track call to the event API with a write key, as an SDK does. A known member is named by an identity of theirs. */
export async function sendEvent(
  api: Api,
  origin: string,
  key: string,
  { event, properties, who }: { event: string; properties: Record<string, unknown>; who: Who },
): Promise<void> {
  const body = {
    messageId: `console-${crypto.randomUUID()}`,
    event,
    properties,
    timestamp: new Date().toISOString(),
    context: { library: { name: "console" } },
    ...(await named(api, who)),
  };
  let response: Response;
  try {
    response = await fetch(new URL("/v1/track", origin), {
      method: "POST",
      headers: { authorization: `Basic ${btoa(`${key}:`)}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
  } catch {
    throw new ApiError("offline", 0, origin);
  }
  const answer: { rejected?: { path: string; detail: string }[]; detail?: string; path?: string } =
    await response.json();
  if (!response.ok)
    throw new ApiError(
      response.status === 401 ? "not_signed_in" : response.status === 503 ? "busy" : "invalid",
      response.status,
      answer.detail,
      answer.path,
    );
  const rejected = answer.rejected?.[0];
  if (rejected) throw new ApiError("invalid", 200, rejected.detail, rejected.path);
}

async function named(api: Api, who: Who): Promise<Record<string, unknown>> {
  if ("userId" in who) return { userId: who.userId };
  const { identities } = await api.get<Known>(`/members/${who.member}`);
  const by = (kind: string) => identities.find((identity) => identity.kind === kind)?.value;
  const userId = by("userId");
  if (userId) return { userId };
  const anonymousId = by("anonymousId");
  if (anonymousId) return { anonymousId };
  // A member without a number of their own (joined at the till) is named by what they are known by.
  const external = identities.find(({ kind }) => ["phone", "email", "card", "openid"].includes(kind));
  return {
    anonymousId: `console-${who.member}`,
    ...(external && {
      context: { externalIds: [{ type: external.kind, id: external.value, collection: "users", encoding: "none" }] },
    }),
  };
}
