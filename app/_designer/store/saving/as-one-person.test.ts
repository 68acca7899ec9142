import { expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import { asOnePerson } from "./as-one-person";
import type { Answer } from "./sync";

const drawing: JourneyDocument = {
  name: "j",
  entry: "n0",
  nodes: [],
  edges: [],
  settings: { reentry: { is: "after_end" }, priority: 0 },
};
const saved: Answer = { is: "saved", revision: 2, hasChanges: true };
const out: Answer = { is: "refused", why: "signed_out", detail: "" };

it("saves for whoever signed in again, and never under somebody else's name", async () => {
  const answers = [saved, out, saved];
  const signedIn: ({ user: string; name: string } | undefined)[] = [
    undefined,
    { user: "bo", name: "Bo" },
    { user: "ada", name: "Ada" },
  ];
  let asked = 0;
  const save = asOnePerson("ada", {
    save: async () => answers.shift() ?? { is: "offline" },
    who: async () => signedIn[asked++],
  });
  expect(await save(drawing, 1)).toEqual(saved);
  expect(asked).toBe(0);
  expect(await save(drawing, 2)).toEqual(out);
  expect(await save(drawing, 2)).toEqual(out);
  expect(await save(drawing, 2)).toEqual({ is: "refused", why: "somebody_else", detail: "Bo" });
  expect(await save(drawing, 2)).toEqual(saved);
  expect(await save(drawing, 3)).toEqual({ is: "offline" });
  expect(asked).toBe(3);
});
