import type { Node } from "@xyflow/react";
import type { JourneyDocument, JourneyNote } from "@/core/journey/document";
import { noteKey, notesOf } from "../../edit/notes";
import type { Point } from "../../edit/place";
import { NOTE_SIZE } from "../../geometry/size";

export type NoteNode = Node<{ note: JourneyNote }, "note">;

/** A drawing's notes, where they are dragged; one that did not change is the same object. */
export function createNotes() {
  let known = new Map<string, { note: JourneyNote; isSelected: boolean; at: Point; made: NoteNode }>();
  return (document: JourneyDocument, dragged: Record<string, Point>, selected: string[]): NoteNode[] => {
    const now: typeof known = new Map();
    for (const note of notesOf(document)) {
      const key = noteKey(note.id);
      const at = dragged[key] ?? note.at;
      const isSelected = selected.includes(key);
      const was = known.get(key);
      const isSame = was?.note === note && was.isSelected === isSelected && was.at.x === at.x && was.at.y === at.y;
      now.set(key, isSame ? was : { note, isSelected, at, made: toNote(note, at, isSelected) });
    }
    known = now;
    return [...known.values()].map(({ made }) => made);
  };
}

const toNote = (note: JourneyNote, at: Point, selected: boolean): NoteNode => ({
  id: noteKey(note.id),
  type: "note",
  position: at,
  data: { note },
  selected,
  ...NOTE_SIZE,
  measured: NOTE_SIZE,
  zIndex: -1,
  connectable: false,
});
