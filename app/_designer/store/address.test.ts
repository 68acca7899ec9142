import { describe, expect, it } from "vitest";
import { type Opens, opensBy, queryWith } from "./address";

const read = (search: string, isPublished = true) => opensBy(new URLSearchParams(search), isPublished);

const drawing: Opens = { mode: "edit", sides: undefined, viewing: undefined, window: "all", panel: undefined };
const told = (search: string, looks: Partial<Opens> = {}, window: Opens["window"] = "all") =>
  queryWith(search, { ...drawing, ...looks }, window);

describe("the designer's address", () => {
  it("tells the mode and the period that are looked at, and leaves the rest", () => {
    expect(told("", { mode: "live" }, "day")).toBe("?mode=live&period=day");
    expect(told("?show=settings", { mode: "live" })).toBe("?show=settings&mode=live");
    expect(told("?mode=live&period=hour", {}, "hour")).toBe("");
    expect(told("?mode=live", { mode: "compare", sides: { from: 2, to: "draft" } })).toBe(
      "?mode=compare&from=2&to=draft",
    );
    expect(told("?mode=compare&from=2&to=draft", { mode: "version", viewing: 3 })).toBe("?mode=version&version=3");
    expect(told("?mode=version&version=3")).toBe("");
  });
  it("opens what it tells", () => {
    expect(read(told("", { mode: "live" }, "hour"))).toEqual({ ...drawing, mode: "live", window: "hour" });
    expect(read("?show=settings")).toEqual({ ...drawing, panel: "settings" });
    for (const looks of [
      { mode: "compare", sides: { from: 1, to: 2 } },
      { mode: "compare", sides: { from: "draft", to: 12 } },
      { mode: "version", viewing: 3 },
    ] as const)
      expect(read(told("", looks))).toEqual({ ...drawing, ...looks });
  });
  it("opens the drawing where it asks for what there is not", () => {
    for (const search of ["?mode=live", "?mode=compare&from=1&to=2", "?mode=version&version=1"])
      expect(read(search, false)).toEqual(drawing);
    for (const search of [
      "?mode=version&period=year&show=all",
      "?mode=version&version=0",
      "?mode=version&version=draft",
      "?mode=compare&from=1",
      "?mode=compare&from=1&to=new",
    ])
      expect(read(search)).toEqual(drawing);
  });
});
