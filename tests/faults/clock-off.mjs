// Loaded before a role: its wall clock is off by CLOCK_OFF_MS, as on a machine whose clock was set wrong. Timers run as ever.
const off = Number(process.env.CLOCK_OFF_MS);
const Right = Date;
const now = () => Right.now() + off;
globalThis.Date = new Proxy(Right, {
  construct: (_, given) => (given.length === 0 ? new Right(now()) : new Right(...given)),
  apply: () => new Right(now()).toString(),
  get: (_, name) => (name === "now" ? now : Reflect.get(Right, name)),
});
