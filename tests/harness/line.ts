type Node = { id: string; kind: string; config: object };
/** A node, and the port by which the line goes on. */
export type Link = [Node, string];

/** A journey whose nodes stand in one line behind a trigger for an event. */
export const line = (
  links: Link[],
  {
    event = "order_paid",
    when = { all: [] },
    settings = { reentry: { is: "always" } },
  }: { event?: string; when?: object; settings?: object } = {},
) => ({
  name: "Line",
  entry: "begin",
  nodes: [{ id: "begin", kind: "on-event", config: { event, when } }, ...links.map(([node]) => node)],
  edges: links.map(([{ id }], i) => {
    const [before, port] = links[i - 1] ?? [{ id: "begin" }, "next"];
    return { from: before.id, port, to: id };
  }),
  settings,
});

export const tagged = (id: string, tag: string): Link => [{ id, kind: "tag", config: { action: "add", tag } }, "next"];
