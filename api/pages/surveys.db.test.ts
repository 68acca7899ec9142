import { afterAll, expect, it } from "vitest";
import { peek, sql } from "@/platform/db";
import { scopeOf, surroundings } from "@/services/messages/content/scope-of";
import { claim } from "@/services/messages/pumping/claim";
import { signSurvey } from "@/services/tasks/survey-link";
import { database } from "@/tests/harness/database";
import { accept, conductAll, dispatchAll, event, liveJourney, members, runsOf } from "@/tests/harness/journey";
import { line } from "@/tests/harness/line";
import { type Shop, shop } from "@/tests/harness/shop";
import { buildServer } from "../server";

await database();
const app = await buildServer();
afterAll(() => app.close());

async function begin(own: Shop) {
  const journey = await liveJourney(
    own,
    line([
      [
        {
          id: "ask",
          kind: "survey",
          config: {
            title: "Your <visit>",
            questions: [
              { is: "score", id: "stars", text: { en: "How was it?", "zh-CN": "怎么样？" }, most: 5, lowUpTo: 2 },
              {
                is: "choice",
                id: "again",
                text: { en: "Again?" },
                options: [
                  { id: "yes", name: { en: "Yes" } },
                  { id: "no", name: { en: "No" } },
                ],
              },
              { is: "text", id: "why", text: { en: "Why?" } },
            ],
            channel: "sms",
            purpose: "service",
            content: { sms: { en: { text: "{{ links.survey }}" } } },
            within: "P7D",
          },
        },
        "low",
      ],
    ]),
  );
  const [member] = await members(own, 1);
  if (!member) throw new Error("no member");
  await accept(own, [{ member, event: event("order_paid", { amount: 1 }) }]);
  await dispatchAll();
  await conductAll(journey.shard);
  const [row] = await peek<{ id: string }>(sql`SELECT id FROM task WHERE workspace_id = ${own.workspace}`);
  return { journey, token: signSurvey(own.workspace, row?.id ?? "") };
}
const post = (token: string, answers: Record<string, string>) =>
  app.inject({
    method: "POST",
    url: `/s/${token}`,
    headers: { "content-type": "application/x-www-form-urlencoded", "accept-language": "en" },
    payload: new URLSearchParams(answers).toString(),
  });

it("leads from the message to a page in the reader's language, keeps what was filled in, and is answered once", async () => {
  const own = await shop();
  const { journey, token } = await begin(own);
  const { claimed } = await claim(own.workspace, "sms", 1, { worker: "c", provider: "p" });
  const [message] = claimed;
  if (!message) throw new Error("no message");
  const scope = scopeOf(
    await surroundings(own.workspace),
    message.member,
    { channel: "sms", purpose: "service", variables: message.variables, entry: message.entry },
    "en",
    new Date(),
  );
  expect(scope.links.survey).toMatch(new RegExp(`/s/${token.replace(".", "[.]")}$`));
  expect(scope.links.surveys).toEqual({ ask: scope.links.survey });

  const english = await app.inject({ url: `/s/${token}`, headers: { "accept-language": "en" } });
  expect(english.statusCode).toBe(200);
  expect(english.body).toContain("How was it?");
  expect(english.body).not.toContain("<visit>");
  const chinese = await app.inject({ url: `/s/${token}`, headers: { "accept-language": "zh-CN" } });
  expect(chinese.body).toContain("怎么样？");
  // A question without the reader's language is asked in the one it has.
  expect(chinese.body).toContain("Again?");

  const half = await post(token, { stars: "2", why: "<b>slow</b>" });
  expect(half.statusCode).toBe(422);
  expect(half.body).toContain('value="2" required checked');
  expect(half.body).not.toContain("<b>slow");
  expect((await post(token, { stars: "9", again: "yes" })).statusCode).toBe(422);

  const both = await Promise.all([
    post(token, { stars: "2", again: "no", why: "slow" }),
    post(token, { stars: "5", again: "yes" }),
  ]);
  expect(both.map(({ statusCode }) => statusCode)).toEqual([200, 200]);
  const [row] = await peek<{ answers: { stars: number } }>(
    sql`SELECT answers FROM task WHERE workspace_id = ${own.workspace}`,
  );
  await dispatchAll();
  await conductAll(journey.shard);
  expect((await runsOf(journey.id))[0]).toMatchObject({ state: "done", vars: { ask: { answer: row?.answers } } });
  expect(await peek(sql`SELECT port FROM journal WHERE workspace_id = ${own.workspace} AND step = 'ask.way'`)).toEqual([
    { port: row?.answers.stars === 2 ? "low" : "high" },
  ]);
  expect((await app.inject({ url: `/s/${token}` })).body).not.toContain("<form");
});

it("opens for no forged, cut off or foreign link, and not after its time", async () => {
  const own = await shop();
  const { token } = await begin(own);
  const other = await shop();
  const [body = ""] = token.split(".");
  for (const bad of [body, `${token.slice(0, -2)}AA`, "x", signSurvey(other.workspace, crypto.randomUUID())])
    expect((await app.inject({ url: `/s/${bad}` })).statusCode).toBe(404);
  await peek(sql`UPDATE task SET due_at = now() - interval '1 second' WHERE workspace_id = ${own.workspace}`);
  expect((await app.inject({ url: `/s/${token}` })).statusCode).toBe(410);
  expect((await post(token, { stars: "1", again: "yes" })).statusCode).toBe(410);
});
