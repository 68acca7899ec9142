import { expect, it } from "vitest";
import { Chance } from "./chance";
import { type Arrived, deedsOf } from "./reader";

const API = "http://localhost:3001";
const mail: Arrived = {
  id: "1",
  channel: "email",
  html: `<a href="${API}/l/abc-1?u=https%3A%2F%2Fshop.example%2Fnew">x</a><a href="${API}/u/zzz">stop</a><img src="${API}/o/def_2.gif" />`,
};
const deeds = (message: Arrived) => {
  const chance = new Chance("readers");
  return Array.from({ length: 2_000 }, () => deedsOf(chance, message));
};

it("opens two mails in five and follows a quarter of them, after opening", () => {
  const all = deeds(mail);
  const opened = all.filter((one) => one.length > 0);
  const clicked = all.filter((one) => one.length === 2);
  expect(opened.length / all.length).toBeCloseTo(0.42, 1);
  expect(clicked.length / opened.length).toBeCloseTo(0.26, 1);
  for (const [picture, link] of clicked) {
    expect(picture?.url).toBe(`${API}/o/def_2.gif`);
    expect(link?.url).toBe(`${API}/l/abc-1?u=https%3A%2F%2Fshop.example%2Fnew`);
    expect(link?.afterMs).toBeGreaterThan(picture?.afterMs ?? 0);
  }
});

it("follows the links of texts and notifications, and never one that unsubscribes", () => {
  const sms = deeds({ id: "2", channel: "sms", text: `Your coupon: ${API}/l/short9 reply R to stop` }).flat();
  expect(new Set(sms.map(({ url }) => url))).toEqual(new Set([`${API}/l/short9`]));
  const push = deeds({ id: "3", channel: "push", url: `${API}/l/p-1?u=https%3A%2F%2Fshop.example` }).flat();
  expect(push.length).toBeGreaterThan(0);
  expect(deeds({ id: "4", channel: "email", html: `<a href="${API}/u/zzz">stop</a>` }).flat()).toEqual([]);
});
