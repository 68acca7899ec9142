import type { Text } from "../text";

/** `about`: who goes this way, where the name alone does not say it. `tone` colours the label on the canvas: a refused port is not a happy one. */
export type Port = { id: string; name: Text; about?: Text; tone?: "yes" | "no" | "late" };
