import { expect, it } from "vitest";
import { normalIdentity } from "./identity";

it.each([
  ["phone", "138 0013 8000", "+8613800138000"],
  ["phone", "＋86 138-0013-8000", "+8613800138000"],
  ["phone", "+44 20 7946 0958", "+442079460958"],
  ["phone", "12345", undefined],
  ["phone", "hello", undefined],
  ["email", " Ada@Example.COM ", "ada@example.com"],
  ["email", "ada@example.com\u200b", "ada@example.com"],
  ["email", "\ufeffad\u00ada@example\u2060.com ", "ada@example.com"],
  ["email", "\u200b", undefined],
  ["email", "ada@localhost", undefined],
  ["email", "a b@c.co", undefined],
  ["userId", " 42 ", "42"],
  ["userId", "  ", undefined],
  ["userId", "x".repeat(256), undefined],
] as const)("reads %s %j as %j", (kind, value, normal) => {
  expect(normalIdentity(kind, value)?.value).toBe(normal);
});
