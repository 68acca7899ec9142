declare module "pg/lib/utils.js" {
  const utils: {
    /** A parameter as it goes over the wire. Throws for what cannot be written, as a circular object. */
    prepareValue(value: unknown): string | Buffer | null;
  };
  export default utils;
}
