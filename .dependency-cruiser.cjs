// The floors of the house: arrows point down only. `npm test` also asserts that modules were cruised at all.
const doors = ["scripts", "worker", "api", "app"];
const inside = ["activities", "workflows", "services", "channels", "sandbox"];
const ground = ["core", "platform"];
const rooms = [...doors, ...inside, ...ground, "prisma", "tests", "bench"];
// Tests may reach for what they test with; production code may not.
const test = "(\\.test|-harness)\\.tsx?$";
const at = (names) => `^(${[].concat(names).join("|")})/`;
const packages = (...names) => `node_modules/(${names.join("|").replaceAll("/", "\\/")})/`;

/** From a room, only these rooms (and itself). */
const only = (room, mayReach, why, to = {}) => ({
  name: `${room}-reaches-down-only`,
  comment: why,
  severity: "error",
  from: { path: at(room), pathNot: test },
  to: { path: at(rooms), pathNot: at([room, ...mayReach]), ...to },
});
const not = (name, comment, from, to) => ({ name, comment, severity: "error", from, to });

// The rooms of services in their order: each may use those before it. A new room gets its place here.
const services = [
  "access rings jobs workspaces audit plans",
  "events points members offers tasks segments messages webhooks",
  "merging intake runs broadcasts journeys",
  "debugger expiry insight views exports",
  "engine demo",
].flatMap((storey) => storey.split(" "));
const inOrder = services
  .slice(0, -1)
  .map((room, i) =>
    not(
      `services-${room}-knows-no-later-room`,
      "Rooms can be understood one after the other.",
      { path: `^services/${room}/`, pathNot: test },
      { path: `^services/(${services.slice(i + 1).join("|")})/` },
    ),
  );

module.exports = {
  forbidden: [
    not("no-circles", "Two files that need each other are one file, or a third is missing.", {}, { circular: true }),
    not(
      "no-unresolved",
      "An import that leads nowhere.",
      { pathNot: "^next-env\\.d\\.ts$" },
      { couldNotResolve: true },
    ),

    only("scripts", [...inside, ...ground, "prisma"], "Doors never import each other."),
    only("worker", [...inside, ...ground, "prisma"], "Doors never import each other."),
    only("api", [...inside, ...ground, "prisma"], "Doors never import each other."),
    only("app", ["services", ...ground], "Pages call use cases and the API; they know no engine and no provider."),

    only("activities", ["services", ...ground], "Activities call services."),
    only("workflows", ["core"], "Workflows import only core/plan; activities by type.", {
      dependencyTypesNot: ["type-only"],
    }),
    only("services", ["channels", ...ground, "prisma"], "Services never talk to Temporal, nor to a sandbox."),
    only("channels", ground, "A provider knows messages and settings, not services."),
    only("sandbox", ["platform"], "Sandboxes know us by protocol only."),
    only("core", [], "The rules of the game are pure."),
    only("platform", ["core", "prisma"], "The ground stands on nothing."),
    not(
      "prisma-describes-only",
      "The schema's folder uses nobody.",
      { path: "^prisma/", pathNot: test },
      { path: at(rooms), pathNot: "^(prisma|core)/" },
    ),
    not(
      "nobody-imports-tests",
      "Test code stays in tests.",
      { pathNot: `^(tests|bench)/|${test}|^vitest\\.config` },
      { path: `^(tests|bench)/|${test}` },
    ),

    not(
      "workflows-import-core-plan",
      "Nothing else of core: zod must stay out of the workflow bundle.",
      { path: "^workflows/", pathNot: test },
      { path: "^core/", pathNot: "^core/(plan/|ids\\.ts|hash\\.ts)" },
    ),
    not(
      "workflows-use-the-sdk-only",
      "A workflow is deterministic.",
      { path: "^workflows/", pathNot: test },
      {
        path: "node_modules|^node:|^[a-z_]+$",
        pathNot: packages("@temporalio/workflow", "@temporalio/common"),
        dependencyTypesNot: ["type-only"],
      },
    ),
    not(
      "plan-is-zod-free",
      "core/plan is bundled into workflows.",
      { path: "^core/plan/", pathNot: test },
      { path: packages("zod"), dependencyTypesNot: ["type-only"] },
    ),

    not(
      "activities-hold-no-sql",
      "SQL lives in services.",
      { path: "^activities/", pathNot: test },
      { path: `^platform/db/sql\\.ts$|${packages("pg", "@prisma/client")}` },
    ),
    not(
      "services-never-talk-to-temporal",
      "They ring; worker/bells starts and signals.",
      { path: "^services/", pathNot: test },
      { path: `${packages("@temporalio/[a-z-]+")}|^platform/temporal\\.ts$` },
    ),
    not(
      "the-door-of-http-has-no-temporal",
      "The API needs no Temporal client: losing Temporal loses nothing.",
      { path: "^(api|app)/", pathNot: test },
      { path: packages("@temporalio/[a-z-]+") },
    ),
    ...inOrder,
    not(
      "services-rooms-have-a-place",
      "Every room stands in the list above.",
      {},
      { path: `^services/(?!(${services.join("|")})/)` },
    ),

    not(
      "core-is-pure",
      "core may import zod, luxon, libphonenumber-js and @noble/hashes, nothing else.",
      { path: "^core/", pathNot: test },
      {
        path: "node_modules|^node:",
        pathNot: packages("zod", "luxon", "@types/luxon", "libphonenumber-js", "@noble/hashes"),
      },
    ),
    not("core-needs-no-node", "No I/O in core.", { path: "^core/", pathNot: test }, { dependencyTypes: ["core"] }),
    not(
      "only-core-time-knows-luxon",
      "Time has one room.",
      { pathNot: `^core/time/|^tests/|${test}` },
      { path: packages("luxon", "@types/luxon") },
    ),
    not(
      "only-render-knows-templates",
      "Templates are hostile input; the files that render them bound what they cost.",
      { pathNot: `^services/messages/content/render[a-z-]*\\.ts$|${test}` },
      { path: packages("liquidjs", "mjml") },
    ),
  ],
  options: {
    doNotFollow: { path: "node_modules|^prisma/generated" },
    exclude: { path: "^(\\.next|\\.regulars|\\.cache|prisma/generated)/" },
    tsConfig: { fileName: "tsconfig.json" },
    tsPreCompilationDeps: "specify",
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "require", "node", "default", "types"],
      extensions: [".ts", ".tsx", ".js", ".mjs", ".cjs", ".json"],
    },
  },
};
