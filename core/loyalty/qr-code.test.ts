import { expect, it } from "vitest";
import { type QrCode, qrCode } from "./qr-code";

const rows = (code: QrCode | undefined) =>
  code?.map((line) => Number.parseInt(line.map((isDark) => (isDark ? "1" : "0")).join(""), 2));

/** Each row as a binary number, as two encoders of others (qrcode 8 and segno for Python) draw them with the masks that are chosen here. */
it.each([
  [
    "7K3MQ9XT2HWD",
    [
      2083711, 1065793, 1529181, 1528157, 1530205, 1072705, 2086271, 5120, 1560188, 406423, 321983, 895828, 490874,
      5426, 2081288, 1070117, 1528354, 1528780, 1530176, 1066969, 2087184,
    ],
  ],
  [
    "HTTPS://SHOP.EXAMPLE/A1B2C3",
    [
      33393791, 17166401, 24472413, 24397149, 24448861, 17049153, 33379711, 56320, 20941719, 12143724, 4709105, 8501950,
      31742734, 23154488, 25442360, 19964551, 18318839, 114456, 33366358, 17110815, 24469494, 24479261, 24433675,
      17057322, 33410307,
    ],
  ],
])("draws %s as others do", (text, expected) => {
  expect(rows(qrCode(text))).toEqual(expected);
});

it("grows with the text, and refuses what it cannot hold", () => {
  const sides = [20, 21, 38, 39, 61].map((length) => qrCode("A".repeat(length))?.length);
  expect(sides).toEqual([21, 25, 25, 29, 29]);
  for (const text of ["", "A".repeat(62), "lower", "券"]) expect(qrCode(text)).toBeUndefined();
});
