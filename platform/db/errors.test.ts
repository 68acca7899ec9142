import { expect, it } from "vitest";
import { onceBack } from "./errors";

/** Work that finds the database away so many times, then answers how often it was tried. */
function awayAtFirst(times: number, code = "25P03"): () => Promise<number> {
  let tried = 0;
  return async () => {
    tried++;
    if (tried <= times) throw Object.assign(new Error("the session was ended"), { code });
    return tried;
  };
}

it("does the same again when a session was ended for standing still", async () => {
  expect(await onceBack(awayAtFirst(2), 5)).toBe(3);
});

it("gives up after so many tries, with the last one's error", async () => {
  await expect(onceBack(awayAtFirst(2), 2)).rejects.toMatchObject({ code: "25P03" });
});

it("does not repeat what is no matter of the connection", async () => {
  await expect(onceBack(awayAtFirst(1, "23505"), 5)).rejects.toMatchObject({ code: "23505" });
});
