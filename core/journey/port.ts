import type { Text } from "../text";

/**
 * `about`: who goes this way, where the name alone does not say it. `tone` colours the label on the canvas: a refused port is not a happy one. `orElse`:
 * where nothing hangs on it, the way of that port is taken, as in drawings that are older than the port. `isRare`: a step goes this way only where it
 * could not do what it is for (out of stock, undeliverable): the canvas lets it stand back until it leads somewhere. An answer is never rare.
 */
export type Port = {
  id: string;
  name: Text;
  about?: Text;
  tone?: "yes" | "no" | "late";
  orElse?: string;
  isRare?: true;
};
