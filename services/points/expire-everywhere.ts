import { engine } from "@/platform/db";
import { zones } from "../workspaces/zones";
import { expirePoints } from "./expire";

/** Writes off a share of what has expired in each workspace, by its own calendar; returns how many members it was for. */
export async function expireEverywhere(now: Date): Promise<number> {
  let members = 0;
  for (const { id, zone } of await zones()) members += await engine((tx) => expirePoints(tx, id, now, zone));
  return members;
}
