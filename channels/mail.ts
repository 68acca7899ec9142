import { randomUUID } from "node:crypto";
import { encodeWord, encodeWords, foldLines, isPlainText, quoteString } from "nodemailer/lib/mime-funcs";
import { encode, wrap } from "nodemailer/lib/qp";
import { wired } from "./mail-address";
import type { Outgoing } from "./provider";

const LINE = 76;
/** As many characters of an encoded word as leave room for the header's name. */
const WORD = 52;

/**
 * A mail as the wire carries it: plain text and HTML as alternatives. Encodings are nodemailer's; what puts them together is written here, because
 * its streams took ten times as long (0.24 ms a mail against 0.02) and its headers five times (0.05 against 0.01).
 */
export function composed(
  from: { name: string; address: string },
  { to, content, unsubscribe }: Pick<Outgoing<"email">, "to" | "content" | "unsubscribe">,
  messageId: string,
): string {
  // No line of a part can be it: neither encoding writes "=_".
  const boundary = `=_${randomUUID()}`;
  const head = [
    `From: ${named(from.name)}<${wired(from.address)}>`,
    `To: ${wired(to)}`,
    `Subject: ${worded(content.subject)}`,
    `Message-ID: ${messageId}`,
    // RFC 8058: mail programs show a button that posts here.
    ...(unsubscribe
      ? [`List-Unsubscribe: <${unsubscribe.oneClick}>`, "List-Unsubscribe-Post: List-Unsubscribe=One-Click"]
      : []),
    `Date: ${new Date().toUTCString().replace("GMT", "+0000")}`,
    "MIME-Version: 1.0",
    `Content-Type: multipart/alternative; boundary="${boundary}"`,
  ].map((line) => foldLines(line, LINE));
  const parts = [part("text/plain", content.text), part("text/html", content.html)];
  return `${head.join("\r\n")}\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join("")}--${boundary}--\r\n`;
}

function named(name: string): string {
  if (/^[\w ]*$/.test(name)) return name.trim() === "" ? "" : `${name} `;
  return `${isPlainText(name) ? quoteString(name) : encodeWord(name, "Q", WORD)} `;
}

/** A header's words; no line break of theirs begins another header. */
function worded(text: string): string {
  const line = text.replace(/[\r\n]+/g, " ");
  const beyond = line.match(/[^ -~]/g)?.length ?? 0;
  return encodeWords(line, beyond > line.length / 2 ? "B" : "Q", WORD, true);
}

/** Filters suspect base64 where nothing needed it; beyond ASCII it is the shorter of the two. */
function part(type: string, content: string): string {
  // A line ends by CR and LF on the wire, whatever it ended by here (RFC 2049, 4).
  const lines = content.includes("\r") ? content.replace(/\r\n|\r|\n/g, "\r\n") : content.replaceAll("\n", "\r\n");
  const isPlain = /^[\t\r\n -~]*$/.test(lines);
  const encoded = isPlain ? wrap(encode(lines), LINE) : inLines(Buffer.from(lines).toString("base64"));
  return `Content-Type: ${type}; charset=utf-8\r\nContent-Transfer-Encoding: ${isPlain ? "quoted-printable" : "base64"}\r\n\r\n${encoded}`;
}

/** By slices: a regular expression took four times as long. */
function inLines(text: string): string {
  const lines: string[] = [];
  for (let at = 0; at < text.length; at += LINE) lines.push(text.slice(at, at + LINE));
  return lines.join("\r\n");
}
