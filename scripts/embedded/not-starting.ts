/** Why Postgres does not start, by what it wrote to its log just now, and what to do. A full disk is no damage: nobody is to restore over good data. */
export function notStarting({ folder, log }: { folder: string; log: string }, text: string): string {
  const advice = /No space left on device/.test(text)
    ? "The disk is full. Free some space and start again: nothing that was acknowledged is lost."
    : "Restore the folder from a backup, or move it away to start anew.";
  return `The database in ${folder} does not start: ${reasons(text)}\nThe whole log is ${log}. ${advice}`;
}

const reasons = (text: string) =>
  text
    .split("\n")
    .filter((line) => /FATAL|PANIC|ERROR|error/.test(line))
    .slice(-3)
    .join("\n") || text.slice(-500);
