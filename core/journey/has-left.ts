/** Whether a run stands nowhere any more: its step is the last it came by. What has failed stands where it failed, and can go on from there. */
export const hasLeft = ({ state }: { state: string }): boolean =>
  state === "done" || state === "goal" || state === "exited";
