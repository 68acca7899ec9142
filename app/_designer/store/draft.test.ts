import { expect, it } from "vitest";
import type { JourneyDocument } from "@/core/journey/document";
import { createKeeper, readDraft } from "./draft";

const document = (name: string): JourneyDocument => ({
  name,
  entry: "start",
  nodes: [],
  edges: [],
  settings: { reentry: { is: "after_end" }, priority: 0 },
});
const draft = (name: string) => ({ revision: 3, base: document("base"), document: document(name) });

it("keeps the last of many changes once the typing pauses, at once when the page goes away, and nothing once all is saved", () => {
  const kept = new Map<string, string>();
  let writes = 0;
  const storage = {
    getItem: (key: string) => kept.get(key) ?? null,
    setItem: (key: string, value: string) => {
      writes++;
      kept.set(key, value);
    },
    removeItem: (key: string) => kept.delete(key),
  };
  let due: (() => void) | undefined;
  const keeper = createKeeper("j", storage, (_ms, work) => {
    due = work;
    return () => {
      due = undefined;
    };
  });
  for (const name of ["a", "ab", "abc"]) keeper.keep(draft(name));
  expect(writes).toBe(0);
  due?.();
  expect(readDraft("j", storage)?.document.name).toBe("abc");
  expect(writes).toBe(1);

  keeper.keep(draft("abcd"));
  keeper.flush();
  expect(readDraft("j", storage)?.document.name).toBe("abcd");

  keeper.keep(draft("abcde"));
  keeper.keep(undefined);
  due?.();
  expect(readDraft("j", storage)).toBeUndefined();
});
