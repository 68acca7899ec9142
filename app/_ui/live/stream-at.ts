import { createStream, type Stream } from "./stream";

const streams = new Map<string, Stream>();

/** This window's stream of the API at an address. */
export function streamAt(api: string): Stream {
  const known = streams.get(api);
  if (known) return known;
  const stream = createStream({
    connect(topics, { open, broken, changed }) {
      const url = new URL("/streams", api);
      for (const topic of topics) url.searchParams.append("topic", topic);
      const source = new EventSource(url, { withCredentials: true });
      source.onopen = open;
      // Any answer but a stream (401, 429, 503) closes it for good; after a broken connection the browser comes back by itself.
      source.onerror = () => broken(source.readyState === EventSource.CLOSED);
      source.onmessage = ({ data }: MessageEvent<string>) => changed((JSON.parse(data) as { topic: string }).topic);
      return () => source.close();
    },
    later(ms, work) {
      const timer = setTimeout(work, ms);
      return () => clearTimeout(timer);
    },
  });
  document.addEventListener("visibilitychange", () => stream.shown(document.visibilityState === "visible"));
  streams.set(api, stream);
  return stream;
}
