// `node scripts/run.mjs <part>`: one process from npm to the part, so that signals and exit codes pass straight through.
// Problems that the reader can mend are printed without a stack.
import { fileURLToPath, pathToFileURL } from "node:url";
import { packed } from "./pack.mjs";
import { unusable } from "./process/unusable.mjs";
import { setup } from "./setup.mjs";

const parts = {
  start: "scripts/start.ts",
  worker: "worker/main.ts",
  api: "api/main.ts",
  sandbox: "sandbox/main.ts",
  console: "scripts/console.ts",
  migrate: "scripts/migrate.ts",
  demo: "scripts/demo.ts",
  customers: "scripts/customers.ts",
  journey: "scripts/journey.ts",
};

const root = fileURLToPath(new URL("..", import.meta.url));
const [part = "start", ...rest] = process.argv.slice(2);
const readable = new Set(["ConfigProblem", "Problem"]);
const fail = (error) => {
  // Built-ins only have been imported before the first package is.
  if (error?.code === "ERR_MODULE_NOT_FOUND" && /^Cannot find package/.test(error.message))
    console.error(
      `\n${error.message.split(" imported from")[0]}: first run \`npm run setup\`, which installs what is missing.`,
    );
  else console.error(readable.has(error?.name) ? `\n${error.message}` : (unusable(error) ?? error));
  process.exit(1);
};

const file = parts[part];
if (!file) fail(`There is no part "${part}": ${Object.keys(parts).join(", ")}`);
process.chdir(root);
// A proxy in the environment leads outside; what runs on this machine finds its own without it.
for (const name of ["no_proxy", "NO_PROXY"])
  process.env[name] = [process.env[name], "localhost,127.0.0.1,::1"].filter(Boolean).join(",");
process.setSourceMapsEnabled(true);
try {
  // A deployment's roles take their dependencies from the image; only the one-command start installs.
  if (part === "start") await setup();
  const program = await packed(file);
  process.argv.splice(1, process.argv.length, `${root}${file}`, ...rest);
  if (program) await import(pathToFileURL(program).href);
  else {
    await import("tsx");
    await import("./process/checked-settings.ts");
    await import(`../${file}`);
  }
} catch (error) {
  fail(error);
}
