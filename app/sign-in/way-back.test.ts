import { describe, expect, it } from "vitest";
import { signInFrom, wayBack } from "./way-back";

describe("the way back from the sign-in page", () => {
  it.each([
    ["/runs/3f0e", "/runs/3f0e"],
    ["/runs?state=failed&journey=a b", "/runs?state=failed&journey=a%20b"],
    ["//evil.example/runs", "/"],
    ["/\\evil.example", "/"],
    ["/\t/evil.example", "/"],
    ["/.//evil.example", "/"],
    ["/runs/..//evil.example", "/"],
    ["/%2e//evil.example", "/"],
    ["https://evil.example", "/"],
    ["javascript:alert(1)", "/"],
    ["/sign-in?to=/sign-in", "/"],
    ["runs", "/"],
    [["/runs", "/members"], "/"],
    [undefined, "/"],
  ])("%j leads to %s", (to, path) => {
    expect(wayBack(to)).toBe(path);
  });
  it("stands in the sign-in page's address", () => {
    const address = signInFrom("/runs?state=failed");
    expect(wayBack(new URL(address, "http://console").searchParams.get("to"))).toBe("/runs?state=failed");
    expect(signInFrom("/")).toBe("/sign-in");
    expect(signInFrom(null)).toBe("/sign-in");
    expect(signInFrom("/", true)).toBe("/sign-in?another=yes");
    const another = new URL(signInFrom("/runs?a=b", true), "http://console").searchParams;
    expect(another.get("to")).toBe("/runs?a=b");
  });
});
