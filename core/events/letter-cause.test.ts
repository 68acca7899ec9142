import { expect, it } from "vitest";
import { sayCause } from "./letter-cause";

it.each(["not_storable", "not_judged"] as const)("tells of %s what to do, without the words of Postgres", (code) => {
  const detail = 'index row size 6752 exceeds btree version 4 maximum 2704 for index "entry_pkey"';
  const says = sayCause({ code, facts: { event: "parcel_seen", detail } });
  expect(`${says.en} ${says["zh-CN"]}`).not.toMatch(/index|btree/);
  expect(says.en).toMatch(/: (correct|judge) /);
  expect(says["zh-CN"]).toMatch(/：请/);
});

it("tells why a message's words could not be made as the list of messages does, and a provider's words as they are", () => {
  const says = (code: "send_unwritten" | "send_refused", detail: string) => sayCause({ code, facts: { detail } });
  expect(says("send_unwritten", "too_long: 5002 characters, at most 1600")).toEqual({
    en: "its words could not be made: Too long: 5002 characters, at most 1600",
    "zh-CN": "无法生成消息内容：过长：5002 个字符，最多 1600 个",
  });
  expect(says("send_unwritten", "not_text: {{ event.box }} is an object or a list of objects")["zh-CN"]).toBe(
    "无法生成消息内容：“{{ event.box }}”的值是对象或对象列表，无法作为文字显示",
  );
  expect(says("send_refused", "21408 no permission to send there").en).toBe(
    "the provider refused it for good: 21408 no permission to send there",
  );
});
