"use client";
import type { NodeProps } from "@xyflow/react";
import { memo, useEffect, useRef } from "react";
import { useT } from "../../../_i18n/use-t";
import { noteId, unstick, write } from "../../edit/notes";
import { isFixed } from "../../store/designer";
import { useDesigner, useEditor } from "../../store/use-designer";
import type { NoteNode } from "../flow/notes";
import classes from "./note.module.css";

/** A note for colleagues, stuck onto the canvas; a double click writes on it. */
export const Note = memo(function Note({ id, data: { note }, selected }: NodeProps<NoteNode>) {
  const t = useT("designerCanvas");
  const { store, edit } = useEditor();
  const isWriting = useDesigner((state) => state.writing === noteId(id));
  const area = useRef<HTMLTextAreaElement>(null);
  useEffect(() => {
    if (!isWriting) return;
    area.current?.focus({ preventScroll: true });
    area.current?.setSelectionRange(area.current.value.length, area.current.value.length);
  }, [isWriting]);
  const done = () => {
    store.setState({ writing: undefined });
    if (note.text.trim() === "") edit(unstick([note.id]));
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: the canvas library's node around it has the role and the keys
    <div
      className={classes.note}
      data-selected={selected || undefined}
      data-testid={`note-${note.id}`}
      onDoubleClick={(event) => {
        event.stopPropagation();
        if (!isFixed(store.getState())) store.setState({ writing: note.id });
      }}
    >
      {isWriting ? (
        <textarea
          ref={area}
          className={`${classes.text} nodrag nopan nowheel`}
          aria-label={t("note.label")}
          placeholder={t("note.placeholder")}
          maxLength={2000}
          value={note.text}
          onChange={(event) => edit(write(note.id, event.target.value), { typing: `note ${note.id}` })}
          onBlur={done}
          onKeyDown={(event) => {
            if (event.key !== "Escape") return;
            event.stopPropagation();
            event.currentTarget.closest<HTMLElement>(".react-flow__node")?.focus({ preventScroll: true });
          }}
        />
      ) : (
        <p className={classes.text}>{note.text || t("note.placeholder")}</p>
      )}
    </div>
  );
});
