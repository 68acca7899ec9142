import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { nodeKinds } from "@/core/journey/registry";
import { settingNames } from "@/platform/config";

const root = fileURLToPath(new URL("..", import.meta.url));
const read = (file: string): string => readFileSync(join(root, file), "utf8");
// What tools make beside the sources.
const MADE = new Set(["node_modules", ".git", ".next", ".regulars", ".cache", "dist", "generated", "coverage"]);
const filesIn = (folder: string): string[] =>
  readdirSync(join(root, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? (MADE.has(entry.name) ? [] : filesIn(path)) : [path];
  });
const sources = filesIn("");
const pages = sources.filter((file) => file.endsWith(".md"));
const folders = (of: string): string[] =>
  readdirSync(join(root, of), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && sources.some((file) => file.startsWith(`${join(of, entry.name)}/`)))
    .map(({ name }) => name);
/** What stands between backticks on one line. */
const quoted = (text: string): string[] => [...text.matchAll(/`([^`\n]+)`/g)].map(([, inside]) => inside ?? "");

describe("the pages", () => {
  it("name only files that there are", () => {
    const names = new Set(sources.map((file) => file.split("/").at(-1)));
    const own = new Set(["demo.json", "secrets.json", "settings.json", ".regulars/demo.json", "/openapi.json"]);
    const missing = pages.flatMap((page) =>
      quoted(read(page))
        .filter((word) => /^[\w@()./-]+\.(tsx?|mjs|cjs|js|json|sql|prisma|md)$/.test(word) && !own.has(word))
        .filter((word) => (word.includes("/") ? !sources.includes(word) : !names.has(word)))
        .map((word) => `${page}: ${word}`),
    );
    expect(missing).toEqual([]);
  });

  it("link only to pages, pictures and headings that there are", () => {
    const broken = pages.flatMap((page) =>
      [...read(page).matchAll(/\]\((?!https?:)([^)\s]+)\)/g)]
        .map(([, target]) => target ?? "")
        .filter((target) => {
          const [path = "", heading] = target.split("#");
          const file = path === "" ? page : join(dirname(page), path);
          if (!existsSync(join(root, file))) return true;
          return heading !== undefined && !headings(read(file)).includes(heading);
        })
        .map((target) => `${page}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  it("say the same in both languages: as many headings, pictures, commands and links", () => {
    const shape = (page: string) => {
      const text = read(page);
      const count = (sign: RegExp) => text.match(sign)?.length ?? 0;
      return [/^#+ /gm, /^!\[/gm, /^```/gm, /\]\(/g, /^- /gm, /^\| /gm].map(count);
    };
    const pairs = pages.filter((page) => page.endsWith(".zh-CN.md"));
    expect(pairs.length).toBeGreaterThan(1);
    for (const page of pairs) expect(shape(page), page).toEqual(shape(page.replace(".zh-CN.md", ".md")));
  });

  it("count the kinds of step as they are", () => {
    const count = Object.keys(nodeKinds).length;
    expect(read("docs/features.md")).toContain(`**${count} kinds of step**`);
    expect(read("docs/features.zh-CN.md")).toContain(`**${count} 种节点**`);
  });
});

describe("docs/ARCHITECTURE.md", () => {
  it("names each room that there is, and no other", () => {
    const section = read("docs/ARCHITECTURE.md").split("## Rooms")[1]?.split("\n## ")[0] ?? "";
    const [rooms = "", floors = ""] = section.split("Inside `services/`");
    const named = (text: string) => quoted(text.replace(/^(?!\|).*$/gm, ""));
    const firstColumn = rooms.match(/^\| `.*?\|/gm)?.join("\n") ?? "";
    expect(named(firstColumn).sort()).toEqual(
      folders("")
        .filter((name) => !name.startsWith("."))
        .map((name) => `${name}/`)
        .sort(),
    );
    const services = folders("services");
    expect(services.filter((name) => !named(floors).includes(name))).toEqual([]);
    expect(named(floors).filter((name) => /^[a-z]+$/.test(name) && !services.includes(name))).toEqual([]);
  });
});

describe("docs/operate.md", () => {
  it("names every setting", () => {
    const words = quoted(read("docs/operate.md"));
    expect(settingNames.filter((name) => !words.includes(name))).toEqual([]);
  });
});

describe("docs/operations.md and docs/alerts.yml", () => {
  const told = new Set(
    sources
      .filter((file) => /^(services|worker|api)\/.*\.ts$/.test(file) && !file.endsWith(".test.ts"))
      .flatMap((file) => [...read(file).matchAll(/\b(?:counter|gauge|histogram)\(\s*"(\w+)"/g)])
      .map(([, name]) => name ?? ""),
  );
  const table = (read("docs/operations.md").split("## Alerts")[1]?.split("\n## ")[0] ?? "").match(/^\| .*$/gm) ?? [];
  const rules = read("docs/alerts.yml");

  it("alarm only on metrics that there are", () => {
    const inTable = table.slice(1).flatMap((line) => quoted(line.split("|")[2] ?? ""));
    const inRules = [...rules.matchAll(/\bregulars_(\w+)/g)].map(([, name]) => name ?? "");
    expect(inTable.length).toBeGreaterThan(8);
    expect(inRules.length).toBeGreaterThan(8);
    expect(
      [...inTable, ...inRules.map((name) => name.replace(/_bucket$/, ""))].filter((name) => !told.has(name)),
    ).toEqual([]);
  });

  it("say of each alert what it means and what to do", () => {
    const names = table.slice(1).map((line) => (line.split("|")[1] ?? "").trim().toLowerCase().replaceAll(" ", ""));
    const alerts = [...rules.matchAll(/- alert: (\w+)/g)].map(([, name]) => (name ?? "").toLowerCase());
    expect(alerts.sort()).toEqual(names.sort());
  });
});

describe("docs/decisions/README.md", () => {
  it("has a line for every decision", () => {
    const files = readdirSync(join(root, "docs/decisions")).filter((name) => /^\d{3}-/.test(name));
    const lines = [...read("docs/decisions/README.md").matchAll(/^\| \[(\d{3})\]\(([^)]+)\) \| .{20,} \| .+ \|$/gm)];
    expect(lines.map(([, , file]) => file)).toEqual(files.sort());
    for (const [, number, file] of lines) expect(file?.startsWith(`${number}-`), file).toBe(true);
  });
});

/** A page's headings as GitHub names them in addresses. */
function headings(text: string): string[] {
  return (text.match(/^#+ .*$/gm) ?? []).map((line) =>
    line
      .replace(/^#+ /, "")
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}
