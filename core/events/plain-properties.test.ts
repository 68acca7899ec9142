import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { catalogue, EVENT_NAMES, propertiesSchema } from "./catalogue";
import { LARGEST_AMOUNT } from "./money";
import { isPlain } from "./plain-properties";
import { type Property, schemaOf } from "./property";

const TYPES = ["text", "money", "count", "number", "boolean", "instant", "date", "list", "items"] as const;
const ofEveryType: Record<string, Property> = {
  ...Object.fromEntries(TYPES.map((type) => [type, { type, name: { en: type, "zh-CN": type } }])),
  amount: { type: "money", name: { en: "Amount", "zh-CN": "金额" } },
  chosen: { type: "text", name: { en: "Chosen", "zh-CN": "选项" }, options: ["store", "online"] },
};

const scalar = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.integer(),
  fc.double(),
  fc.boolean(),
  fc.constantFrom("store", "2026-11-22", "2026-11-22T08:00:00Z", "x".repeat(4000), "x".repeat(4001)),
  fc.constantFrom(
    LARGEST_AMOUNT,
    LARGEST_AMOUNT + 1,
    -LARGEST_AMOUNT,
    -LARGEST_AMOUNT - 1,
    2 ** 53,
    -0,
    -1,
    Number.POSITIVE_INFINITY,
  ),
  fc.constantFrom(null, undefined),
);
const item = fc.oneof(
  scalar,
  fc.constant(JSON.parse('{ "__proto__": { "sku": 1 }, "sku": "a" }')),
  fc.record(
    { product_id: scalar, sku: scalar, name: scalar, price: scalar, quantity: scalar, amount: scalar, more: scalar },
    { requiredKeys: [] },
  ),
);
const value = fc.oneof(scalar, fc.array(scalar, { maxLength: 3 }), fc.array(item, { maxLength: 3 }), item);

describe("properties", () => {
  it.each(Object.keys(ofEveryType))("are plain only where the schema leaves a %s as it is", (key) => {
    const schema = schemaOf(ofEveryType);
    fc.assert(
      fc.property(value, (said) => {
        if (isPlain(ofEveryType, { [key]: said })) expect(schema.parse({ [key]: said })).toEqual({ [key]: said });
      }),
      { numRuns: 1000 },
    );
  });

  it.each(EVENT_NAMES)("of %s are plain only where its own schema leaves them as they are", (name) => {
    const { properties } = catalogue[name];
    fc.assert(
      fc.property(fc.dictionary(fc.constantFrom(...Object.keys(properties), "own"), value), (said) => {
        if (isPlain(properties, said)) expect(propertiesSchema(name).parse(said)).toEqual(said);
      }),
    );
  });

  it("are plain as a shop sends them, and not when one is missing, too much, or of another kind", () => {
    const order = catalogue.order_paid.properties;
    const said = { order_id: "A1", amount: 12_000, items: [{ sku: "s", price: 12_000, quantity: 1 }], till: 4 };
    expect(isPlain(order, said)).toBe(true);
    expect(isPlain(order, { ...said, amount: undefined })).toBe(order.amount?.required !== true);
    for (const wrong of [{ amount: -1 }, { amount: 1.5 }, { order_id: 7 }, { items: [{ price: "1" }] }])
      expect(isPlain(order, { ...said, ...wrong })).toBe(false);
  });
});
