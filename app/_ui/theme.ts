import { type CSSVariablesResolver, createTheme, type MantineColorsTuple } from "@mantine/core";
import type { Family } from "@/core/journey/kind";
import { BusyButton } from "./busy-button";

/** What a run, message or event is to the eye: four meanings and quiet. */
export type Tone = "ok" | "busy" | "warn" | "bad" | "quiet";

type Scheme = {
  paper: string;
  raised: string;
  sunk: string;
  dot: string;
  line: string;
  lineStrong: string;
  ink: string;
  inkSoft: string;
  inkFaint: string;
  /** Fills; `onAccent` is written on them. `accentInk` is the accent as text on paper. */
  accent: string;
  accentHover: string;
  onAccent: string;
  accentInk: string;
  accentWash: string;
  /** Fills of what cannot be taken back; `onAccent` is written on them. */
  danger: string;
  dangerHover: string;
  family: Record<Family, string>;
  familyWash: Record<Family, string>;
  tone: Record<Tone, string>;
  toneWash: Record<Tone, string>;
  glow: string;
  scrim: string;
  shadow: string;
  shadowFloat: string;
  /** Two soft edges below a card of the canvas. */
  cardShade: string;
};

/**
 * Paper: warm off-white, ink-dark text. The five families differ in hue and in lightness, so that they stay apart
 * for protan, deutan and tritan eyes (`theme.test.ts` measures it); every text colour has 4.5 : 1 on its ground.
 */
export const PAPER: Scheme = {
  paper: "#faf7f1",
  raised: "#fffdf9",
  sunk: "#f3eee4",
  dot: "#ddd4c3",
  line: "#e7e0d3",
  lineStrong: "#cfc5b3",
  ink: "#221d17",
  inkSoft: "#574f45",
  inkFaint: "#6d6458",
  accent: "#c8431a",
  accentHover: "#b03812",
  onAccent: "#fffdf9",
  accentInk: "#b83c14",
  accentWash: "#fbe9df",
  danger: "#b0123b",
  dangerHover: "#960f32",
  family: { trigger: "#0b5c3a", condition: "#842d7b", wait: "#916000", action: "#0c64ad", end: "#65605e" },
  familyWash: { trigger: "#e2f2ea", condition: "#f8e6f1", wait: "#faeed3", action: "#e3edf9", end: "#eee9df" },
  tone: { ok: "#11714a", busy: "#1f5fae", warn: "#8a5800", bad: "#b0123b", quiet: "#665d51" },
  toneWash: { ok: "#e0f2e8", busy: "#e3edf9", warn: "#faeed3", bad: "#fbe3e8", quiet: "#efeae0" },
  glow: "rgba(226, 92, 40, 0.45)",
  scrim: "rgba(34, 29, 23, 0.32)",
  shadow: "0 1px 2px rgba(60, 45, 25, 0.06), 0 1px 1px rgba(60, 45, 25, 0.04)",
  shadowFloat: "0 12px 32px -8px rgba(60, 45, 25, 0.22), 0 2px 6px rgba(60, 45, 25, 0.08)",
  cardShade: "rgba(60, 45, 25, 0.05)",
};

/** Ink: the same accent on dark ink, drawn anew rather than inverted. */
export const INK: Scheme = {
  paper: "#171512",
  raised: "#1f1c18",
  sunk: "#121110",
  dot: "#37322b",
  line: "#322d27",
  lineStrong: "#4a443b",
  ink: "#f2ece2",
  inkSoft: "#c3baac",
  inkFaint: "#a0978a",
  accent: "#c8431a",
  accentHover: "#b93d16",
  onAccent: "#fffdf9",
  accentInk: "#ff9166",
  accentWash: "#3a2117",
  danger: "#b0123b",
  dangerHover: "#960f32",
  family: { trigger: "#7ae3a6", condition: "#eda5ea", wait: "#dc9430", action: "#6a9bef", end: "#aaa49f" },
  familyWash: { trigger: "#15302a", condition: "#38212f", wait: "#352a14", action: "#1b2b40", end: "#2c2823" },
  tone: { ok: "#4fcb94", busy: "#79b0f2", warn: "#e5ab3f", bad: "#ff8398", quiet: "#b3a998" },
  toneWash: { ok: "#143023", busy: "#1b2b40", warn: "#352a14", bad: "#3e1c25", quiet: "#2c2823" },
  glow: "rgba(255, 130, 80, 0.5)",
  scrim: "rgba(0, 0, 0, 0.55)",
  shadow: "0 1px 2px rgba(0, 0, 0, 0.3)",
  shadowFloat: "0 16px 40px -8px rgba(0, 0, 0, 0.6), 0 2px 6px rgba(0, 0, 0, 0.4)",
  cardShade: "rgba(0, 0, 0, 0.16)",
};

/** Warm greys from paper to ink: what Mantine's own parts use where a token does not reach. */
const gray: MantineColorsTuple = [
  "#faf7f1",
  "#f3eee4",
  "#e7e0d3",
  "#d9d0c0",
  "#cfc5b3",
  "#938a7c",
  "#6d6458",
  "#574f45",
  "#3b352d",
  "#221d17",
];
const dark: MantineColorsTuple = [
  "#f2ece2",
  "#c3baac",
  "#a0978a",
  "#847b6f",
  "#3d3831",
  "#2b2722",
  "#1f1c18",
  "#171512",
  "#141210",
  "#0f0e0c",
];
const persimmon: MantineColorsTuple = [
  "#fdf1ea",
  "#fbe0d2",
  "#f7bfa5",
  "#f39b74",
  "#ff9166",
  "#e96b3b",
  "#dd5626",
  "#c8431a",
  "#b03812",
  "#8f2c0d",
];

/** What cannot be taken back, or went wrong: its fills and inks are tokens (`variables`), the rest is what lies between. */
const danger: MantineColorsTuple = [
  "#fbe3e8",
  "#f7c9d3",
  "#f2a3b3",
  "#ff8398",
  "#e8526f",
  "#d62f54",
  "#c41c47",
  "#b0123b",
  "#960f32",
  "#750b27",
];

/** What opens over the page is headed like its sections. */
const TITLE = { fontWeight: 640, fontSize: "1.0625rem", lineHeight: "1.5rem" };

export const theme = createTheme({
  primaryColor: "persimmon",
  primaryShade: 7,
  colors: { gray, dark, persimmon, danger },
  black: PAPER.ink,
  white: PAPER.raised,
  fontFamily:
    '"Inter Variable", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC Variable", system-ui, sans-serif',
  // Chinese by the machine's own font where it has one, as in the text around it.
  fontFamilyMonospace:
    '"JetBrains Mono Variable", "PingFang SC", "HarmonyOS Sans SC", "MiSans", "Microsoft YaHei UI", "Microsoft YaHei", "Source Han Sans SC", "Noto Sans CJK SC", "Noto Sans SC Variable", ui-monospace, monospace',
  headings: {
    fontWeight: String(TITLE.fontWeight),
    textWrap: "balance",
    sizes: {
      h1: { fontSize: "1.625rem", lineHeight: "2rem" },
      h2: { fontSize: "1.0625rem", lineHeight: "1.5rem" },
      h3: { fontSize: "0.9375rem", lineHeight: "1.375rem" },
    },
  },
  fontSizes: { xs: "0.75rem", sm: "0.8438rem", md: "0.9375rem", lg: "1.0625rem", xl: "1.25rem" },
  spacing: { xs: "0.5rem", sm: "0.75rem", md: "1rem", lg: "1.5rem", xl: "2rem" },
  radius: { xs: "0.25rem", sm: "0.375rem", md: "0.5rem", lg: "0.75rem", xl: "1rem" },
  defaultRadius: "md",
  cursorType: "pointer",
  respectReducedMotion: true,
  autoContrast: false,
  components: {
    Button: { defaultProps: { size: "sm", component: BusyButton } },
    TextInput: { defaultProps: { size: "sm" } },
    Select: { defaultProps: { size: "sm", allowDeselect: false, checkIconPosition: "right" } },
    Tooltip: { defaultProps: { openDelay: 350, withArrow: true } },
    Modal: {
      defaultProps: { centered: true, overlayProps: { color: "var(--scrim)", backgroundOpacity: 1 } },
      styles: { title: TITLE },
    },
    Drawer: { styles: { title: TITLE } },
    Paper: { defaultProps: { radius: "lg" } },
    // The keyboard begins at a menu's first line: the library's own place for it is none that a menu may have.
    Menu: { defaultProps: { withInitialFocusPlaceholder: false } },
  },
});

/** A mail brings its own colours, made for white. */
const MAIL_PAPER = "#ffffff";

const kebab = (name: string) => name.replace(/[A-Z]/g, (c) => `-${c.toLowerCase()}`);

/** Tokens as CSS variables: `--paper`, `--ink-soft`, `--family-wait`, `--tone-bad-wash` … plus Mantine's own, led back to them. */
function variables(scheme: Scheme): Record<string, string> {
  const { family, familyWash, tone, toneWash, ...plain } = scheme;
  const named = (prefix: string, colours: Record<string, string>, suffix = "") =>
    Object.entries(colours).map(([key, value]) => [`--${prefix}${kebab(key)}${suffix}`, value]);
  return {
    ...Object.fromEntries([
      ...named("", plain),
      ...named("family-", family),
      ...named("family-", familyWash, "-wash"),
      ...named("tone-", tone),
      ...named("tone-", toneWash, "-wash"),
    ]),
    "--mantine-color-body": scheme.paper,
    "--mantine-color-text": scheme.ink,
    "--mantine-color-bright": scheme.ink,
    "--mantine-color-dimmed": scheme.inkFaint,
    "--mantine-color-placeholder": scheme.inkFaint,
    "--mantine-color-anchor": scheme.accentInk,
    "--mantine-color-error": scheme.tone.bad,
    "--mantine-color-success": scheme.tone.ok,
    "--mantine-color-default": scheme.raised,
    "--mantine-color-default-hover": scheme.sunk,
    "--mantine-color-default-color": scheme.ink,
    "--mantine-color-default-border": scheme.lineStrong,
    "--mantine-color-disabled": scheme.sunk,
    "--mantine-color-disabled-color": scheme.inkFaint,
    "--mantine-color-disabled-border": scheme.line,
    "--mantine-color-persimmon-filled": scheme.accent,
    "--mantine-color-persimmon-filled-hover": scheme.accentHover,
    // A menu's lines take this one for their text.
    "--mantine-color-danger-6": scheme.tone.bad,
    "--mantine-color-danger-filled": scheme.danger,
    "--mantine-color-danger-filled-hover": scheme.dangerHover,
    "--mantine-color-danger-light": scheme.toneWash.bad,
    "--mantine-color-danger-light-hover": scheme.toneWash.bad,
    "--mantine-color-danger-light-color": scheme.tone.bad,
    "--mantine-color-danger-outline": scheme.tone.bad,
    "--mantine-color-danger-text": scheme.tone.bad,
    "--mantine-color-persimmon-light": scheme.accentWash,
    "--mantine-color-persimmon-light-hover": scheme.accentWash,
    "--mantine-color-persimmon-light-color": scheme.accentInk,
    "--mantine-color-persimmon-outline": scheme.accentInk,
    "--mantine-color-persimmon-text": scheme.accentInk,
    "--mantine-color-gray-light": scheme.sunk,
    "--mantine-color-gray-light-hover": scheme.toneWash.quiet,
    "--mantine-color-gray-light-color": scheme.inkSoft,
    "--mantine-primary-color-contrast": scheme.onAccent,
  };
}

export const resolver: CSSVariablesResolver = () => ({
  variables: { "--mail-paper": MAIL_PAPER },
  light: variables(PAPER),
  dark: variables(INK),
});
