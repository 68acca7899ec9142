"use client";
import { useQuery } from "@tanstack/react-query";
import { type RefObject, useCallback, useMemo, useRef, useState } from "react";
import { useMay } from "../../../_ui/workspace";
import type { Approval, JourneyApi, JourneyView, Moves, Presence, Preview, Published } from "../../api";
import type { Designer } from "../../store/designer";
import type { Sync } from "../../store/saving/sync";

/** What of the journey is published, whether the draft differs from it, and how the draft is published. */
export type Publishing = {
  state: string;
  /** The version that members enter; null before the first. */
  version: number | null;
  /** The stored draft differs from what is published. */
  hasChanges: boolean;
  /** Whether somebody else has to approve; undefined = not known, then the server says so. */
  approval: Approval | undefined;
  /** Reads again what was asked for and answered. */
  refresh(): void;
  /** Stores the draft as it is drawn. */
  flush(): Promise<void>;
  /** The stored draft's revision, as far as it is known here. */
  revision(): number;
  /** What publishing the stored draft would do; one that somebody else saved is drawn here as well. */
  preview(): Promise<Preview>;
  /** Publishes the draft of that revision, refused if it is another by now: what nobody was shown is not published. */
  publish(revision: number, moves: Moves, note: string): Promise<Published>;
  /** Asks for a second person, for the draft of that revision. */
  ask(revision: number, moves: Moves, note: string): Promise<void>;
  /** A request was approved here: this version is live. */
  approved(version: number): Promise<void>;
  /** The journey was paused, resumed or stopped here. */
  become(state: string): void;
  /** What others did to it, as the server tells. */
  hear(now: Presence): void;
};

/** Follows what of a journey is published, here and by others, and publishes its draft. */
export function usePublishing(
  journey: JourneyView,
  client: JourneyApi,
  designer: Designer,
  {
    sync,
    follow,
  }: {
    sync: RefObject<Sync | undefined>;
    /** Draws what somebody else saved, from that revision on. */
    follow(revision: number): void;
  },
  /** Whether the draft differs, as saving knows it, too. */
  [hasChanges, differs]: [boolean, (hasChanges: boolean) => void],
): Publishing {
  const may = useMay("journey.publish");
  const [live, setLive] = useState({ state: journey.state as string, version: journey.version });
  const { data: approval, refetch } = useQuery({
    queryKey: ["approval", journey.id],
    queryFn: ({ signal }) => client.approval(signal),
    enabled: may,
    retry: false,
  });
  const flush = useCallback(async () => {
    await sync.current?.flush();
  }, [sync]);
  const revision = useCallback(() => sync.current?.base().revision ?? journey.revision, [journey.revision, sync]);
  const preview = useCallback(async () => {
    const seen = await client.preview();
    follow(seen.revision);
    return seen;
  }, [client, follow]);
  const publish = useCallback(
    async (revision: number, moves: Moves, note: string) => {
      const outcome = await client.publish(revision, moves, note);
      if (outcome.ok) {
        setLive({ state: outcome.state, version: outcome.version });
        differs(false);
        showPublished(designer, outcome.version);
      }
      return outcome;
    },
    [client, designer, differs],
  );
  const ask = useCallback(
    async (revision: number, moves: Moves, note: string) => {
      await client.ask(revision, moves, note);
      void refetch();
    },
    [client, refetch],
  );
  const approved = useCallback(
    async (version: number) => {
      const now = await client.read();
      setLive({ state: now.state, version });
      differs(now.hasChanges);
      if (!now.hasChanges) showPublished(designer, version);
    },
    [client, designer, differs],
  );
  const become = useCallback((state: string) => setLive((now) => ({ ...now, state })), []);
  const heard = useRef<Pick<Presence, "revision" | "version" | "request"> | undefined>(undefined);
  const hear = useCallback(
    ({ revision, state, version, request }: Presence) => {
      const before = heard.current;
      heard.current = { revision, version, request };
      setLive((was) => {
        const isSame = was.state === state && was.version === version;
        return isSame || (version ?? 0) < (was.version ?? 0) ? was : { state, version };
      });
      if (!before) return;
      // What was asked for, answered, or overtaken by a change of the draft is told at once; so is what others publish, pause and stop.
      const isOutdated = request !== null && before.revision !== revision;
      if (may && (before.request !== request || isOutdated)) void refetch();
      if (before.version !== version)
        void client.read().then(
          ({ hasChanges }) => differs(hasChanges),
          () => {},
        );
    },
    [client, differs, may, refetch],
  );
  return useMemo(
    () => ({
      ...live,
      hasChanges,
      approval,
      refresh: () => void refetch(),
      flush,
      revision,
      preview,
      publish,
      ask,
      approved,
      become,
      hear,
    }),
    [approval, approved, ask, become, flush, hasChanges, hear, live, preview, publish, refetch, revision],
  );
}

/** What was compared as the draft is a version now, and is called so. */
function showPublished({ store, look }: Designer, version: number): void {
  const { mode, sides } = store.getState();
  if (mode === "compare" && sides?.to === "draft") look({ mode, sides: { ...sides, to: version } });
}
