import type { Page } from "playwright-core";
import { Drawing } from "./drawing";

const SMS = {
  en: "{{ member.name }}, thank you! {{ coupon.name }}: code {{ coupon.code }}, valid until {{ coupon.expires_at | date }}.",
  "zh-CN":
    "【{{ workspace.name }}】{{ member.name }}，谢谢惠顾！{{ coupon.name }}，券码 {{ coupon.code }}，有效期至{{ coupon.expires_at | date }}。",
};

export type BigOrder = Record<
  "paid" | "gold" | "both" | "five" | "sms" | "email" | "used" | "user" | "reminder" | "end",
  string
>;

/**
 * Draws, in an empty journey: an order of 100 yuan or more is paid → gold: coupon and 100 points at once, else: another coupon → SMS →
 * email → wait for that coupon's redemption, 7 days at most → redeemed: a tag, not redeemed: a web push → end. Tells the cards' ids.
 */
export async function drawBigOrder(page: Page, name: string): Promise<BigOrder> {
  const drawing = new Drawing(page);
  const {
    inspector,
    page: { keyboard },
  } = drawing;
  await page.getByTestId("journey-name").fill(name);

  const paid = "on-event";
  await drawing.open(paid);
  const amount = await drawing.condition("amount", "event.amount");
  await amount.getByLabel("Value").fill("100");

  const gold = await drawing.drag("if", { node: paid, port: "next" });
  const tier = await drawing.condition("tier", "member.tier");
  await tier.getByRole("combobox", { name: "Value" }).click();
  await keyboard.type("gold");
  await page.getByRole("option", { name: "Gold", exact: true }).click();

  const both = await drawing.type("reward", { node: gold, port: "yes" });
  await inspector.getByTestId("add-coupon").click();
  await newOffer(drawing, async (form) => {
    await form.getByLabel("Takes off").fill("20");
    await form.getByLabel("From a purchase of").fill("100");
    await form.getByLabel("Valid for (days)").fill("30");
    await form.getByLabel("Name · English").fill("20 off 100, 30 days");
    await form.getByLabel("Name · 中文").fill("满100减20");
  });
  await inspector.getByTestId("add-points").click();
  await inspector.getByTestId("grant-points").getByLabel("Points").fill("100");

  const five = await drawing.drag("reward", { node: gold, port: "no" });
  await inspector.getByTestId("add-coupon").click();
  await newOffer(drawing, async (form) => {
    await form.getByText("Cash voucher").click();
    await form.getByLabel("Takes off").fill("5");
    await form.getByLabel("Name · English").fill("5 off");
  });

  const sms = await drawing.type("sms", { node: both, port: "granted" });
  for (const [language, text] of Object.entries(SMS)) {
    await inspector.getByTestId(`language-${language}`).click();
    await inspector.getByRole("textbox", { name: "Text", exact: true }).fill(text);
  }
  await drawing.connect({ node: five, port: "granted" }, sms);

  const email = await drawing.drag("send", { node: sms, port: "next" });
  await drawing.field("channel").getByText("Email").click();
  await inspector.getByTestId("language-en").click();
  await inspector.getByLabel("Subject", { exact: true }).fill("A thank-you for your order, {{ member.name }}");
  await inspector.getByTestId("block-0-text").getByRole("textbox").fill("This is for your next visit:");
  await inspector.getByTestId("add-block-coupon").click();

  const used = await drawing.type("wait for an event", { node: email, port: "next" });
  const redeemed = await drawing.condition("coupon_id", "event.coupon_id");
  await redeemed.getByRole("combobox", { name: "Compare with another field" }).click();
  await page.getByRole("option", { name: "Coupon of this run", exact: true }).click();
  await drawing.field("within").getByLabel("At most: Length").fill("7");

  const user = await drawing.type("tag", { node: used, port: "happened" });
  await drawing.field("tag").getByLabel("Tag").fill("coupon user");

  const reminder = await drawing.drag("send", { node: used, port: "timeout" });
  await drawing.field("channel").getByText("Push").click();
  await inspector.getByTestId("language-en").click();
  await inspector.getByLabel("Title", { exact: true }).last().fill("Your coupon waits");
  await inspector
    .getByRole("textbox", { name: "Text", exact: true })
    .fill("{{ coupon.name }}: until {{ coupon.expires_at | date }}");

  const end = await drawing.type("exit", { node: user, port: "next" });
  await drawing.connect({ node: reminder, port: "next" }, end);
  await drawing.saved();
  return { paid, gold, both, five, sms, email, used, user, reminder, end };
}

/** Makes an offer in place: the coupon field's list ends in "New offer …". */
async function newOffer(
  { page, inspector }: Drawing,
  fill: (form: ReturnType<Page["getByRole"]>) => Promise<void>,
): Promise<void> {
  await inspector.getByTestId("grant-coupon").getByLabel("Coupon").click();
  await page.getByTestId("new-offer").click();
  const form = page.getByRole("dialog", { name: "New offer" });
  await form.waitFor();
  await fill(form);
  await form.getByRole("button", { name: "Create and use" }).click();
  await form.waitFor({ state: "detached" });
}
