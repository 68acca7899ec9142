"use client";
import { useEffect, useRef, useState } from "react";
import { streamAt } from "../../_ui/live/stream-at";
import { newUuid } from "../../_ui/uuid";
import { useWorkspace } from "../../_ui/workspace";
import type { JourneyApi, Presence } from "../api";
import { useEditor } from "../store/use-designer";
import { type Person, people } from "./people";

/** A third of the time after which the server counts a window as closed. */
const BEAT_MS = 10_000;
const QUIET_MS = 250;
const MOST_SELECTED = 50;

/**
 * Lets others see that this window is here and what it has selected, and tells who else is. `moved` hears what is on the server: the revision, which
 * may be newer than what is drawn here, and whether somebody asked to publish it.
 */
export function usePresence(journey: string, client: JourneyApi, moved: (now: Presence) => void): Person[] {
  const { api } = useWorkspace();
  const { store } = useEditor();
  const [others, setOthers] = useState<Person[]>([]);
  const hears = useRef(moved);
  hears.current = moved;
  useEffect(() => {
    const visit = newUuid();
    const stop = new AbortController();
    let told = "";
    const take = (answer: Presence) => {
      if (stop.signal.aborted) return;
      const found = people(answer.people, visit);
      const now = JSON.stringify(found);
      if (now !== told) {
        told = now;
        setOthers(found);
      }
      hears.current(answer);
    };
    // Being unseen for a while is no reason to disturb somebody who draws.
    let last = Promise.resolve();
    const quietly = (asked: Promise<Presence>) => asked.then(take, () => {});
    const beat = () => {
      last = quietly(client.bePresent(visit, store.getState().selected.slice(0, MOST_SELECTED)));
    };
    const look = () => void quietly(client.presence(stop.signal));
    let soon: ReturnType<typeof setTimeout> | undefined;
    const shortly = (work: () => void) => {
      clearTimeout(soon);
      soon = setTimeout(work, QUIET_MS);
    };
    beat();
    const beating = setInterval(beat, BEAT_MS);
    const unsubscribe = store.subscribe((now, before) => {
      if (now.selected !== before.selected && now.selected.join() !== before.selected.join()) shortly(beat);
    });
    let looking: ReturnType<typeof setTimeout> | undefined;
    const unheard = streamAt(api).listen({
      topics: [`presence:${journey}`, `journey:${journey}`],
      changed: () => {
        looking ??= setTimeout(() => {
          looking = undefined;
          look();
        }, QUIET_MS);
      },
      opened: () => {},
    });
    const leave = () => void client.bePresent(visit, [], true).catch(() => {});
    window.addEventListener("pagehide", leave);
    return () => {
      stop.abort();
      clearInterval(beating);
      clearTimeout(soon);
      clearTimeout(looking);
      unsubscribe();
      unheard();
      window.removeEventListener("pagehide", leave);
      // Not before what was said last: a late "here" would stand for half a minute.
      void last.then(leave);
    };
  }, [api, client, journey, store]);
  return others;
}
