import { canonical } from "@/core/hash";
import type { Designer } from "../designer";
import { type Drawn, dropDraft, type KeptDraft, readDrafts } from "./draft";
import { merge } from "./merge";
import type { Sync } from "./sync";

type Ports = {
  designer: Designer;
  sync: Sync;
  /** Which windows have the journey open. */
  others(): Promise<Set<string>>;
  storage: Storage;
  /** Writes what the own window keeps. */
  flush(): void;
  /** Edits are back; `discard` takes them away again. */
  tell(discard: () => void): void;
};

/**
 * Brings back what a window kept that is gone: the newest of several, the others at the next opening. Its edits are saved on the revision
 * they began with, so that what was saved since is joined or asked about. Whoever has begun to draw is not disturbed.
 */
export async function recover(drawn: Drawn, { designer, sync, others, storage, flush, tell }: Ports): Promise<void> {
  const found = readDrafts(drawn, storage);
  if (found.length === 0) return;
  const open = await others();
  const left = found.filter(({ window }) => !open.has(window));
  const isNews = ({ document }: KeptDraft) => canonical(document) !== canonical(sync.base().document);
  for (const kept of left) if (!isNews(kept)) dropDraft(drawn, kept.window, storage);
  const draft = left.find(isNews);
  const { store, edit } = designer;
  if (!draft || store.getState().sync.is !== "saved" || store.getState().document !== sync.base().document) return;
  edit(() => draft.document);
  sync.settle({ revision: draft.revision, document: draft.base });
  flush();
  dropDraft(drawn, draft.window, storage);
  // What was drawn or saved since stays.
  tell(() => edit((now) => merge(draft.document, now, draft.base).document));
}
