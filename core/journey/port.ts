import type { Text } from "../text";

/** `tone` colours the label on the canvas: a refused port is not a happy one. */
export type Port = { id: string; name: Text; tone?: "yes" | "no" | "late" };
