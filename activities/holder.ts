import { newId } from "@/platform/ids";

/** This process as the ledger knows it; its beat tells that its holders live. */
export const WORKER_ID: string = newId();
let count = 0;

/** The name under which one activity holds a conductor's chair. */
export const holderName = (): string => `${WORKER_ID}/${++count}`;
