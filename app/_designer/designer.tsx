"use client";
import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { Suspense, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { later, whenIdle } from "../_ui/later";
import { useMay } from "../_ui/workspace";
import type { Approval, JourneyApi, JourneyView, Moves, Presence, Window } from "./api";
import { Canvas } from "./canvas/canvas";
import { useAble } from "./commands/use-able";
import { StandingContext } from "./compare/standing";
import { useShown } from "./compare/use-shown";
import columns from "./live/banner/live.module.css";
import { CountsContext } from "./live/figures/counts";
import { useCounts } from "./live/figures/use-counts";
import { Outline } from "./panels/outline";
import classes from "./panels/panels.module.css";
import { TopBar } from "./panels/top-bar";
import { PeopleContext } from "./presence/people";
import { usePresence } from "./presence/use-presence";
import { ProblemsContext, useFindings } from "./problems/use-problems";
import { saveAsFile } from "./save-as-file";
import { ShelfContext } from "./shelf";
import { createDesigner } from "./store/designer";
import { readFolds } from "./store/folds";
import { JourneyIdContext } from "./store/journey-id";
import { useFollow, useSync } from "./store/saving/use-sync";
import { DesignerContext, useDesigner } from "./store/use-designer";
import { useLoadedShelf } from "./use-shelf";

// What opens beside the drawing comes after it.
const Inspector = later(() => import("./inspector/inspector").then((part) => part.Inspector));
const ProblemsPanel = later(() => import("./problems/panel").then((part) => part.ProblemsPanel));
const Settings = later(() => import("./inspector/settings").then((part) => part.Settings));
const Versions = later(() => import("./versions/versions").then((part) => part.Versions));
const Reading = later(() => import("./versions/reading").then((part) => part.Reading));
const ComparePanel = later(() => import("./compare/compare-panel").then((part) => part.ComparePanel));
const Facts = later(() => import("./compare/facts").then((part) => part.Facts));
const LiveBanner = later(() => import("./live/banner/live-banner").then((part) => part.LiveBanner));
const StepPanel = later(() => import("./live/step/step-panel").then((part) => part.StepPanel));
const Broadcasts = later(() => import("./panels/broadcasts").then((part) => part.Broadcasts));
const PublishDialog = later(() => import("./panels/publish").then((part) => part.PublishDialog));
const ConflictDialog = later(() => import("./panels/conflict").then((part) => part.ConflictDialog));
const LATER = [
  Inspector,
  ProblemsPanel,
  Settings,
  PublishDialog,
  Versions,
  LiveBanner,
  StepPanel,
  ComparePanel,
  Facts,
  Reading,
  Broadcasts,
  ConflictDialog,
];

/** One after the other, so that what is asked for meanwhile need not wait for all of it. */
async function fetchLater(): Promise<void> {
  for (const { fetch } of LATER) await fetch().catch(() => {});
}

/** The editor of one journey: drawing, inspector, problems, saving, publishing, live numbers. */
export function Designer({
  journey,
  client,
  opens,
}: {
  journey: JourneyView;
  client: JourneyApi;
  opens?: "settings" | undefined;
}) {
  const mayDraw = useMay("journey.write");
  const [designer] = useState(() => {
    const made = createDesigner(journey.document, { mayDraw });
    made.store.setState({ folded: readFolds(journey.id, localStorage), panel: opens });
    return made;
  });
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
  const nodes = useDesigner((state) => state.document.nodes);
  const { shelf, hasOffers } = useLoadedShelf(useMemo(() => nodes.map(({ config }) => config), [nodes]));
  const mode = useDesigner((state) => state.mode);
  const mayDraw = useDesigner((state) => state.mayDraw);
  const isSelecting = useDesigner((state) => state.selected.length > 0);
  const isInConflict = useDesigner((state) => state.sync.is === "conflict");
  const panel = useDesigner((state) => state.panel);
  const [live, setLive] = useState({ state: journey.state as string, version: journey.version });
  const [isPublishing, setPublishing] = useState(false);
  const [hasChanges, setChanges] = useState(journey.hasChanges);
  useAlone();
  useAble("file", () => ({ file: () => saveAsFile(designer.store.getState().document) }));
  useEffect(() => whenIdle(fetchLater), []);
  const sync = useSync(journey, client, designer, setChanges);

  const problems = useFindings(journey.id, client, hasOffers ? shelf.offers : undefined);
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
    retry: false,
  });
  const follow = useFollow(client, designer, sync);
  const told = useRef<Pick<Presence, "revision" | "version" | "request"> | undefined>(undefined);
  const { refetch: askAgain } = approval;
  const moved = useCallback(
    ({ revision, state, version, request }: Presence) => {
      follow(revision);
      const before = told.current;
      told.current = { revision, version, request };
      setLive((was) => {
        const isSame = was.state === state && was.version === version;
        return isSame || (version ?? 0) < (was.version ?? 0) ? was : { state, version };
      });
      if (!before) return;
      // What was asked for, answered, or overtaken by a change of the draft is told at once; so is what others publish, pause and stop.
      const isOutdated = request !== null && before.revision !== revision;
      if (may && (before.request !== request || isOutdated)) void askAgain();
      if (before.version !== version)
        void client.read().then(
          ({ hasChanges }) => setChanges(hasChanges),
          () => {},
        );
    },
    [askAgain, client, follow, may],
  );
  const people = usePresence(journey.id, client, moved);
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
        showPublished(designer, outcome.version);
      }
      return outcome;
    },
    [client, designer, revision, sync],
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
                  asked={askedOf(approval.data)}
                  onState={become}
                  onPublish={may ? () => setPublishing(true) : undefined}
                />
                <main className={classes.stage}>
                  <Canvas />
                  <Outline />
                  <Suspense>
                    {mode === "live" && (
                      <div className={columns.column} data-left>
                        <LiveBanner
                          total={counts.total}
                          since={counts.since}
                          version={live.version}
                          isStreaming={isStreaming}
                          window={window}
                          onWindow={setWindow}
                        />
                        <Broadcasts state={live.state} isDirty={hasChanges} />
                      </div>
                    )}
                    {mode === "compare" && <ComparePanel versions={versions.data ?? []} looking={looking} />}
                    {mode === "version" && <Reading versions={versions.data ?? []} />}
                    {panel === "problems" && <ProblemsPanel />}
                  </Suspense>
                  <Suspense>
                    {isSelecting && mode === "edit" && mayDraw && <Inspector />}
                    {isSelecting && mode === "live" && <StepPanel />}
                    {isSelecting && (mode === "compare" || mode === "version" || (mode === "edit" && !mayDraw)) && (
                      <Facts />
                    )}
                    {panel === "settings" && <Settings />}
                    {panel === "versions" && (
                      <Versions
                        client={client}
                        versions={isPublished ? versions.data : []}
                        isFailed={versions.isError}
                        hasChanges={hasChanges}
                        refresh={() => void versions.refetch()}
                      />
                    )}
                  </Suspense>
                </main>
                <Suspense>
                  {isPublishing && (
                    <PublishDialog
                      {...live}
                      hasChanges={hasChanges}
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
                        if (!now.hasChanges) showPublished(designer, version);
                      }}
                      onClose={() => setPublishing(false)}
                    />
                  )}
                  {isInConflict && (
                    <ConflictDialog
                      base={() => sync.current?.base().document ?? journey.document}
                      onSettle={(theirs, document) => {
                        designer.settle(sync.current?.base().document ?? journey.document, theirs.document, document);
                        sync.current?.settle({ revision: theirs.revision, document: theirs.document });
                      }}
                    />
                  )}
                </Suspense>
              </div>
            </StandingContext>
          </PeopleContext>
        </CountsContext>
      </ProblemsContext>
    </ShelfContext>
  );
}

/** What was compared as the draft is a version now, and is called so. */
function showPublished({ store, look }: ReturnType<typeof createDesigner>, version: number): void {
  const { mode, sides } = store.getState();
  if (mode === "compare" && sides?.to === "draft") look({ mode, sides: { ...sides, to: version } });
}

/** What the button says: somebody else decides, or whoever looks may. */
const askedOf = (approval: Approval | undefined): "waits" | "decide" | undefined =>
  approval?.request?.state === "open" ? (approval.mayDecide ? "decide" : "waits") : undefined;

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
