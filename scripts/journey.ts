import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { journeySchema } from "@/core/journey/json-schema";
import { config } from "@/platform/config";
import { Problem } from "./embedded/problem";
import { JourneyClient } from "./journeys/client";
import { movesOf, standing } from "./journeys/moves";
import { readDocument } from "./journeys/read-document";
import { report } from "./journeys/report";
import { simulated } from "./journeys/simulate";

const ID = "a journey's id";
const USAGE = `npm run journey -- <command>

  check <file> …            what is wrong with documents, without storing them; exit code 1 when something blocks publishing
  import <file> …           makes a journey of each; with --id it becomes that journey's draft instead
  simulate <file>           one member's way through a document; --events says what happens to them
  export <journey> [file]   writes the draft, to standard output without a file
  publish <journey>         publishes the draft; says first how many members stand where, and where they go
  schema [file]             the JSON Schema of a document

  --moves <node>=<node|stay|exit>   where members at a node go on; may be given for several nodes
  --events <file>   [{ "at": "2026-03-02T09:00:00+08:00", "event": "order_paid", "properties": { … } }, …]
  --member <file>   { "tier": "gold", "birthday": "1990-05-01", "tags": [ … ], … }   --until <instant>   --zone <Asia/Shanghai>
  --id <journey>   --url <API, http://localhost:3001>   --key <API key>
  Without --key: REGULARS_API_KEY, else demo.json in the data folder.`;

// Whoever reads the output may have read enough: `… schema | head`.
process.stdout.on("error", (error: NodeJS.ErrnoException) => process.exit(error.code === "EPIPE" ? 0 : 1));

const { values, positionals } = understood();
const [command, ...rest] = positionals;

if (values.help || !command) console.log(USAGE);
else await run(command, rest);

async function run(name: string, files: string[]): Promise<void> {
  switch (name) {
    case "check":
      return check(needed(files, "a file"));
    case "import":
      return bring(needed(files, "a file"));
    case "simulate":
      return simulate(first(files, "a file"));
    case "export":
      return write(`${JSON.stringify(await client().document(first(files, ID)), null, 2)}\n`, files[1]);
    case "publish":
      return publish(first(files, ID));
    case "schema":
      return write(`${JSON.stringify(journeySchema(), null, 2)}\n`, files[0]);
    default:
      throw new Problem(`There is no command "${name}".\n\n${USAGE}`);
  }
}

async function check(files: string[]): Promise<void> {
  let isGood = true;
  for (const file of files) {
    const { problems, isPublishable } = await client().check(readDocument(file));
    isGood &&= isPublishable;
    console.log(report(file, problems));
  }
  if (!isGood) process.exitCode = 1;
}

function simulate(file: string): void {
  if (values.events === undefined) throw new Problem(`simulate needs --events <file>.\n\n${USAGE}`);
  const { events, member, until, zone } = values;
  const told = {
    document: readDocument(file),
    events: readDocument(events),
    ...(member !== undefined && { member: readDocument(member) }),
    ...(until !== undefined && { until }),
    ...(zone !== undefined && { zone }),
  };
  console.log(simulated(told).join("\n"));
}

async function bring(files: string[]): Promise<void> {
  if (values.id !== undefined && files.length > 1) throw new Problem("--id names one journey, so it takes one file");
  for (const file of files) {
    const document = readDocument(file);
    const { id, name } =
      values.id === undefined ? await client().create(document) : await client().replace(values.id, document);
    console.log(`${id}  ${name}`);
    const { problems } = await client().problems(id);
    if (problems.length > 0) console.log(report(file, problems));
  }
}

async function publish(journey: string): Promise<void> {
  const moves = movesOf(values.moves ?? []);
  // Read first: what is published is what was judged and counted here, or nothing.
  const { revision } = await client().journey(journey);
  const { problems, isPublishable } = await client().problems(journey);
  if (problems.length > 0) console.log(report(journey, problems));
  if (!isPublishable) {
    process.exitCode = 1;
    return;
  }
  const { nodes } = await client().preview(journey);
  for (const line of nodes) console.log(standing(line, moves[line.node] ?? line.suggested));
  const { name, version } = await client().publish(journey, revision, moves);
  console.log(`${name}: version ${version} is live`);
}

function client(): JourneyClient {
  const { REGULARS_HOME, REGULARS_API_KEY, PUBLIC_API_URL } = config();
  return JourneyClient.of({
    home: REGULARS_HOME,
    url: values.url,
    key: values.key ?? REGULARS_API_KEY,
    defaultUrl: PUBLIC_API_URL,
  });
}

function write(text: string, file: string | undefined): void {
  if (file === undefined) process.stdout.write(text);
  else writeFileSync(file, text);
}

function needed(list: string[], what: string): string[] {
  if (list.length === 0) throw new Problem(`This command needs ${what}.\n\n${USAGE}`);
  return list;
}

function first(list: string[], what: string): string {
  return needed(list, what)[0] ?? "";
}

function understood() {
  try {
    return parseArgs({
      allowPositionals: true,
      options: {
        id: { type: "string" },
        url: { type: "string" },
        key: { type: "string" },
        moves: { type: "string", multiple: true },
        events: { type: "string" },
        member: { type: "string" },
        until: { type: "string" },
        zone: { type: "string" },
        help: { type: "boolean", short: "h" },
      },
    });
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
}
