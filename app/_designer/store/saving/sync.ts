import type { JourneyDocument } from "@/core/journey/document";

/** Who saved what stands on the server, and when. */
export type Saved = { by: string | null; at: string; isOwn: boolean };
/** What the server said to a save. */
export type Answer =
  | { is: "saved"; revision: number; hasChanges: boolean }
  | { is: "conflict"; revision: number; document: JourneyDocument; saved: Saved | null }
  | { is: "offline" }
  | Refused;
/** Nothing is saved until whoever draws, or somebody else, does something about it. `detail`: the server's sentence. */
type Refused = { is: "refused"; why: "signed_out" | "somebody_else" | "archived" | "other"; detail: string };
export type Conflicted = Extract<Answer, { is: "conflict" }>;

export type SyncState =
  | { is: "saved" }
  | { is: "changed" }
  | { is: "saving" }
  | { is: "offline" }
  | Refused
  | { is: "conflict"; theirs: Conflicted };

/** What was on the server when the local edits began, and the edits: kept in the browser so that a crash loses nothing. */
export type Draft = { revision: number; base: JourneyDocument; document: JourneyDocument };

export type SyncPorts = {
  save(document: JourneyDocument, revision: number): Promise<Answer>;
  keep(draft: Draft | undefined): void;
  tell(state: SyncState): void;
  /** Whether what is now on the server differs from what is published. */
  differs(hasChanges: boolean): void;
  later(ms: number, work: () => void): () => void;
};

const QUIET_MS = 700;
const RETRY_MS = [2_000, 5_000, 10_000, 30_000];

export type Sync = {
  /** The document as drawn now. */
  changed(document: JourneyDocument): void;
  /** Saves now, without waiting for a quiet moment; settles when nothing is left to save or it cannot be. */
  flush(): Promise<void>;
  /** The connection is back. */
  online(): void;
  /** What a save was refused for may be over: somebody signed in again, or brought the journey back. */
  again(): void;
  /** The conflict is settled: what is drawn now stands on top of their revision. */
  settle(theirs: { revision: number; document: JourneyDocument }): void;
  /** Somebody else saved and nothing here is unsaved: theirs is what is drawn. Answers whether it was taken. */
  follow(theirs: { revision: number; document: JourneyDocument }): boolean;
  /** The last document and revision known to be on the server. */
  base(): { revision: number; document: JourneyDocument };
  /** What was asked to be saved is finished, and stays kept in the browser where it cannot be; nothing is tried again or told from here on. */
  stop(): void;
};

/**
 * Autosave: one save under way at a time, begun when the typing pauses, tried again when the server cannot be reached, and
 * stopped by a conflict until somebody decides. Every unsaved change is kept in the browser as well.
 */
export function createSync(start: { revision: number; document: JourneyDocument }, ports: SyncPorts): Sync {
  let base = start;
  let current = start.document;
  let state: SyncState = { is: "saved" };
  let under: Promise<void> | undefined;
  let failures = 0;
  let isStopped = false;
  let cancel = () => {};
  const tell = (next: SyncState) => {
    // At each letter it is changed again: that is no news.
    if (next.is === "changed" && state.is === "changed") return;
    state = next;
    if (!isStopped) ports.tell(next);
  };
  const plan = (ms: number) => {
    cancel();
    if (!isStopped) cancel = ports.later(ms, () => void flush());
  };
  const flush = async (): Promise<void> => {
    cancel();
    // Several may have waited for the same save: only the first of them goes on with the next.
    while (under) await under;
    if (state.is === "conflict") return;
    if (current === base.document) {
      ports.keep(undefined);
      return tell({ is: "saved" });
    }
    under = attempt();
    await under;
  };
  const attempt = async (): Promise<void> => {
    const sent = current;
    // A refusal stands until it is over.
    if (state.is !== "refused") tell({ is: "saving" });
    const answer = await ports.save(sent, base.revision).catch((): Answer => ({ is: "offline" }));
    under = undefined;
    switch (answer.is) {
      case "saved":
        failures = 0;
        base = { revision: answer.revision, document: sent };
        ports.differs(answer.hasChanges);
        ports.keep(current === sent ? undefined : { ...base, base: base.document, document: current });
        if (current === sent) return tell({ is: "saved" });
        tell({ is: "changed" });
        return plan(QUIET_MS);
      case "conflict":
        return tell({ is: "conflict", theirs: answer });
      case "offline":
        tell({ is: "offline" });
        return plan(RETRY_MS[Math.min(failures++, RETRY_MS.length - 1)] ?? QUIET_MS);
      case "refused":
        return tell(answer);
      default:
        return answer satisfies never;
    }
  };
  return {
    changed(document) {
      if (document === current) return;
      current = document;
      ports.keep({ revision: base.revision, base: base.document, document });
      if (state.is === "conflict") return;
      if (!under && state.is !== "offline" && state.is !== "refused") tell({ is: "changed" });
      if (state.is !== "offline") plan(QUIET_MS);
    },
    flush,
    online() {
      if (state.is === "offline") plan(0);
    },
    again() {
      if (state.is === "refused" && state.why !== "other") plan(0);
    },
    settle(theirs) {
      base = theirs;
      failures = 0;
      tell({ is: "changed" });
      ports.keep({ revision: base.revision, base: base.document, document: current });
      plan(0);
    },
    follow(theirs) {
      if (state.is !== "saved" || under || current !== base.document || theirs.revision <= base.revision) return false;
      base = theirs;
      current = theirs.document;
      return true;
    },
    base: () => base,
    stop() {
      isStopped = true;
      cancel();
    },
  };
}
