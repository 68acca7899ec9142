"use client";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { canonical } from "@/core/hash";
import type { JourneyNode } from "@/core/journey/document";
import { newUuid } from "../../../_ui/uuid";
import { useWorkspace } from "../../../_ui/workspace";
import type { JourneyApi, JourneyView } from "../../api";
import type { Shelf } from "../../shelf";
import type { Designer } from "../designer";
import { keepFolds } from "../folds";
import { brought } from "./brought";
import { createKeeper } from "./draft";
import { merge, startsOf } from "./merge";
import { recover } from "./recover";
import { type Conflicted, createSync, type Sync } from "./sync";
import { tellJoined, tellLoose, tellLost, tellRecovered } from "./tell";
import { useWords } from "./use-words";
import { createWindows } from "./windows";

/** Saves as one draws, keeps what could not be saved, and brings back what a crash left. */
export function useSync(
  journey: JourneyView,
  client: JourneyApi,
  designer: Designer,
  differs: (hasChanges: boolean) => void,
  shelf: Shelf,
) {
  const now = useWords(shelf);
  const words = useRef(now);
  words.current = now;
  const held = useRef<Sync | undefined>(undefined);
  // What this editor was opened with: revision and drawing of one reading. Later readings are followed, below.
  const [opened] = useState(() => ({ ...journey, document: designer.store.getState().document }));
  const [own] = useState(newUuid);
  const { user } = useWorkspace();
  const drawn = useMemo(() => ({ user: user.id, journey: opened.id }), [opened, user.id]);
  useEffect(() => {
    const { store, rebase, select } = designer;
    const { mayDraw } = store.getState();
    // The same editor with another client, as after a switch of languages, goes on from what the one before knew to be saved.
    const before = held.current;
    const start = before?.base() ?? { revision: opened.revision, document: opened.document };
    // Edits that fit together are joined at once, and told; the conflicts that `merge` names need a decision.
    const join = (theirs: Conflicted): boolean => {
      const base = sync.base().document;
      const mine = store.getState().document;
      const { document, conflicts, lost, loose } = merge(base, mine, theirs.document);
      if (conflicts.length > 0) return false;
      const isNews = canonical(base) !== canonical(theirs.document) && canonical(document) !== canonical(mine);
      queueMicrotask(() => {
        rebase(base, theirs.document, document);
        if (theirs.saved) store.setState({ theirs: theirs.saved });
        sync.settle({ revision: theirs.revision, document: theirs.document });
        const show = (nodes: JourneyNode[]) => () => select(nodes.map(({ id }) => id));
        const begun = startsOf(lost, document);
        if (lost.length > 0) tellLost(words.current, lost.length, begun, show(begun));
        if (loose.length > 0) tellLoose(words.current, loose, show(loose));
        if (isNews) tellJoined(words.current, theirs.saved, brought(mine, document));
      });
      return true;
    };
    const later = (ms: number, work: () => void) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    };
    const keeper = createKeeper(drawn, own, localStorage, later);
    const sync = createSync(start, {
      save: client.save,
      keep: keeper.keep,
      tell: (state) => {
        if (state.is === "conflict" && join(state.theirs)) return;
        const isOver = state.is === "refused" && state.why === "archived";
        store.setState({ sync: state, ...(isOver && { mayDraw: false }) });
      },
      differs,
      later,
    });
    held.current = sync;
    const forget = keepFolds(designer, opened.id, localStorage);
    const unsubscribe = store.subscribe((now, before) => {
      if (now.document !== before.document) sync.changed(now.document);
    });
    if (before) sync.changed(store.getState().document);
    const windows = mayDraw ? createWindows(opened.id, own, later) : undefined;
    if (windows && !before)
      void recover(drawn, {
        designer,
        sync,
        others: windows.others,
        storage: localStorage,
        flush: keeper.flush,
        tell: (discard) => tellRecovered(words.current.t, discard),
      });
    const online = () => sync.online();
    // Whoever was signed out signs in again in another tab, and comes back.
    const back = () => {
      if (document.visibilityState === "visible") sync.again();
    };
    const leaving = (event: BeforeUnloadEvent) => {
      keeper.flush();
      if (["changed", "saving", "offline", "refused"].includes(store.getState().sync.is)) {
        void sync.flush();
        event.preventDefault();
      }
    };
    window.addEventListener("online", online);
    window.addEventListener("focus", back);
    document.addEventListener("visibilitychange", back);
    window.addEventListener("beforeunload", leaving);
    window.addEventListener("pagehide", keeper.flush);
    return () => {
      window.removeEventListener("pagehide", keeper.flush);
      keeper.flush();
      window.removeEventListener("online", online);
      window.removeEventListener("focus", back);
      document.removeEventListener("visibilitychange", back);
      window.removeEventListener("beforeunload", leaving);
      forget();
      windows?.close();
      unsubscribe();
      void sync.flush();
      sync.stop();
    };
  }, [client, designer, differs, drawn, opened, own]);
  // The page was read again (another language): a newer drawing is taken where nothing here is unsaved, else saving joins both.
  useEffect(() => {
    const base = held.current?.base();
    if (base && held.current?.follow(journey)) designer.rebase(base.document, journey.document, journey.document);
  }, [designer, journey]);
  return held;
}

/** What others save appears here by itself while nothing of one's own is unsaved; else saving joins both. */
export function useFollow(
  client: JourneyApi,
  { store, rebase }: Designer,
  sync: RefObject<Sync | undefined>,
  differs: (hasChanges: boolean) => void,
): (revision: number) => void {
  const isReading = useRef(false);
  return useCallback(
    (revision) => {
      const base = sync.current?.base();
      if (!base || revision <= base.revision || isReading.current || store.getState().sync.is !== "saved") return;
      isReading.current = true;
      void client
        .read()
        .then((theirs) => {
          if (!sync.current?.follow(theirs)) return;
          rebase(base.document, theirs.document, theirs.document);
          if (theirs.saved) store.setState({ theirs: theirs.saved });
          differs(theirs.hasChanges);
        })
        .catch(() => {})
        .finally(() => {
          isReading.current = false;
        });
    },
    [client, differs, rebase, store, sync],
  );
}
