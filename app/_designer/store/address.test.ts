import { describe, expect, it } from "vitest";
import { opensBy, queryWith } from "./address";

const read = (search: string, isPublished = true) => opensBy(new URLSearchParams(search), isPublished);

describe("the designer's address", () => {
  it("tells the mode and the period that are looked at, and leaves the rest", () => {
    expect(queryWith("", "live", "day")).toBe("?mode=live&period=day");
    expect(queryWith("?show=settings", "live", "all")).toBe("?show=settings&mode=live");
    expect(queryWith("?mode=live&period=hour", "edit", "hour")).toBe("");
    expect(queryWith("?mode=live", "compare", "all")).toBe("");
  });
  it("opens what it tells", () => {
    expect(read(queryWith("", "live", "hour"))).toEqual({ mode: "live", window: "hour", panel: undefined });
    expect(read("?show=settings")).toEqual({ mode: "edit", window: "all", panel: "settings" });
  });
  it("opens the drawing where it asks for what there is not", () => {
    expect(read("?mode=live", false).mode).toBe("edit");
    expect(read("?mode=version&period=year&show=all")).toEqual({ mode: "edit", window: "all", panel: undefined });
  });
});
