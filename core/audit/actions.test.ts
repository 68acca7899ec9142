import { expect, it } from "vitest";
import { auditActions } from "./actions";

it("names each action by what was done: a thing and a past participle", () => {
  const participle =
    /^[a-z]+(_[a-z]+)*\.([a-z]+_)?([a-z]+ed|woken|shown|chosen|sent|set|spent|taken|withdrawn)(_again|_aside|_back)?$/;
  expect(Object.keys(auditActions).filter((action) => !participle.test(action))).toEqual([]);
});
