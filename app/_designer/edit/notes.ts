import type { JourneyDocument, JourneyNote } from "@/core/journey/document";
import type { Edit, Point } from "./place";

/** A note's name in a selection and on the canvas; no step's id has a colon. */
export const noteKey = (id: string): string => `note:${id}`;
export const isNote = (key: string): boolean => key.startsWith("note:");
export const noteId = (key: string): string => key.slice("note:".length);
export const notesOf = ({ notes = [] }: JourneyDocument): JourneyNote[] => notes;

const withNotes =
  (change: (notes: JourneyNote[]) => JourneyNote[]): Edit =>
  (document) => {
    const { notes = [], ...rest } = document;
    const next = change(notes);
    if (next === notes) return document;
    return next.length === 0 ? rest : { ...rest, notes: next };
  };

/** Sticks an empty note onto the canvas. */
export const stick = (id: string, at: Point): Edit =>
  withNotes((notes) => [...notes, { id, text: "", at: { x: Math.round(at.x), y: Math.round(at.y) } }]);

export const write = (id: string, text: string): Edit => withNotes((notes) => change(notes, id, { text }));

export const moveNotes = (to: Record<string, Point>): Edit =>
  withNotes((notes) =>
    Object.entries(to).reduce(
      (now, [id, at]) => change(now, id, { at: { x: Math.round(at.x), y: Math.round(at.y) } }),
      notes,
    ),
  );

export const unstick = (ids: Iterable<string>): Edit => {
  const going = new Set(ids);
  return withNotes((notes) =>
    notes.some((note) => going.has(note.id)) ? notes.filter((note) => !going.has(note.id)) : notes,
  );
};

function change(notes: JourneyNote[], id: string, part: Partial<JourneyNote>): JourneyNote[] {
  const i = notes.findIndex((note) => note.id === id);
  const was = notes[i];
  return was ? notes.with(i, { ...was, ...part }) : notes;
}
