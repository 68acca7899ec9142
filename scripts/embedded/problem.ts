/** What stops the start and can be mended by whoever reads it: the message says how. Printed without a stack. */
export class Problem extends Error {
  override name = "Problem";
}
