import { expect, it } from "vitest";
import { JourneyDocument } from "../document";
import { problems } from "../problems";
import { nodeKinds } from "../registry";

const errors = (kind: "on-schedule" | "on-broadcast", config: object) =>
  problems(
    JourneyDocument.parse({
      name: "By the clock",
      entry: "t",
      nodes: [
        { id: "t", kind, config: { ...nodeKinds[kind].initial, ...config } },
        { id: "tag", kind: "tag", config: { tag: "a", action: "add" } },
      ],
      edges: [{ from: "t", port: "next", to: "tag" }],
    }),
  ).filter(({ severity }) => severity === "error");

it("lets no schedule be published that never comes", () => {
  expect(errors("on-schedule", { cron: "0 0 30 2 *" })).toMatchObject([
    { code: "schedule_never", node: "t", path: ["cron"], says: { en: expect.stringContaining("never comes") } },
  ]);
  expect(errors("on-schedule", { cron: "0 0 29 2 *" })).toEqual([]);
});

it.each(["2027-02-30T10:00", "2027-13-01T10:00", "2027-02-01T25:00", "2027-02-01 10:00"])(
  "takes no broadcast at %s, and says what would be right",
  (at) => {
    expect(errors("on-broadcast", { at })).toMatchObject([
      {
        code: "config_invalid",
        node: "t",
        path: ["at"],
        says: {
          en: expect.stringContaining("2026-12-01T10:00"),
          "zh-CN": expect.stringContaining("应为日历上存在的日期和时刻"),
        },
      },
    ]);
  },
);

it("takes a broadcast at a day that only leap years have", () => {
  expect(errors("on-broadcast", { at: "2028-02-29T10:00" })).toEqual([]);
  expect(errors("on-broadcast", { at: "" })).toEqual([]);
});
