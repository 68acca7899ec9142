const ANSWER_MS = 150;
type Said = { is: "who" } | { is: "here"; window: string };

/**
 * Knows which windows of this browser have a journey open: each answers when another asks. A window that crashed, or sleeps, does not; what a
 * sleeping one kept may then be taken over, and saving the same edits twice joins them without a conflict.
 */
export function createWindows(
  journey: string,
  window: string,
  later: (ms: number, work: () => void) => () => void,
): { others(): Promise<Set<string>>; close(): void } {
  const channel = new BroadcastChannel(`regulars.windows.${journey}`);
  const heard = new Set<string>();
  channel.onmessage = ({ data }: MessageEvent<Said>) => {
    if (data.is === "who") channel.postMessage({ is: "here", window } satisfies Said);
    else heard.add(data.window);
  };
  return {
    others: () =>
      new Promise((resolve) => {
        channel.postMessage({ is: "who" } satisfies Said);
        later(ANSWER_MS, () => resolve(new Set(heard)));
      }),
    close: () => channel.close(),
  };
}
