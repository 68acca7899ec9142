// A part's sources packed into one file: starting from it takes half the processor time of starting from the sources, each of which is looked up
// and turned into JavaScript by itself. Built-ins only until it packs: it runs before any dependency is there.
import { createHash } from "node:crypto";
import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
/** Besides a program's own sources: what decides how they are packed. */
const ALSO = ["scripts/pack.mjs", "tsconfig.json"];
const MADE_OF = "\n//# made of ";

/**
 * The program of a part whose entry is this path from the root, made anew when one of its sources changed. Undefined where it cannot be made or
 * kept: the sources say more about what is wrong with them, and run all the same.
 */
export async function packed(entry, folder = join(root, "dist")) {
  const program = join(folder, `${entry.replaceAll("/", "-").replace(/\.ts$/, "")}.mjs`);
  if (isCurrent(program)) return program;
  try {
    mkdirSync(folder, { recursive: true });
    await pack(entry, program);
    return program;
  } catch {
    return undefined;
  }
}

function isCurrent(program) {
  try {
    const text = readFileSync(program, "utf8");
    const made = JSON.parse(text.slice(text.lastIndexOf(MADE_OF) + MADE_OF.length));
    return Object.entries(made).every(([source, hash]) => hashOf(source) === hash);
  } catch {
    return false;
  }
}

async function pack(entry, program) {
  const { build, stop } = await import("esbuild");
  const { outputFiles, metafile } = await build({
    absWorkingDir: root,
    // Wrong settings are told before anything is done with them.
    stdin: {
      contents: `import "./scripts/process/checked-settings.ts";\nimport "./${entry}";`,
      resolveDir: root,
      sourcefile: "scripts/program.ts",
    },
    outfile: program,
    bundle: true,
    write: false,
    metafile: true,
    format: "esm",
    platform: "node",
    target: "node20",
    packages: "external",
    sourcemap: "linked",
    logLevel: "silent",
    plugins: [ownPlace],
  }).finally(stop);
  const sources = [...Object.keys(metafile.inputs).filter((source) => source !== "scripts/program.ts"), ...ALSO];
  const made = JSON.stringify(Object.fromEntries(sources.map((source) => [source, hashOf(source)])));
  for (const { path, text } of outputFiles.filter(({ path }) => path !== program)) put(path, text);
  for (const { path, text } of outputFiles.filter(({ path }) => path === program))
    put(path, `${text}${MADE_OF}${made}`);
}

/** Whole or not there: another process may be starting too. */
function put(path, text) {
  writeFileSync(`${path}.${process.pid}`, text);
  renameSync(`${path}.${process.pid}`, path);
}

/** A source that asks where it lies is told so, wherever its program lies. */
const ownPlace = {
  name: "own-place",
  setup({ onLoad }) {
    onLoad({ filter: /\.ts$/ }, ({ path }) => {
      const text = readFileSync(path, "utf8");
      if (!text.includes("import.meta.url")) return undefined;
      const place = JSON.stringify(pathToFileURL(path).href);
      return { contents: text.replaceAll("import.meta.url", place), loader: "ts", resolveDir: dirname(path) };
    });
  },
};

const hashOf = (source) =>
  createHash("sha1")
    .update(readFileSync(join(root, source)))
    .digest("base64");
