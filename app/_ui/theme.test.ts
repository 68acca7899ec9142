import { readdirSync, readFileSync } from "node:fs";
import { DEFAULT_THEME } from "@mantine/core";
import { describe, expect, it } from "vitest";
import { INK, PAPER, theme } from "./theme";

type Rgb = [number, number, number];
const linear = (c: number) => (c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4);
const rgb = (hex: string): Rgb => [1, 3, 5].map((i) => linear(Number.parseInt(hex.slice(i, i + 2), 16) / 255)) as Rgb;
const luminance = ([r, g, b]: Rgb) => 0.2126 * r + 0.7152 * g + 0.0722 * b;

/** WCAG 2.2, contrast ratio. */
function contrast(a: string, b: string): number {
  const [light, dark] = [luminance(rgb(a)), luminance(rgb(b))].sort((x, y) => y - x) as [number, number];
  return (light + 0.05) / (dark + 0.05);
}

// Machado, Oliveira & Fernandes 2009, severity 1.0.
const EYES: Record<string, number[][]> = {
  normal: [
    [1, 0, 0],
    [0, 1, 0],
    [0, 0, 1],
  ],
  protan: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deutan: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritan: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
};

/** OKLab, where a distance of 0.02 is just noticeable. */
function lab(colour: Rgb): Rgb {
  const [r, g, b] = colour;
  const l = Math.cbrt(0.4122214708 * r + 0.5363325363 * g + 0.0514459929 * b);
  const m = Math.cbrt(0.2119034982 * r + 0.6806995451 * g + 0.1073969566 * b);
  const s = Math.cbrt(0.0883024619 * r + 0.2817188376 * g + 0.6299787005 * b);
  return [
    0.2104542553 * l + 0.793617785 * m - 0.0040720468 * s,
    1.9779984951 * l - 2.428592205 * m + 0.4505937099 * s,
    0.0259040371 * l + 0.7827717662 * m - 0.808675766 * s,
  ];
}
function seen(hex: string, eye: number[][]): Rgb {
  const c = rgb(hex);
  return lab(
    eye.map((row) =>
      Math.min(1, Math.max(0, (row[0] ?? 0) * c[0] + (row[1] ?? 0) * c[1] + (row[2] ?? 0) * c[2])),
    ) as Rgb,
  );
}

for (const [name, scheme] of Object.entries({ paper: PAPER, ink: INK }))
  describe(name, () => {
    it("writes every text colour at 4.5 : 1 or more on every ground it stands on", () => {
      const pairs: [string, string][] = [scheme.paper, scheme.raised, scheme.sunk].flatMap((ground) =>
        [scheme.ink, scheme.inkSoft, scheme.inkFaint, scheme.accentInk].map((text): [string, string] => [text, ground]),
      );
      pairs.push(
        [scheme.onAccent, scheme.accent],
        [scheme.onAccent, scheme.accentHover],
        [scheme.onAccent, scheme.danger],
        [scheme.onAccent, scheme.dangerHover],
        [scheme.accentInk, scheme.accentWash],
      );
      for (const tone of ["ok", "busy", "warn", "bad", "quiet"] as const)
        pairs.push(
          [scheme.tone[tone], scheme.toneWash[tone]],
          [scheme.tone[tone], scheme.raised],
          [scheme.tone[tone], scheme.paper],
        );
      for (const family of ["trigger", "condition", "wait", "action", "end"] as const)
        pairs.push([scheme.family[family], scheme.familyWash[family]], [scheme.family[family], scheme.raised]);
      const low = pairs.map(([a, b]) => ({ a, b, ratio: contrast(a, b) })).filter(({ ratio }) => ratio < 4.5);
      expect(low).toEqual([]);
    });

    it.each(Object.keys(EYES))("keeps the families of nodes apart for %s eyes", (eye) => {
      const families = Object.entries(scheme.family);
      const near = families.flatMap(([a, x], i) =>
        families.slice(i + 1).flatMap(([b, y]) => {
          const [p, q] = [seen(x, EYES[eye] ?? []), seen(y, EYES[eye] ?? [])];
          const distance = Math.hypot(p[0] - q[0], p[1] - q[1], p[2] - q[2]);
          return distance < 0.05 ? [{ a, b, distance }] : [];
        }),
      );
      expect(near).toEqual([]);
    });
  });

it("alone names a colour: no screen uses one of the library's own", () => {
  const own = Object.keys(DEFAULT_THEME.colors).filter((name) => !Object.keys(theme.colors ?? {}).includes(name));
  const named = new RegExp(`["'\`](${own.join("|")})(\\.\\d)?["'\`]|--mantine-color-(${own.join("|")})-`);
  const files = readdirSync("app", { recursive: true, encoding: "utf8" })
    .filter((file) => /\.(tsx?|css)$/.test(file) && !file.endsWith(".test.ts"))
    .map((file) => `app/${file}`);
  expect(files.length).toBeGreaterThan(100);
  expect(files.filter((file) => named.test(readFileSync(file, "utf8")))).toEqual([]);
});
