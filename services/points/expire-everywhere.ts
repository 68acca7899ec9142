import { engine, isAway } from "@/platform/db";
import { log } from "@/platform/log";
import { zones } from "../workspaces/zones";
import { expirePoints } from "./expire";

/** Writes off a share of what has expired in each workspace, by its own calendar; returns how many members it was for. Call again until it returns 0. */
export async function expireEverywhere(now: Date): Promise<number> {
  let members = 0;
  for (const { id, zone } of await zones())
    try {
      members += await engine((tx) => expirePoints(tx, id, now, zone));
    } catch (error) {
      if (isAway(error)) throw error;
      // One workspace's trouble is not the others'.
      log("points").error({ err: error, workspace: id }, "expired points could not be written off");
    }
  return members;
}
