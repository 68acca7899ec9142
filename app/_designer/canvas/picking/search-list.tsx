"use client";
import { type ReactNode, useId, useRef, useState } from "react";
import { Icon } from "../../../_ui/icons";
import pick from "./pick.module.css";

/** A line of the list: `group` heads those of one kind that follow each other, `about` stands beside its name. */
export type Listed = { key: string; name: string; group: string; about?: string };

/**
 * A search field that holds the keyboard for the list under it: arrows go through what was found, Enter takes it. The owner decides what is `shown`
 * for the `query`, and what closes it.
 */
export function SearchList<T extends Listed>({
  label,
  placeholder,
  query,
  onQuery,
  shown,
  none,
  onPick,
  onClose,
}: {
  label: string;
  placeholder: string;
  query: string;
  onQuery(query: string): void;
  shown: T[];
  /** What stands in the place of an empty list. */
  none?: ReactNode;
  onPick(one: T): void;
  onClose(): void;
}) {
  const [at, setAt] = useState(0);
  const list = useRef<HTMLDivElement>(null);
  const listId = useId();
  const go = (to: number) => {
    const next = Math.max(0, Math.min(shown.length - 1, to));
    setAt(next);
    list.current?.querySelectorAll("[role=option]")[next]?.scrollIntoView({ block: "nearest" });
  };
  const chosen = shown[Math.min(at, shown.length - 1)];
  return (
    <>
      <div className={pick.search}>
        <Icon name="search" size={15} />
        <input
          data-autofocus
          value={query}
          placeholder={placeholder}
          aria-label={label}
          role="combobox"
          aria-expanded
          aria-controls={listId}
          aria-activedescendant={chosen && `${listId}-${chosen.key}`}
          aria-autocomplete="list"
          onChange={(event) => {
            setAt(0);
            onQuery(event.target.value);
          }}
          onKeyDown={(event) => {
            if (event.key === "ArrowDown" || event.key === "ArrowUp") {
              event.preventDefault();
              go(at + (event.key === "ArrowDown" ? 1 : -1));
            } else if (event.key === "Enter" && chosen && !event.nativeEvent.isComposing) {
              event.preventDefault();
              onPick(chosen);
            } else if (event.key === "Escape") {
              event.stopPropagation();
              onClose();
            }
          }}
        />
      </div>
      {shown.length === 0 && none && <p className={pick.none}>{none}</p>}
      <div
        ref={list}
        id={listId}
        className={pick.list}
        role="listbox"
        aria-label={label}
        hidden={shown.length === 0 && none !== undefined}
      >
        {shown.map((one, i) => (
          <div key={one.key} role="presentation">
            {shown[i - 1]?.group !== one.group && (
              <div className={pick.group} role="presentation">
                {one.group}
              </div>
            )}
            {/* biome-ignore lint/a11y/useKeyWithClickEvents: the search field holds the keyboard for the whole list */}
            <div
              role="option"
              id={`${listId}-${one.key}`}
              tabIndex={-1}
              aria-selected={one === chosen}
              className={pick.item}
              data-testid={`field-${one.key}`}
              onPointerMove={() => setAt(i)}
              onClick={() => onPick(one)}
            >
              <span className={pick.line}>
                {one.name}
                {one.about && <small>{one.about}</small>}
              </span>
            </div>
          </div>
        ))}
      </div>
    </>
  );
}
