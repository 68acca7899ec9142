import type { APIRequestContext } from "playwright-core";
import { z } from "zod";
import type { Program } from "../e2e/program";
import { until } from "../harness/until";
import type { Things } from "./screens";

const Draft = z.object({
  id: z.string(),
  revision: z.int(),
  document: z.looseObject({ entry: z.string(), nodes: z.array(z.looseObject({ id: z.string() })) }),
});
const Invited = z.object({ person: z.string(), password: z.string() });
const Tasks = z.object({ items: z.array(z.object({ id: z.string() })) });

/** A complaint is answered by a call; `isLater`: as the draft has it after its first version. */
const service = (isLater: boolean) => ({
  name: "投诉回访 · Complaints",
  entry: "complaint",
  nodes: [
    { id: "complaint", kind: "on-event", config: { event: "complaint_opened", when: { all: [] } } },
    {
      id: "ask",
      kind: "staff-task",
      config: {
        title: isLater ? "Call back within the day" : "Call back",
        instructions: "Listen first; the store of the visit is in the event.",
        role: "ops",
        store: "any",
        severity: isLater ? "high" : "normal",
        outcomes: [
          { id: "settled", name: "Settled" },
          { id: "open", name: "Still unhappy" },
        ],
        within: isLater ? "P1D" : "P2D",
        escalation: { is: "none" },
      },
    },
    { id: "tag", kind: "tag", config: { tag: "listened-to", action: "add" } },
    ...(isLater ? [{ id: "later", kind: "delay", config: { for: "P7D" } }] : []),
  ],
  edges: [
    { from: "complaint", port: "next", to: "ask" },
    { from: "ask", port: "settled", to: "tag" },
    ...(isLater ? [{ from: "tag", port: "next", to: "later" }] : []),
  ],
});

const BROKEN = {
  name: "生日礼遇 · Birthday",
  entry: "start",
  nodes: [
    { id: "start", kind: "on-event", config: { event: "order_paid", when: { all: [] } } },
    { id: "wait", kind: "delay", config: { for: "P3D" } },
    {
      id: "say",
      kind: "send",
      config: {
        channel: "sms",
        purpose: "marketing",
        content: { sms: { en: { text: "Hello {{ member.nickname }}, {{ coupon.code }}" } } },
        expiresAfter: "P1D",
      },
    },
    { id: "alone", kind: "tag", config: { tag: "", action: "add" } },
  ],
  edges: [
    { from: "start", port: "next", to: "wait" },
    { from: "wait", port: "next", to: "say" },
  ],
};

/** What the pictures show and the demo has not: drafts, a task, somebody new. `putAway` takes it all back. `owner`: a signed-in owner's browser. */
export async function makeThings(
  { program, owner, urls }: { program: Program; owner: APIRequestContext; urls: { console: string; api: string } },
  journey: string,
): Promise<{
  things: Pick<Things, "draft" | "colleague" | "service" | "task" | "broken" | "newcomer">;
  putAway(): Promise<void>;
}> {
  const undo: (() => Promise<unknown>)[] = [];
  const putAway = async () => {
    for (const back of undo.splice(0).reverse()) await back();
  };
  const post = async (path: string, body: unknown = {}): Promise<unknown> => {
    const answer = await program.post(`/api/v1${path}`, body, crypto.randomUUID());
    if (answer.status >= 300) throw new Error(`${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    return answer.body;
  };
  // A journey that was just stopped lets its members go first.
  const archive = async (id: string) =>
    until(async () => (await program.post(`/api/v1/journeys/${id}/archive`, {}, crypto.randomUUID())).status < 300, {
      deadline: 60_000,
      every: 500,
      what: `${id} archived`,
    });
  const archives = (id: string) => undo.push(() => archive(id));

  // A draft that two people draw on.
  const copy = Draft.parse(await post(`/journeys/${journey}/duplicate`));
  archives(copy.id);
  const colleague = async () => {
    const { revision, document } = Draft.parse((await program.get(`/api/v1/journeys/${copy.id}`)).body);
    // Each time another than last time.
    const titled = (was: unknown) => (was === "Regulars?" ? "Often here?" : "Regulars?");
    const nodes = document.nodes.map((node) => (node.id === "gold" ? { ...node, title: titled(node.title) } : node));
    await program.put(`/api/v1/journeys/${copy.id}`, { revision, document: { ...document, nodes } });
  };

  const broken = Draft.parse(await post("/journeys", { document: BROKEN }));
  archives(broken.id);

  const answered = Draft.parse(await post("/journeys", { document: service(false) }));
  archives(answered.id);
  undo.push(() => post(`/journeys/${answered.id}/stop`));
  await post(`/journeys/${answered.id}/publish`, { note: "Every complaint is called back" });
  await program.tell((analytics) =>
    analytics.track({
      userId: "ada-li",
      event: "complaint_opened",
      properties: { complaint_id: crypto.randomUUID(), severity: "high" },
    }),
  );
  const task = await until(
    async () => Tasks.parse((await program.get(`/api/v1/tasks?journey=${answered.id}`)).body).items[0]?.id,
    { deadline: 60_000, every: 500, what: "the task of a complaint" },
  );
  const { revision } = Draft.parse((await program.get(`/api/v1/journeys/${answered.id}`)).body);
  await program.put(`/api/v1/journeys/${answered.id}`, { revision, document: service(true) });

  const email = `new-${crypto.randomUUID().slice(0, 8)}@example.com`;
  // Only somebody signed in lets others in.
  const headers = { origin: new URL(urls.console).origin };
  const people = `${urls.api}/api/v1/people`;
  const said = await owner.post(people, { headers, data: { name: "Bo Chen", email, role: "ops" } });
  const invited = Invited.parse(await said.json());
  undo.push(() => owner.delete(`${people}/${invited.person}`, { headers }));

  return {
    things: {
      draft: { id: copy.id, entry: copy.document.entry },
      colleague,
      service: answered.id,
      task,
      broken: broken.id,
      newcomer: { email, password: invited.password },
    },
    putAway,
  };
}
