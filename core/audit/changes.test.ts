import { describe, expect, it } from "vitest";
import { WorkspaceSettings } from "../workspace/settings";
import { changesIn, changesOf } from "./changes";
import { settingName, settingValue } from "./setting-names";

describe("changes of settings", () => {
  it("tells each setting that differs, with what it was and is", () => {
    const before = { name: "Tea", messaging: { quietHours: { from: "22:00", to: "08:00" }, signature: null } };
    const after = { name: "Tea", messaging: { quietHours: { from: "21:00", to: "08:00" }, signature: "茶铺" } };
    const changed = changesOf(before, after);
    expect(changed).toEqual([
      { setting: "messaging.quietHours.from", before: "22:00", after: "21:00" },
      { setting: "messaging.signature", before: null, after: "茶铺" },
    ]);
    expect(changesOf(after, { name: "Tea", messaging: { quietHours: null } }).map(({ after }) => after)).toEqual([
      null,
      null,
      null,
    ]);
    expect(changesOf(after, after)).toEqual([]);
    expect(changesIn({ changed })).toEqual(changed);
    expect(changesIn({ name: "Tea" })).toBeUndefined();
  });

  it("has a name for every setting there is", () => {
    const cap = { most: 3, days: 7 };
    const whole = (points: object) =>
      WorkspaceSettings.required().parse({
        loyalty: { points },
        messaging: {
          quietHours: { from: "21:00", to: "08:00" },
          caps: { all: cap, channels: { sms: cap }, categories: { birthday: cap } },
          monthlyBudget: 100,
          signature: "茶铺",
        },
        demo: { simulate: { on: true, perMinute: 6 } },
        holdout: { percent: 5 },
        publishing: {},
      });
    const settings = [
      { expiry: "rolling", months: 12 },
      { expiry: "calendar", years: 1 },
    ].flatMap((points) => changesOf({}, { name: "Tea", timeZone: "Asia/Shanghai", locale: "en", ...whole(points) }));
    expect(settings.filter(({ setting }) => !settingName(setting))).toEqual([]);
    expect(settingName("messaging.caps.categories.birthday.most")).toEqual({
      en: "most promotions about “birthday”",
      "zh-CN": "“birthday”类营销消息上限",
    });
    expect(settingValue("messaging.monthlyBudget", "")?.en).toBe("not set");
    expect(settingName("sending.isStopped")).toBeUndefined();
  });
});
