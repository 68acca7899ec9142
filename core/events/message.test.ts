import fc from "fast-check";
import { expect, it } from "vitest";
import { Message, plainMessage } from "./message";

const text = fc.oneof(
  fc.string({ maxLength: 8 }),
  fc.constantFrom("", " a ", "a".repeat(255), "a".repeat(256)),
  fc.constantFrom(0, 1.5, 7, 2 ** 53, true, null, undefined, [], {}),
);
const bag = fc.oneof(
  fc.dictionary(fc.string({ maxLength: 4 }), fc.jsonValue({ maxDepth: 1 })),
  fc.constant(JSON.parse('{ "__proto__": { "a": 1 }, "b": 2 }')),
  fc.constantFrom(null, undefined, [], "text", 7),
);
const message = fc.record(
  {
    messageId: text,
    userId: text,
    anonymousId: text,
    previousId: text,
    groupId: text,
    event: text,
    name: text,
    category: text,
    properties: bag,
    traits: bag,
    context: bag,
    timestamp: text,
    originalTimestamp: text,
    sentAt: text,
    historical: fc.oneof(fc.boolean(), text),
  },
  { requiredKeys: [] },
);

it("is taken as plain only where the schema leaves it as it is", () => {
  fc.assert(
    fc.property(message, (said) => {
      const plain = plainMessage(said);
      if (plain === undefined) return;
      const read = Message.parse(said);
      for (const [key, value] of Object.entries(plain)) expect(read[key]).toEqual(value);
    }),
    { numRuns: 3000 },
  );
});

it("is plain as a client library sends it", () => {
  const sent = { type: "track", messageId: "m1", userId: "u1", event: "order_paid", properties: { amount: 1 } };
  expect(
    plainMessage({ ...sent, context: { library: { name: "js" } }, timestamp: "2026-11-22T08:00:00Z" }),
  ).toMatchObject({ userId: "u1", properties: { amount: 1 }, traits: {} });
});
