import { describe, expect, it } from "vitest";
import { newId } from "@/platform/ids";
import { actor } from "@/tests/harness/actor";
import { database } from "@/tests/harness/database";
import { shop } from "@/tests/harness/shop";
import { call } from "../../access/use-case";
import { createJourney } from "../drafting/create";
import { bePresent, listPresent } from "./presence";

await database();
const START = new Date("2026-11-28T10:00:00Z");
const later = (seconds: number) => new Date(START.getTime() + seconds * 1000);

async function drawing() {
  const { workspace } = await shop();
  const made = await call(createJourney, actor(workspace), {
    document: { name: "j", entry: "start", nodes: [], edges: [] },
  });
  if (!made.ok) throw new Error(made.detail);
  const journey = made.value.id;
  const lin = actor(workspace);
  const ada = { ...actor(workspace, "viewer"), user: "ada", name: "Ada" };
  const say = (who: typeof lin, visit: string, at: Date, more: object = {}) =>
    call(bePresent, who, { journey, visit, ...more }, { now: at });
  const seen = async (at: Date) => {
    const answer = await call(listPresent, lin, { journey }, { now: at });
    return answer.ok ? answer.value.people.map(({ name, selected }) => `${name}: ${selected.join()}`) : answer;
  };
  return { workspace, journey, lin, ada, say, seen };
}

describe("presence", () => {
  it("shows who has the journey open and what they have selected", async () => {
    const { lin, ada, say, seen } = await drawing();
    const [a, b] = [newId<string>(), newId<string>()];
    await say(lin, a, START, { selected: ["start"] });
    await say(ada, b, later(1));
    await say(lin, a, later(2), { selected: ["mail", "sms"] });
    expect((await seen(later(3))) as string[]).toEqual(["Ada: ", `${lin.name}: mail,sms`]);
  });

  it("forgets a window that leaves, and one that fell silent", async () => {
    const { lin, ada, say, seen } = await drawing();
    const [a, b] = [newId<string>(), newId<string>()];
    await say(lin, a, START);
    await say(ada, b, START);
    await say(lin, a, later(1), { isLeaving: true });
    expect(await seen(later(2))).toEqual(["Ada: "]);
    expect(await seen(later(31))).toEqual([]);
  });

  it("lets nobody speak for another's window", async () => {
    const { lin, ada, say, seen } = await drawing();
    const visit = newId<string>();
    await say(lin, visit, START, { selected: ["start"] });
    await say(ada, visit, later(1), { selected: ["mail"] });
    await say(ada, visit, later(2), { isLeaving: true });
    expect(await seen(later(3))).toEqual([`${lin.name}: start`]);
  });

  it("is refused for a journey of another workspace", async () => {
    const { journey } = await drawing();
    const { workspace } = await shop();
    expect(await call(bePresent, actor(workspace), { journey, visit: newId() })).toMatchObject({
      ok: false,
      reason: "not_found",
    });
  });
});
