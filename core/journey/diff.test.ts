import { expect, it } from "vitest";
import { bigOrder } from "./big-order-harness";
import { compile } from "./compile";
import { diff } from "./diff";
import { JourneyDocument } from "./document";
import { problems } from "./problems";

const document = JourneyDocument.parse(bigOrder);
const NOTHING = { nodes: { added: [], removed: [], changed: [] }, edges: { added: [], removed: [] }, settings: [] };
const of = (journey: JourneyDocument) =>
  compile(journey, { workspace: "w" as never, journey: "j" as never, version: 1 });

it("finds nothing between equal drawings, wherever their nodes lie", () => {
  const moved = { ...document, nodes: document.nodes.map((node) => ({ ...node, at: { x: 1, y: 2 } })) };
  expect(diff(document, moved)).toEqual(NOTHING);
});

it("tells what was added, removed and changed, and which settings", () => {
  const [first, ...rest] = document.nodes;
  const gone = rest.at(-1);
  const edited = JourneyDocument.parse({
    ...document,
    nodes: [
      first,
      ...rest.slice(0, -1).map((node) => (node.id === "gold" ? { ...node, note: "why" } : node)),
      { id: "new", kind: "exit", config: {} },
    ],
    edges: document.edges.filter((edge) => edge.to !== gone?.id && edge.from !== gone?.id),
    settings: { ...document.settings, priority: 5 },
  });
  expect(diff(document, edited)).toMatchObject({
    nodes: {
      added: [{ node: "new" }],
      removed: [{ node: gone?.id }],
      changed: [{ node: "gold", was: "gold", parts: ["note"] }],
    },
    settings: ["priority"],
  });
  expect(diff(edited, document).nodes.added).toEqual([{ node: gone?.id }]);
});

it("takes a node and the one that replaces it for the same, and its steps go under the same ids", () => {
  const rename = (id: string) => (id === "gold" ? "vip" : id);
  const replaced = JourneyDocument.parse({
    ...document,
    nodes: document.nodes.map((node) => (node.id === "gold" ? { ...node, id: "vip", replaces: "gold" } : node)),
    edges: document.edges.map((edge) => ({ ...edge, from: rename(edge.from), to: rename(edge.to) })),
  });
  expect(diff(document, replaced)).toEqual(NOTHING);
  expect(of(replaced).steps).toEqual(of(document).steps);
  expect(of(replaced).wires).toEqual(of(document).wires);
});

it("lets one node alone replace another, and none that is still there", () => {
  const twice = {
    ...document,
    nodes: document.nodes.map((node) =>
      node.id === "gold" ? node : { ...node, ...(node.id === "sms" && { replaces: "gold" }) },
    ),
  };
  expect(problems(JourneyDocument.parse(twice)).map(({ code, node }) => `${code} ${node}`)).toContain(
    "replaces_taken sms",
  );
});
