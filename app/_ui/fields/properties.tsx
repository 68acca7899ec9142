"use client";
import { usePropertyWords } from "../names/use-property-words";
import classes from "./properties.module.css";

const MOST = 6;
/** Of one value, as much as a line can hold; the whole stands beside the list. */
const LETTERS = 120;

/** An event's properties in one quiet line: named and written by the catalogue where it knows them. */
export function Properties({ event, values }: { event: string; values: unknown }) {
  const { nameOf, toldBy, write } = usePropertyWords(event);
  if (typeof values !== "object" || values === null) return null;
  const shown = toldBy(values)
    .filter(([, value]) => value !== null && value !== "")
    .slice(0, MOST);
  if (shown.length === 0) return null;
  return (
    <span className={classes.line}>
      {shown.map(([name, value]) => (
        <span key={name} className={classes.pair}>
          <span>{brief(nameOf(name))}</span> {brief(write(name, value))}
        </span>
      ))}
    </span>
  );
}

const brief = (text: string): string => (text.length > LETTERS ? `${text.slice(0, LETTERS).trimEnd()}…` : text);
