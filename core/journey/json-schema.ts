import { z } from "zod";
import { Rule, RuleDraft } from "../rules/schema";
import { JourneyDocument } from "./document";
import { NODE_KINDS, nodeKinds } from "./registry";

type Json = Record<string, unknown>;

/** The JSON Schema (2020-12) of a journey document, each node's config by its kind: for editors and for machines that write journeys. */
export function journeySchema(): Json {
  const schema: Json = z.toJSONSchema(JourneyDocument, options);
  const definitions = asRecord(schema.$defs);
  const nodes = asRecord(asRecord(schema.properties).nodes);
  const node = asRecord(nodes.items);
  Object.assign(definitions, ruleDefinitions());
  return {
    ...schema,
    title: "Regulars journey",
    properties: {
      ...asRecord(schema.properties),
      nodes: { ...nodes, items: { ...node, oneOf: NODE_KINDS.map((kind) => configOf(kind, definitions)) } },
    },
    $defs: definitions,
  };
}

/** A kind with its config; the definitions that the config needs move to the document's. */
function configOf(kind: keyof typeof nodeKinds, definitions: Json): Json {
  const { $schema: _, $defs, ...config }: Json = z.toJSONSchema(nodeKinds[kind].config, options);
  for (const [name, definition] of Object.entries(asRecord($defs))) definitions[name] ??= definition;
  return { title: kind, description: nodeKinds[kind].about.en, properties: { kind: { const: kind }, config } };
}

const options = {
  io: "input",
  override: ({ jsonSchema }) => {
    for (const key of ["field", "label", "help", "judges", "options", "multiline", "none"]) delete jsonSchema[key];
  },
} satisfies Parameters<typeof z.toJSONSchema>[1];

/** A rule is bounded before it is parsed, so its input shows as “anything”: what a writer needs is the form it is parsed to. */
const ruleDefinitions = (): Json =>
  asRecord(z.toJSONSchema(z.object({ whole: Rule, draft: RuleDraft }), { io: "output" }).$defs);

const asRecord = (value: unknown): Json => (typeof value === "object" && value !== null ? { ...value } : {});
