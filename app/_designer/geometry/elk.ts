"use client";
import ELK, { type ELK as Elk } from "elkjs/lib/elk-api";

type Engine = Pick<Elk, "layout">;

let engine: Engine | undefined;

/** The layout engine in a worker of its own; where workers are not to be had, on the page's own thread. The first call starts it. */
export function elk(): Engine {
  engine ??= start();
  return engine;
}

function start(): Engine {
  const worker = inWorker();
  let bundled: Promise<Engine> | undefined;
  const here = () => {
    bundled ??= import("elkjs/lib/elk.bundled.js").then(({ default: Bundled }) => new Bundled());
    return bundled;
  };
  return {
    async layout(graph, options) {
      if (worker)
        try {
          return await Promise.race([worker.engine.layout(graph, options), worker.broken]);
        } catch {
          // what the worker cannot do is tried here
        }
      return (await here()).layout(graph, options);
    },
  };
}

function inWorker(): { engine: Engine; broken: Promise<never> } | undefined {
  try {
    const worker = new Worker(new URL("elkjs/lib/elk-worker.min.js", import.meta.url));
    const broken = new Promise<never>((_, reject) =>
      worker.addEventListener("error", () => reject(new Error("the layout worker did not start")), { once: true }),
    );
    broken.catch(() => {});
    return { engine: new ELK({ workerFactory: () => worker }), broken };
  } catch {
    return undefined;
  }
}
