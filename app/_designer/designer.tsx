"use client";
import { Button } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { notifications } from "@mantine/notifications";
import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { type RefObject, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { canonical } from "@/core/hash";
import { problems as findProblems } from "@/core/journey/problems";
import { useT } from "../_i18n/use-t";
import { useMay } from "../_ui/workspace";
import type { JourneyApi, JourneyView, Moves, Window } from "./api";
import { Canvas } from "./canvas/canvas";
import { ComparePanel } from "./compare/compare-panel";
import { Facts } from "./compare/facts";
import { StandingContext } from "./compare/standing";
import { useShown } from "./compare/use-shown";
import { Inspector } from "./inspector/inspector";
import { Settings } from "./inspector/settings";
import { CountsContext } from "./live/counts";
import columns from "./live/live.module.css";
import { LiveBanner } from "./live/live-banner";
import { useCounts } from "./live/use-counts";
import { Broadcasts } from "./panels/broadcasts";
import { ConflictDialog } from "./panels/conflict";
import { Outline } from "./panels/outline";
import classes from "./panels/panels.module.css";
import { PublishDialog } from "./panels/publish";
import { TopBar } from "./panels/top-bar";
import { PeopleContext } from "./presence/people";
import { usePresence } from "./presence/use-presence";
import { ProblemsPanel } from "./problems/panel";
import { ProblemsContext } from "./problems/use-problems";
import { ShelfContext } from "./shelf";
import { createDesigner } from "./store/designer";
import { createKeeper, readDraft } from "./store/draft";
import { keepFolds, readFolds } from "./store/folds";
import { JourneyIdContext } from "./store/journey-id";
import { merge } from "./store/merge";
import { type Conflicted, createSync, type Sync } from "./store/sync";
import { DesignerContext, useDesigner } from "./store/use-designer";
import { useLoadedShelf } from "./use-shelf";
import { Reading } from "./versions/reading";
import { Versions } from "./versions/versions";

/** A request of somebody else is seen within this time. */
const ASKED_MS = 30_000;

/** The editor of one journey: drawing, inspector, problems, saving, publishing, live numbers. */
export function Designer({ journey, client }: { journey: JourneyView; client: JourneyApi }) {
  const [designer] = useState(() => createDesigner(journey.document));
  return (
    <DesignerContext value={designer}>
      <JourneyIdContext value={journey.id}>
        <ReactFlowProvider>
          <Editor journey={journey} client={client} designer={designer} />
        </ReactFlowProvider>
      </JourneyIdContext>
    </DesignerContext>
  );
}

function Editor({
  journey,
  client,
  designer,
}: {
  journey: JourneyView;
  client: JourneyApi;
  designer: ReturnType<typeof createDesigner>;
}) {
  const may = useMay("journey.publish");
  const { shelf, hasOffers } = useLoadedShelf();
  const document = useDesigner((state) => state.document);
  const mode = useDesigner((state) => state.mode);
  const panel = useDesigner((state) => state.panel);
  const [live, setLive] = useState({ state: journey.state as string, version: journey.version });
  const [isPublishing, setPublishing] = useState(false);
  const [hasChanges, setChanges] = useState(journey.hasChanges);
  useAlone();
  const sync = useSync(journey, client, designer, setChanges);

  // Looking for problems takes longer than a letter: they are looked for when the typing pauses.
  const [drawn] = useDebouncedValue(document, 150);
  const problems = useMemo(
    () => findProblems(drawn, hasOffers ? { offers: shelf.offers } : {}),
    [drawn, hasOffers, shelf.offers],
  );
  const people = usePresence(journey.id, client, useFollow(client, designer, sync));
  const [window, setWindow] = useState<Window>("all");
  const { counts, isStreaming } = useCounts(journey.id, client, mode === "live", window);
  const looking = useShown(journey.id, client, { version: live.version, hasChanges });
  const isPublished = live.version !== null;
  const versions = useQuery({
    queryKey: ["versions", journey.id, live.version],
    queryFn: ({ signal }) => client.versions(signal),
    enabled: isPublished && (mode === "compare" || mode === "version" || panel === "versions"),
  });
  const approval = useQuery({
    queryKey: ["approval", journey.id],
    queryFn: ({ signal }) => client.approval(signal),
    enabled: may,
    refetchInterval: ASKED_MS,
    retry: false,
  });
  const flush = useCallback(async () => {
    await sync.current?.flush();
  }, [sync]);
  const revision = useCallback(() => sync.current?.base().revision ?? journey.revision, [journey.revision, sync]);
  const preview = useCallback(async () => {
    await flush();
    return client.preview();
  }, [client, flush]);
  const publish = useCallback(
    async (moves: Moves, note: string) => {
      await sync.current?.flush();
      const outcome = await client.publish(revision(), moves, note);
      if (outcome.ok) {
        setLive({ state: outcome.state, version: outcome.version });
        setChanges(false);
      }
      return outcome;
    },
    [client, revision, sync],
  );
  const become = useCallback((state: string) => setLive((now) => ({ ...now, state })), []);

  return (
    <ShelfContext value={shelf}>
      <ProblemsContext value={problems}>
        <CountsContext value={counts}>
          <PeopleContext value={people}>
            <StandingContext value={looking.standing}>
              <div className={classes.root} data-testid="designer">
                <TopBar
                  state={live.state}
                  version={live.version}
                  isDirty={hasChanges}
                  isAsked={approval.data?.request?.state === "open"}
                  onState={become}
                  onPublish={may ? () => setPublishing(true) : undefined}
                />
                <main className={classes.stage}>
                  <Canvas />
                  <Outline />
                  {mode === "live" && (
                    <div className={columns.column}>
                      <LiveBanner
                        total={counts.total}
                        version={live.version}
                        isStreaming={isStreaming}
                        window={window}
                        onWindow={setWindow}
                      />
                      <Broadcasts state={live.state} isDirty={hasChanges} />
                    </div>
                  )}
                  <ComparePanel versions={versions.data ?? []} looking={looking} />
                  <Reading versions={versions.data ?? []} />
                  <ProblemsPanel />
                  <Inspector />
                  <Facts />
                  <Settings />
                  <Versions
                    client={client}
                    versions={isPublished ? versions.data : []}
                    isFailed={versions.isError}
                    hasChanges={hasChanges}
                    refresh={() => void versions.refetch()}
                  />
                </main>
                {isPublishing && (
                  <PublishDialog
                    {...live}
                    flush={flush}
                    preview={preview}
                    client={client}
                    approval={approval.data}
                    refresh={() => void approval.refetch()}
                    revision={revision}
                    onPublish={publish}
                    onApproved={async (version) => {
                      const now = await client.read();
                      setLive({ state: now.state, version });
                      setChanges(now.hasChanges);
                    }}
                    onClose={() => setPublishing(false)}
                  />
                )}
                <ConflictDialog
                  base={() => sync.current?.base().document ?? journey.document}
                  onSettle={(theirs, document) => {
                    designer.rebase(sync.current?.base().document ?? journey.document, theirs.document, document);
                    sync.current?.settle({ revision: theirs.revision, document: theirs.document });
                  }}
                />
              </div>
            </StandingContext>
          </PeopleContext>
        </CountsContext>
      </ProblemsContext>
    </ShelfContext>
  );
}

/** The editor fills the window: what stands behind it is out of reach of the keyboard and of screen readers meanwhile. */
function useAlone(): void {
  useEffect(() => {
    const behind = [
      ...window.document.querySelectorAll<HTMLElement>(".mantine-AppShell-navbar, .mantine-AppShell-header"),
    ];
    for (const part of behind) part.inert = true;
    return () => {
      for (const part of behind) part.inert = false;
    };
  }, []);
}

/** What others save appears here by itself while nothing of one's own is unsaved; else saving joins both. */
function useFollow(
  client: JourneyApi,
  { store, rebase }: ReturnType<typeof createDesigner>,
  sync: RefObject<Sync | undefined>,
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
          if (sync.current?.follow(theirs)) rebase(base.document, theirs.document, theirs.document);
        })
        .catch(() => {})
        .finally(() => {
          isReading.current = false;
        });
    },
    [client, rebase, store, sync],
  );
}

/** Saves as one draws, keeps what could not be saved, and brings back what a crash left. */
function useSync(
  journey: JourneyView,
  client: JourneyApi,
  designer: ReturnType<typeof createDesigner>,
  differs: (hasChanges: boolean) => void,
) {
  const t = useT("designer");
  const texts = useRef(t);
  texts.current = t;
  const held = useRef<Sync | undefined>(undefined);
  useEffect(() => {
    const { store, edit, history, rebase } = designer;
    const draft = readDraft(journey.id, localStorage);
    const start =
      draft && canonical(draft.document) !== canonical(journey.document)
        ? { revision: draft.revision, document: draft.base }
        : { revision: journey.revision, document: store.getState().document };
    // Edits of different steps fit together: they are joined at once, and told. Only a step both changed needs a decision.
    const join = (theirs: Conflicted): boolean => {
      const base = sync.base().document;
      const { document, conflicts } = merge(base, store.getState().document, theirs.document);
      if (conflicts.length > 0) return false;
      const isNews =
        canonical(base) !== canonical(theirs.document) && canonical(document) !== canonical(store.getState().document);
      queueMicrotask(() => {
        rebase(base, theirs.document, document);
        sync.settle({ revision: theirs.revision, document: theirs.document });
        if (isNews) notifications.show({ id: "joined", message: texts.current("conflict.joined"), autoClose: 6000 });
      });
      return true;
    };
    const later = (ms: number, work: () => void) => {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    };
    const keeper = createKeeper(journey.id, localStorage, later);
    const sync = createSync(start, {
      save: (document, revision) => client.save(document, revision),
      keep: keeper.keep,
      tell: (state) => {
        if (state.is === "conflict" && join(state.theirs)) return;
        store.setState({ sync: state });
      },
      differs,
      later,
    });
    held.current = sync;
    store.setState({ folded: readFolds(journey.id, localStorage) });
    const forget = keepFolds(designer, journey.id, localStorage);
    const unsubscribe = store.subscribe((now, before) => {
      if (now.document !== before.document) sync.changed(now.document);
    });
    if (draft && start.document === draft.base) {
      edit(() => draft.document);
      history.getState().clear();
      notifications.show({
        id: "recovered",
        title: texts.current("recovered"),
        autoClose: 8000,
        message: (
          <>
            {texts.current("recoveredHint")}{" "}
            <Button
              size="compact-xs"
              variant="subtle"
              onClick={() => {
                edit(() => journey.document);
                sync.settle({ revision: journey.revision, document: journey.document });
                notifications.hide("recovered");
              }}
            >
              {texts.current("discard")}
            </Button>
          </>
        ),
      });
    }
    const online = () => sync.online();
    const leaving = (event: BeforeUnloadEvent) => {
      keeper.flush();
      if (["changed", "saving", "offline"].includes(store.getState().sync.is)) {
        void sync.flush();
        event.preventDefault();
      }
    };
    window.addEventListener("online", online);
    window.addEventListener("beforeunload", leaving);
    window.addEventListener("pagehide", keeper.flush);
    return () => {
      window.removeEventListener("pagehide", keeper.flush);
      keeper.flush();
      window.removeEventListener("online", online);
      window.removeEventListener("beforeunload", leaving);
      forget();
      unsubscribe();
      void sync.flush();
      sync.stop();
    };
  }, [client, designer, differs, journey]);
  return held;
}
