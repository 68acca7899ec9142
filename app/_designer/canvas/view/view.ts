import type { Point } from "../../edit/place";

/** What part of the drawing is seen, and how that is changed. */
export type View = {
  zoomIn(): void;
  zoomOut(): void;
  fit(): void;
  /** Brings a card into view. */
  show(id: string): void;
  /** Where the mouse is over the drawing. */
  pointer(): Point | undefined;
  /** The middle of what is seen. */
  middle(): Point;
};
