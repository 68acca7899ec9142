/** What stops the start and can be mended by whoever reads it: the message says how. Printed without a stack. */
export class Problem extends Error {
  override name = "Problem";
}

/** A start that was given up because everything is stopped. */
export class Stopped extends Problem {
  override name = "Problem";
  constructor() {
    super("stopped before it had started");
  }
}
