import { temporal } from "zundo";
import { createStore } from "zustand";
import type { JourneyDocument } from "@/core/journey/document";
import type { Moves } from "../api";
import type { Marks } from "../compare/both";
import { noteKey } from "../edit/notes";
import type { Edit, Place, Point } from "../edit/place";
import { merge } from "./saving/merge";
import type { Saved, SyncState } from "./saving/sync";

/** Edit draws the draft; the others look: at members walking, at two drawings as one, at one published version. */
export type Mode = "edit" | "live" | "compare" | "version";
/** One side of a comparison. */
export type Side = number | "draft";
/** What is looked at instead of the draft, which waits unchanged. */
export type Shown = { document: JourneyDocument; marks?: Marks };
/** What the picker is asked for: a step after a port, after a step (`port`: the way that is chosen first), on the empty canvas (`from`: a line was pulled there), or in another's place. */
export type Picking =
  | { place: Place }
  | { node: string; port?: string }
  | { at: Point; from?: Place }
  | { replace: string };

/** A menu at a point of the window: of a card, a line, or the empty canvas. */
export type Asked = { x: number; y: number; at: Point } & ({ node: string } | { wire: string } | { pane: true });

export type DesignerState = {
  document: JourneyDocument;
  /** Whether whoever looks may change the draft; without that right it is only looked at, and is the one on the server. */
  mayDraw: boolean;
  /** Ids of steps, and of notes as `noteKey` names them. */
  selected: string[];
  /** Ways whose branch is out of sight, by `placeKey`. */
  folded: string[];
  /** The member whose details fill the previews; absent = an invented one. */
  previewAs: { id: string; name: string } | undefined;
  /** The reward whose coupon the previews show, where several may be the last before a message; "" = none. */
  previewBy: string | undefined;
  /** The note that is written on. */
  writing: string | undefined;
  asked: Asked | undefined;
  /** A selected line, by `placeKey`. */
  wire: string | undefined;
  mode: Mode;
  sides: { from: Side; to: Side } | undefined;
  /** The version that is opened to be read. */
  viewing: number | undefined;
  shown: Shown | undefined;
  picking: Picking | undefined;
  /** Where a step dragged over the canvas would be hung. */
  aim: { place: Place; at: Point } | undefined;
  /** A search on the canvas. */
  finding: boolean;
  /** The list of keys. */
  telling: boolean;
  panel: "problems" | "settings" | "versions" | undefined;
  /** What was chosen and written for the next publishing; it waits while one looks at what it changes. */
  publishing: { moves: Moves; note: string };
  /** Where in the inspector a problem's jump leads. */
  path: (string | number)[] | undefined;
  sync: SyncState;
  /** The last save by somebody else, or in another window, that was taken into the drawing here. */
  theirs: Saved | undefined;
};

/** The drawing on the canvas. */
export const drawn = (state: DesignerState): JourneyDocument => state.shown?.document ?? state.document;
/** Where a path leads that ends at a step's title. */
export const TITLE = "@title";
/** Nothing of it can be changed where it is only looked at, and by whoever may only look. */
export const isFixed = (state: DesignerState): boolean => state.mode !== "edit" || !state.mayDraw;

type Options = {
  /** Successive edits with one key, each within a second of the last, are one undo step. */
  typing?: string;
  /** What is selected afterwards. */
  select?: string[];
};

const CLOSED = {
  picking: undefined,
  asked: undefined,
  aim: undefined,
  wire: undefined,
  path: undefined,
  writing: undefined,
  sides: undefined,
  viewing: undefined,
  shown: undefined,
} as const;
export const NOTHING_CHOSEN: DesignerState["publishing"] = { moves: {}, note: "" };
const PAUSE_MS = 1_000;
const HISTORY = 300;

export type Designer = ReturnType<typeof createDesigner>;

/** The editor's state. The document has a history; what is selected, open or saved has none. */
export function createDesigner(
  document: JourneyDocument,
  { mayDraw = true, clock = Date.now }: { mayDraw?: boolean; clock?: () => number } = {},
) {
  const store = createStore<DesignerState>()(
    temporal(
      (): DesignerState => ({
        document,
        mayDraw,
        selected: [],
        folded: [],
        previewAs: undefined,
        previewBy: undefined,
        writing: undefined,
        asked: undefined,
        wire: undefined,
        mode: "edit",
        sides: undefined,
        viewing: undefined,
        shown: undefined,
        picking: undefined,
        aim: undefined,
        finding: false,
        telling: false,
        panel: undefined,
        publishing: NOTHING_CHOSEN,
        path: undefined,
        sync: { is: "saved" },
        theirs: undefined,
      }),
      {
        partialize: (state) => ({ document: state.document }),
        equality: (a, b) => a.document === b.document,
        limit: HISTORY,
      },
    ),
  );
  let last: { key: string; at: number } | undefined;
  const history = store.temporal;
  const present = (state: DesignerState) => {
    const { nodes, notes = [] } = state.document;
    const ids = new Set([...nodes.map((node) => node.id), ...notes.map((note) => noteKey(note.id))]);
    const selected = state.selected.filter((id) => ids.has(id));
    return selected.length === state.selected.length ? state.selected : selected;
  };
  const travel = (by: "undo" | "redo") => {
    last = undefined;
    history.getState()[by]();
    store.setState((state) => ({ selected: present(state), wire: undefined, picking: undefined }));
  };
  const edit = (change: Edit, { typing, select }: Options = {}): void => {
    if (!store.getState().mayDraw) return;
    const next = change(store.getState().document);
    if (next === store.getState().document) {
      if (select) store.setState({ selected: select });
      return;
    }
    const isSame = typing !== undefined && last?.key === typing && clock() - last.at < PAUSE_MS;
    last = typing === undefined ? undefined : { key: typing, at: clock() };
    if (isSame) history.getState().pause();
    store.setState((state) => ({
      document: next,
      wire: undefined,
      selected: select ?? present({ ...state, document: next }),
    }));
    if (isSame) history.getState().resume();
  };
  const rebase = (base: JourneyDocument, theirs: JourneyDocument, joined: JourneyDocument): void => {
    last = undefined;
    const under = ({ document: was }: Partial<{ document: JourneyDocument }>) => ({
      document: was && merge(base, was, theirs).document,
    });
    const { pastStates, futureStates } = history.getState();
    history.getState().pause();
    store.setState((state) => ({ document: joined, selected: present({ ...state, document: joined }) }));
    history.getState().resume();
    history.setState({ pastStates: pastStates.map(under), futureStates: futureStates.map(under) });
  };
  return {
    store,
    history,
    /** Changes the drawing, for whoever may; a change that changes nothing leaves no trace. */
    edit,
    /**
     * Puts what somebody else saved under everything here: the drawing becomes `document`, and each step of the history is
     * joined with theirs, so that an undo takes back only what was done here.
     */
    rebase,
    /** Ends a conflict with `chosen`: theirs goes underneath, and what was chosen is a step of its own, which an undo takes back. */
    settle(base: JourneyDocument, theirs: JourneyDocument, chosen: JourneyDocument): void {
      rebase(base, theirs, merge(base, store.getState().document, theirs).document);
      edit(() => chosen);
    },
    undo: () => travel("undo"),
    redo: () => travel("redo"),
    /** Turns to another way of looking at the journey; what was open for editing is closed. */
    look(at: Pick<DesignerState, "mode"> & Partial<Pick<DesignerState, "sides" | "viewing">>): void {
      const { selected, panel } = store.getState();
      store.setState({
        ...CLOSED,
        ...at,
        selected: at.mode === "edit" || at.mode === "live" ? selected : [],
        panel: at.mode === "version" ? panel : undefined,
      });
    },
    select: (selected: string[], wire?: string) => store.setState({ selected, wire, path: undefined }),
  };
}
