import { readFileSync } from "node:fs";
import { Problem } from "../embedded/problem";

/** A journey's document from a file. Editors' `$schema` is left out: it is no part of the journey. */
export function readDocument(file: string): unknown {
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (error) {
    throw new Problem(`${file} cannot be read: ${error instanceof Error ? error.message : String(error)}`);
  }
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || Array.isArray(parsed)) return parsed;
    const { $schema: _, ...document }: Record<string, unknown> = { ...parsed };
    return document;
  } catch (error) {
    throw new Problem(`${file} is no JSON: ${error instanceof Error ? error.message : String(error)}`);
  }
}
