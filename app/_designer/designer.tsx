"use client";
import { useQuery } from "@tanstack/react-query";
import { ReactFlowProvider } from "@xyflow/react";
import { Suspense, useCallback, useEffect, useMemo, useState } from "react";
import { whenIdle } from "../_ui/later";
import { useMay } from "../_ui/workspace";
import type { JourneyApi, JourneyView, Presence, Window } from "./api";
import { Canvas } from "./canvas/canvas";
import { useAble } from "./commands/use-able";
import { StandingContext } from "./compare/standing";
import { useShown } from "./compare/use-shown";
import {
  Broadcasts,
  ComparePanel,
  ConflictDialog,
  Facts,
  fetchLater,
  Inspector,
  LiveBanner,
  ProblemsPanel,
  PublishDialog,
  Reading,
  Settings,
  StepPanel,
  Versions,
} from "./late-parts";
import columns from "./live/banner/live.module.css";
import { CountsContext } from "./live/figures/counts";
import { useCounts } from "./live/figures/use-counts";
import { Outline } from "./panels/outline";
import classes from "./panels/panels.module.css";
import { PausedNote } from "./panels/paused-note";
import { usePublishing } from "./panels/publishing/use-publishing";
import { TopBar } from "./panels/top-bar";
import { PeopleContext } from "./presence/people";
import { usePresence } from "./presence/use-presence";
import { ProblemsContext, useFindings } from "./problems/use-problems";
import { saveAsFile } from "./save-as-file";
import { ShelfContext } from "./shelf";
import { type Opens, useAddress } from "./store/address";
import { createDesigner } from "./store/designer";
import { readFolds } from "./store/folds";
import { JourneyIdContext } from "./store/journey-id";
import { useFollow, useSync } from "./store/saving/use-sync";
import { DesignerContext, useDesigner } from "./store/use-designer";
import { useLoadedShelf } from "./use-shelf";

/** The editor of one journey: drawing, inspector, problems, saving, publishing, live numbers. */
export function Designer({ journey, client, opens }: { journey: JourneyView; client: JourneyApi; opens: Opens }) {
  const mayDraw = useMay("journey.write") && journey.state !== "archived";
  const [designer] = useState(() => {
    const made = createDesigner(journey.document, { mayDraw });
    const { mode, sides, viewing, panel } = opens;
    made.store.setState({ folded: readFolds(journey.id, localStorage), mode, sides, viewing, panel });
    return made;
  });
  return (
    <DesignerContext value={designer}>
      <JourneyIdContext value={journey.id}>
        <ReactFlowProvider>
          <Editor journey={journey} client={client} designer={designer} opens={opens} />
        </ReactFlowProvider>
      </JourneyIdContext>
    </DesignerContext>
  );
}

function Editor({
  journey,
  client,
  designer,
  opens,
}: {
  journey: JourneyView;
  client: JourneyApi;
  designer: ReturnType<typeof createDesigner>;
  opens: Opens;
}) {
  const nodes = useDesigner((state) => state.document.nodes);
  const goal = useDesigner((state) => state.document.goal);
  const exits = useDesigner((state) => state.document.exits);
  const named = useMemo(() => [...nodes.map(({ config }) => config), goal, exits], [exits, goal, nodes]);
  const { shelf, hasOffers } = useLoadedShelf(named);
  const mode = useDesigner((state) => state.mode);
  const mayDraw = useDesigner((state) => state.mayDraw);
  const isSelecting = useDesigner((state) => state.selected.length > 0);
  const isInConflict = useDesigner((state) => state.sync.is === "conflict");
  const panel = useDesigner((state) => state.panel);
  const [isOpen, setOpen] = useState(false);
  const open = useCallback(() => setOpen(true), []);
  const mayPublish = useMay("journey.publish");
  useAlone();
  useAble("file", () => ({ file: () => saveAsFile(designer.store.getState().document) }));
  useEffect(() => whenIdle(fetchLater), []);
  const differing = useState(journey.hasChanges);
  const sync = useSync(journey, client, designer, differing[1], shelf);
  const follow = useFollow(client, designer, sync, differing[1]);
  const publishing = usePublishing(journey, client, designer, { sync, follow }, differing);
  const { version, hasChanges, hear } = publishing;
  // Archived meanwhile it is only looked at; brought back it is drawn on again.
  const mayWrite = useMay("journey.write");
  const isArchived = publishing.state === "archived";
  useEffect(() => {
    designer.store.setState({ mayDraw: mayWrite && !isArchived });
    if (!isArchived) sync.current?.again();
  }, [designer, isArchived, mayWrite, sync]);

  const problems = useFindings(journey.id, client, hasOffers ? shelf.offers : undefined);
  const [window, setWindow] = useState<Window>(opens.window);
  useAddress(window);
  const { counts, isStreaming } = useCounts(journey.id, client, mode === "live", window);
  const looking = useShown(journey.id, client, { version, hasChanges });
  const isPublished = version !== null;
  const versions = useQuery({
    queryKey: ["versions", journey.id, version],
    queryFn: ({ signal }) => client.versions(signal),
    enabled: isPublished && (mode === "compare" || mode === "version" || panel === "versions"),
  });
  const people = usePresence(
    journey.id,
    client,
    useCallback(
      (now: Presence) => {
        follow(now.revision);
        hear(now);
      },
      [follow, hear],
    ),
  );

  return (
    <ShelfContext value={shelf}>
      <ProblemsContext value={problems}>
        <CountsContext value={counts}>
          <PeopleContext value={people}>
            <StandingContext value={looking.standing}>
              <div className={classes.root} data-testid="designer">
                <TopBar publishing={publishing} onPublish={mayPublish ? open : undefined} />
                <div className={classes.stage}>
                  <Canvas />
                  <Outline />
                  <PausedNote state={publishing.state} />
                  <Suspense>
                    {mode === "live" && (
                      <div className={columns.column} data-left>
                        <LiveBanner
                          total={counts.total}
                          since={counts.since}
                          version={version}
                          isStreaming={isStreaming}
                          window={window}
                          onWindow={setWindow}
                        />
                        <Broadcasts state={publishing.state} isDirty={hasChanges} />
                      </div>
                    )}
                    {mode === "compare" && <ComparePanel versions={versions.data ?? []} looking={looking} />}
                    {mode === "version" && <Reading versions={versions.data ?? []} looking={looking} />}
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
                </div>
                <Suspense>
                  {isOpen && <PublishDialog publishing={publishing} client={client} onClose={() => setOpen(false)} />}
                  {isInConflict && (
                    <ConflictDialog
                      base={() => sync.current?.base().document ?? journey.document}
                      onSettle={(theirs, document) => {
                        if (theirs.saved) designer.store.setState({ theirs: theirs.saved });
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
