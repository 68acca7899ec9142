import { simpleParser } from "mailparser";
import type { Received } from "./received";

/** A received message as a person reads it. */
export type Shown = {
  id: string;
  channel: Received["channel"];
  to: string;
  from: string;
  at: string;
  key?: string;
  subject?: string;
  text?: string;
  html?: string;
  title?: string;
  body?: string;
  url?: string;
  status?: string;
  headers: Record<string, string>;
};

const read = new WeakMap<Received, Shown>();

export async function shown(message: Received): Promise<Shown> {
  const { id, channel, to, from, at, key } = message;
  const head = { id, channel, to, from, at, ...(key !== undefined && { key }) };
  if (message.channel === "sms") return { ...head, text: message.text, status: message.status, headers: message.form };
  const known = read.get(message);
  if (known) return known;
  const made =
    message.channel === "email"
      ? { ...head, ...(await mail(message.raw)) }
      : { ...head, ...notification(message.payload), headers: message.headers };
  read.set(message, made);
  return made;
}

async function mail(raw: string): Promise<Pick<Shown, "subject" | "text" | "html" | "headers">> {
  const parsed = await simpleParser(Buffer.from(raw, "latin1"), { skipImageLinks: true, skipTextToHtml: true });
  return {
    subject: parsed.subject ?? "",
    text: parsed.text ?? "",
    ...(typeof parsed.html === "string" && { html: parsed.html }),
    // One text a name: the lines of a repeated header (Received) are joined.
    headers: parsed.headerLines.reduce<Record<string, string>>((all, { key, line }) => {
      const value = line
        .slice(line.indexOf(":") + 1)
        .replace(/\r?\n\s+/g, " ")
        .trim();
      all[key] = all[key] === undefined ? value : `${all[key]}\n${value}`;
      return all;
    }, {}),
  };
}

/** What a service worker would read from the event's data. */
function notification(payload: string): Pick<Shown, "title" | "body" | "url" | "text"> {
  try {
    const { title, body, url }: Record<string, unknown> = JSON.parse(payload);
    return {
      ...(typeof title === "string" && { title }),
      ...(typeof body === "string" && { body }),
      ...(typeof url === "string" && { url }),
    };
  } catch {
    return { text: payload };
  }
}
