import { expect, it } from "vitest";
import { COMMANDS, commandOf, listed, shownKeys, withKeys } from "./table";

const NONE = { ctrlKey: false, metaKey: false, shiftKey: false, altKey: false };
const meant = (key: string, held: Partial<typeof NONE> = {}, takesSingle = true) =>
  commandOf({ ...NONE, ...held, key }, takesSingle)?.id;

it("reads strokes of keys as they come from a PC's keyboard and a Mac's, with capitals locked or not", () => {
  expect(meant("z", { ctrlKey: true })).toBe("undo");
  expect(meant("Z", { metaKey: true })).toBe("undo");
  expect(meant("Z", { metaKey: true, shiftKey: true })).toBe("redo");
  expect(meant("y", { ctrlKey: true })).toBe("redo");
  expect([meant("t"), meant("T"), meant("T", { shiftKey: true })]).toEqual(["tidy", "tidy", "tidy"]);
  expect([meant("Delete"), meant("Backspace"), meant("F2")]).toEqual(["remove", "remove", "rename"]);
});

it("reads signs wherever a keyboard has them", () => {
  expect([meant("+", { shiftKey: true }), meant("+"), meant("=")]).toEqual(["zoomIn", "zoomIn", "zoomIn"]);
  expect([meant("-"), meant("_", { shiftKey: true })]).toEqual(["zoomOut", "zoomOut"]);
  expect([meant("?", { shiftKey: true }), meant("0")]).toEqual(["keys", "fit"]);
});

it("leaves to the browser what is its own: the clipboard, other keys, and what the Alt key writes", () => {
  expect(["c", "x", "v"].map((key) => meant(key, { ctrlKey: true }))).toEqual([undefined, undefined, undefined]);
  expect([meant("k", { ctrlKey: true }), meant("q"), meant("t", { altKey: true })]).toEqual([
    undefined,
    undefined,
    undefined,
  ]);
});

it("takes no letter, digit or sign alone from a reader who turned them off, and tells them of none", () => {
  expect(["t", "N", "0", "+", "?", "？"].map((key) => meant(key, {}, false))).toEqual(Array(6).fill(undefined));
  expect(meant("?", { shiftKey: true }, false)).toBeUndefined();
  expect([meant("Delete", {}, false), meant("F2", {}, false), meant("z", { ctrlKey: true }, false)]).toEqual([
    "remove",
    "rename",
    "undo",
  ]);
  expect([shownKeys("tidy", true), shownKeys("tidy", false), shownKeys("undo", false)]).toEqual([
    "T",
    undefined,
    "Ctrl Z",
  ]);
  expect(withKeys(false).filter(([, keys]) => keys.length === 1)).toEqual([]);
  expect(withKeys(true).length).toBeGreaterThan(withKeys(false).length);
});

it("gives no stroke of keys to two commands", () => {
  const keys = Object.values(COMMANDS).flatMap((line): readonly string[] => ("keys" in line ? line.keys : []));
  expect(new Set(keys).size).toBe(keys.length);
});

it("lists what can be done in the table's order, whoever says so first", () => {
  const work = () => {};
  expect(listed({ publish: work, undo: undefined, find: work }).map(([id]) => id)).toEqual(["find", "publish"]);
});
