import { expect, it } from "vitest";
import { whyAsked } from "./why-asked";

it.each([
  ["why did Ada Li not get it?", "Ada Li"],
  ["Why didn’t ada@example.com receive the mail", "ada@example.com"],
  ["why did or didn't Ada", "Ada"],
  ["why 13800138000", "13800138000"],
  ["why", ""],
  ["Why did", ""],
  ["why did get", ""],
  ["为什么王欣怡没收到短信？", "王欣怡"],
  ["为什么没有 王欣怡", "王欣怡"],
  ["为何", ""],
])("asks about a member: %s", (typed, name) => expect(whyAsked(typed)).toBe(name));

it.each(["Whyte", "Ada", "whyever", "什么"])("asks nothing of the kind: %s", (typed) =>
  expect(whyAsked(typed)).toBeUndefined(),
);
