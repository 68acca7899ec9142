import type { IconName } from "../../_ui/icons";

type Line = {
  icon: IconName;
  /** Written as `useKeysNamed` reads them: the first is shown, all are taken. */
  keys?: readonly [string, ...string[]];
  /**
   * Where its keys are taken: anywhere in the window but where somebody types, only while the keyboard is on the drawing or on nothing in
   * particular, or by the browser, which tells of copying, cutting and pasting as such.
   */
  at?: "window" | "drawing" | "clipboard";
};

/**
 * Everything that can be done in the designer by more than a button of its own: by keys, by ⌘K, or from its menus. The parts of the designer say
 * by `useAble` which of it they can do at the moment; names are in `texts.ts`.
 */
export const COMMANDS = {
  find: { icon: "search", keys: ["Ctrl F"], at: "window" },
  add: { icon: "add", keys: ["N"], at: "drawing" },
  replace: { icon: "replace", keys: ["R"], at: "drawing" },
  rename: { icon: "edit", keys: ["F2"], at: "drawing" },
  duplicate: { icon: "duplicate", keys: ["Ctrl D"], at: "window" },
  remove: { icon: "remove", keys: ["Del", "Delete", "Backspace"], at: "drawing" },
  note: { icon: "note", keys: ["M"], at: "drawing" },
  undo: { icon: "undo", keys: ["Ctrl Z"], at: "window" },
  redo: { icon: "redo", keys: ["Ctrl ⇧ Z", "Ctrl Y"], at: "window" },
  cut: { icon: "cut", keys: ["Ctrl X"], at: "clipboard" },
  copy: { icon: "copy", keys: ["Ctrl C"], at: "clipboard" },
  paste: { icon: "paste", keys: ["Ctrl V"], at: "clipboard" },
  all: { icon: "all", keys: ["Ctrl A"], at: "window" },
  tidy: { icon: "tidy", keys: ["T"], at: "drawing" },
  fold: { icon: "fold", keys: ["B"], at: "drawing" },
  unfoldAll: { icon: "unfold" },
  zoomIn: { icon: "add", keys: ["+", "="], at: "window" },
  zoomOut: { icon: "minus", keys: ["−", "-", "_"], at: "window" },
  fit: { icon: "fit", keys: ["0"], at: "window" },
  problems: { icon: "warning" },
  publish: { icon: "play" },
  pause: { icon: "pause" },
  resume: { icon: "play" },
  stop: { icon: "stop" },
  draft: { icon: "edit" },
  live: { icon: "runs" },
  compare: { icon: "compare" },
  versions: { icon: "history" },
  settings: { icon: "settings" },
  file: { icon: "download" },
  keys: { icon: "keyboard", keys: ["?", "？"], at: "drawing" },
} as const satisfies Record<string, Line>;

export type CommandId = keyof typeof COMMANDS;
/** What can be done now, and how; what is not in it cannot. */
export type Able = { [Id in CommandId]?: (() => void) | undefined };

const lineOf = (id: CommandId): Line => COMMANDS[id];
const isCommand = (id: string): id is CommandId => Object.hasOwn(COMMANDS, id);
const IDS = Object.keys(COMMANDS).filter(isCommand);

/** What of the table can be done, in its order. */
export const listed = (able: Able): [CommandId, () => void][] =>
  IDS.flatMap((id): [CommandId, () => void][] => (able[id] ? [[id, able[id]]] : []));

/** A letter, digit or sign alone, which a reader may turn off. */
const isSingle = (key: string): boolean => key.length === 1;

/** The keys that are shown for a command; undefined: it has none, or a single one for a reader who wants none of these. */
export function shownKeys(id: CommandId, takesSingle: boolean): string | undefined {
  const shown = lineOf(id).keys?.[0];
  return shown !== undefined && (takesSingle || !isSingle(shown)) ? shown : undefined;
}

/** Whatever has keys, with those that are shown. */
export const withKeys = (takesSingle: boolean): [CommandId, string][] =>
  IDS.flatMap((id): [CommandId, string][] => {
    const keys = shownKeys(id, takesSingle);
    return keys === undefined ? [] : [[id, keys]];
  });

const TAKEN = new Map(
  IDS.flatMap((id) => {
    const { keys = [], at } = lineOf(id);
    return at === undefined || at === "clipboard" ? [] : keys.map((key) => [key, { id, at }] as const);
  }),
);

/** The command that a stroke of keys means, and where it is meant so. `takesSingle`: a letter, digit or sign alone means one too. */
export function commandOf(
  event: Pick<KeyboardEvent, "key" | "ctrlKey" | "metaKey" | "shiftKey" | "altKey">,
  takesSingle: boolean,
): { id: CommandId; at: "window" | "drawing" } | undefined {
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key;
  if (event.ctrlKey || event.metaKey) return TAKEN.get(`Ctrl ${event.shiftKey ? "⇧ " : ""}${key}`);
  // A sign may need the shift key on one keyboard and none on another.
  return event.altKey || (isSingle(key) && !takesSingle) ? undefined : TAKEN.get(key);
}
