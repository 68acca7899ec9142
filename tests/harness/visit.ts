/** The i-th of many journeys: points, then a short wait, then a tag, so two legs of each run. */
export const visit = (i: number, waitS = 3) => ({
  name: `Visit of place ${i}`,
  entry: "came",
  nodes: [
    { id: "came", kind: "on-event", config: { event: `came_${i}`, when: { field: "event.n", is: "gte", value: 0 } } },
    { id: "points", kind: "reward", config: { grants: [{ is: "points", points: 10 }] } },
    { id: "wait", kind: "delay", config: { for: `PT${waitS}S` } },
    { id: "tag", kind: "tag", config: { action: "add", tag: `place ${i}` } },
  ],
  edges: [
    { from: "came", port: "next", to: "points" },
    { from: "points", port: "granted", to: "wait" },
    { from: "wait", port: "next", to: "tag" },
  ],
  settings: {},
});
