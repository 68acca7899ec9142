import { bigOrder } from "./big-order-harness";
import { JourneyDocument } from "./document";
import { problems } from "./problems";

export type Raw = {
  name: string;
  entry: string;
  nodes: { id: string; kind: string; config: Record<string, unknown>; title?: string }[];
  edges: { from: string; port: string; to: string }[];
  goal?: unknown;
  exits?: unknown;
};
export const fresh = (): Raw => structuredClone(bigOrder);
export const found = (draft: Raw, context?: Parameters<typeof problems>[1]) =>
  problems(JourneyDocument.parse(draft), context);
export const codes = (draft: Raw, context?: Parameters<typeof problems>[1]) =>
  found(draft, context).map(({ code, node }) => (node === undefined ? code : `${code} ${node}`));
export const after = (change: (draft: Raw) => void): Raw => {
  const draft = fresh();
  change(draft);
  return draft;
};
export const set = (draft: Raw, id: string, config: Record<string, unknown>) => {
  const node = draft.nodes.find((one) => one.id === id);
  if (node) node.config = { ...node.config, ...config };
};
export const leaf = (field: string, is: string, value?: unknown) => ({
  field,
  is,
  ...(value !== undefined && { value }),
});
