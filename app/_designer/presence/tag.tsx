"use client";
import classes from "./here.module.css";
import { hueOf, usePeople } from "./people";

/** A card that somebody else has selected: a frame with their name. */
export function Tag({ node }: { node: string }) {
  const one = usePeople().find((person) => person.selected.includes(node));
  return one ? (
    <span className={classes.tag} data-hue={hueOf(one.hue)} data-testid={`with-${node}`} aria-hidden>
      <span>{one.name}</span>
    </span>
  ) : null;
}
