import { renderToStaticMarkup } from "react-dom/server";
import { IntlProvider } from "use-intl";
import { expect, it } from "vitest";
import type { Locale } from "@/core/text";
import { messagesOf } from "../../../_i18n/locale";
import { Arms } from "./arms";

const TOTAL = { entered: 12, goal: 3, held: 8, heldGoal: 1 };
const said = (locale: Locale, total: typeof TOTAL): string =>
  renderToStaticMarkup(
    <IntlProvider locale={locale} messages={messagesOf(locale)} timeZone="UTC">
      <Arms total={total} />
    </IntlProvider>,
  )
    .replaceAll(/<[^>]*>/g, " ")
    .replaceAll(/\s+/g, " ")
    .trim();

it("says how many of those let in and of those held out reached the goal, each of their own", () => {
  expect(said("en", TOTAL)).toBe("Reached the goal Let in 3 of 12 25% Held out 1 of 8 13%");
  expect(said("zh-CN", TOTAL)).toBe("达成目标对比 进入旅程 12 人中 3 人 25% 对照组 8 人中 1 人 13%");
});

it("says no share of nobody, and nothing where nobody is held out", () => {
  expect(said("en", { ...TOTAL, entered: 0, goal: 0 })).toContain("Let in 0 of 0 –");
  expect(said("en", { ...TOTAL, held: 0, heldGoal: 0 })).toBe("");
});
