import { expect, it } from "vitest";
import { configured, fallbacks, isSandbox, sandboxOnly } from "./configured";

const vapid = { publicKey: "A".repeat(87), privateKey: "a".repeat(43) };
const own = { vapid, sandbox: "derived" };
const ports = { SANDBOX_HTTP_PORT: 4102, SANDBOX_SMTP_PORT: 4125 };
const none = {
  ...ports,
  TWILIO_ACCOUNT_SID: undefined,
  TWILIO_AUTH_TOKEN: undefined,
  TWILIO_FROM: undefined,
  SMTP_URL: undefined,
  SMTP_CONNECTIONS: 8,
  MAIL_FROM: undefined,
  VAPID_PUBLIC_KEY: undefined,
  VAPID_PRIVATE_KEY: undefined,
  VAPID_SUBJECT: undefined,
  PUSH_HOSTS: "",
};

it("leads to the sandbox on its configured ports when nothing is configured", () => {
  const { twilio, smtp, "web-push": push } = configured(none, own);
  expect(twilio).toMatchObject({ baseUrl: "http://127.0.0.1:4102", authToken: "derived" });
  expect(smtp).toMatchObject({ host: "127.0.0.1", port: 4125, secure: false });
  expect(push).toMatchObject({ ...vapid, hosts: ["127.0.0.1:4102", "localhost:4102"] });
});

it("leads to real accounts by settings alone", () => {
  const sid = `AC${"0".repeat(32)}`;
  const {
    twilio,
    smtp,
    "web-push": push,
  } = configured(
    {
      ...none,
      TWILIO_ACCOUNT_SID: sid,
      TWILIO_AUTH_TOKEN: "t",
      TWILIO_FROM: "MG1",
      SMTP_URL: "smtps://me%40shop.example:p%3Aw@mail.example",
      MAIL_FROM: "青禾 <hi@shop.example>",
      VAPID_PUBLIC_KEY: "B".repeat(87),
      VAPID_PRIVATE_KEY: "p".repeat(43),
    },
    own,
  );
  expect(twilio).toEqual({
    accountSid: sid,
    authToken: "t",
    from: "MG1",
    baseUrl: "https://api.twilio.com",
    timeoutMs: 10_000,
  });
  expect(smtp).toMatchObject({
    host: "mail.example",
    port: 465,
    secure: true,
    user: "me@shop.example",
    password: "p:w",
    from: { name: "青禾", address: "hi@shop.example" },
    connections: 8,
  });
  expect(push.hosts).toContain("fcm.googleapis.com");
});

it("leads to another region of a provider's, and to push services of one's own", () => {
  const of = configured(
    {
      ...none,
      TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
      TWILIO_AUTH_TOKEN: "t",
      TWILIO_FROM: "MG1",
      TWILIO_API_URL: "https://api.dublin.ie1.twilio.com",
      VAPID_PUBLIC_KEY: "B".repeat(87),
      VAPID_PRIVATE_KEY: "p".repeat(43),
      PUSH_HOSTS: "push.example.com, *.push.example.org",
    },
    own,
  );
  expect(of.twilio.baseUrl).toBe("https://api.dublin.ie1.twilio.com");
  expect(of["web-push"].hosts).toEqual(
    expect.arrayContaining(["fcm.googleapis.com", "push.example.com", "*.push.example.org"]),
  );
});

it("never gives a password to a mail server without TLS", () => {
  expect(configured({ ...none, SMTP_URL: "smtp://u:p@mail.example" }, own).smtp).toMatchObject({
    port: 587,
    secure: false,
    requireTls: true,
  });
  expect(configured({ ...none, SMTP_URL: "smtp://127.0.0.1:2525" }, own).smtp).toMatchObject({
    port: 2525,
    requireTls: false,
  });
});

it("leaves a demo no account of anybody's, neither first nor second", () => {
  const all = {
    ...none,
    TWILIO_ACCOUNT_SID: `AC${"0".repeat(32)}`,
    TWILIO_AUTH_TOKEN: "t",
    TWILIO_FROM: "MG1",
    TWILIO_FALLBACK_ACCOUNT_SID: `AC${"1".repeat(32)}`,
    TWILIO_FALLBACK_AUTH_TOKEN: "t",
    TWILIO_FALLBACK_FROM: "MG1",
    SMTP_URL: "smtps://mail.example",
    SMTP_FALLBACK_URL: "smtps://mail2.example",
    MAIL_FROM: "hi@shop.example",
    VAPID_PUBLIC_KEY: "B".repeat(87),
    VAPID_PRIVATE_KEY: "b".repeat(43),
    VAPID_SUBJECT: "mailto:hi@shop.example",
  };
  expect(configured(sandboxOnly(all), own)).toEqual(configured(none, own));
  expect(fallbacks(sandboxOnly(all))).toEqual({});
  const names = ["twilio", "smtp", "web-push"] as const;
  expect(names.map((name) => isSandbox(all, name))).toEqual([false, false, false]);
  expect(names.map((name) => isSandbox(sandboxOnly(all), name))).toEqual([true, true, true]);
});
