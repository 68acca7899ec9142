import { randomBytes } from "node:crypto";
import MimeNode from "nodemailer/lib/mime-node";
import { encode, wrap } from "nodemailer/lib/qp";
import type { Outgoing } from "./provider";

const LINE = 76;

/**
 * A mail as the wire carries it: plain text and HTML as alternatives. Headers are nodemailer's; the two parts, whose form is always the same, are
 * written here, because its streams took ten times as long (0.24 ms a mail against 0.02).
 */
export function composed(
  from: { name: string; address: string },
  { to, content, unsubscribe }: Pick<Outgoing<"email">, "to" | "content" | "unsubscribe">,
  messageId: string,
): Buffer {
  // No line of a part can be it: neither encoding writes "=_".
  const boundary = `=_${randomBytes(16).toString("hex")}`;
  const head = new MimeNode("multipart/alternative");
  head.boundary = boundary;
  head.setHeader([
    { key: "From", value: from },
    { key: "To", value: { name: "", address: to } },
    { key: "Subject", value: content.subject },
    { key: "Message-ID", value: messageId },
    // RFC 8058: mail programs show a button that posts here.
    ...(unsubscribe
      ? [
          { key: "List-Unsubscribe", value: `<${unsubscribe.oneClick}>` },
          { key: "List-Unsubscribe-Post", value: "List-Unsubscribe=One-Click" },
        ]
      : []),
  ]);
  const parts = [part("text/plain", content.text), part("text/html", content.html)];
  return Buffer.from(
    `${head.buildHeaders()}\r\n\r\n${parts.map((one) => `--${boundary}\r\n${one}\r\n`).join("")}--${boundary}--\r\n`,
  );
}

/** Filters suspect base64 where nothing needed it; beyond ASCII it is the shorter of the two. */
function part(type: string, content: string): string {
  // A line ends by CR and LF on the wire, whatever it ended by here (RFC 2049, 4).
  const lines = content.replace(/\r\n|\r|\n/g, "\r\n");
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
