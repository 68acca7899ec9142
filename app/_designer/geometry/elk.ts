"use client";
import ELK, { type ELK as Elk } from "elkjs/lib/elk-api";

let engine: Promise<Pick<Elk, "layout">> | undefined;

/** The layout engine in a worker of its own; where workers are not to be had, on the page's own thread. */
export function elk(): Promise<Pick<Elk, "layout">> {
  engine ??= start();
  return engine;
}

async function start(): Promise<Pick<Elk, "layout">> {
  try {
    const worker = new Worker(new URL("elkjs/lib/elk-worker.min.js", import.meta.url));
    const engine = new ELK({ workerFactory: () => worker });
    const broken = new Promise<never>((_, reject) =>
      worker.addEventListener("error", () => reject(new Error("the layout worker did not start")), { once: true }),
    );
    await Promise.race([engine.layout({ id: "probe", children: [] }), broken]);
    return engine;
  } catch {
    const { default: Bundled } = await import("elkjs/lib/elk.bundled.js");
    return new Bundled();
  }
}
