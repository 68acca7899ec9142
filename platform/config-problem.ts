/** A setting or a file of settings that cannot be used; the message says which, and what would be right. Printed without a stack. */
export class ConfigProblem extends Error {
  override name = "ConfigProblem";
}
